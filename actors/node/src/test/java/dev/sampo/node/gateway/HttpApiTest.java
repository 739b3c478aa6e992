package dev.sampo.node.gateway;

import static dev.sampo.node.gateway.SmallLedger.ALICE;
import static dev.sampo.node.gateway.SmallLedger.BOB;
import static dev.sampo.node.gateway.SmallLedger.COIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sampo.core.transaction.SignedTransaction;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API over HTTP with a client that knows nothing of Sampo. */
class HttpApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = new TestGateway();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(response.body(), malformed);
    }
  }

  private SignedTransaction transfer(long amount) {
    return gateway.from(ALICE).transfer(COIN, BOB, amount);
  }

  private HttpResponse<String> submit(String body) {
    return gateway.post(
        "/v1/transactions", "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static String hexBody(SignedTransaction transaction, long waitMillis) {
    return "{\"transaction_hex\":\"%s\",\"wait_for_commit_ms\":%d}"
        .formatted(transaction.encoded().hex(), waitMillis);
  }

  private static void assertProblem(HttpResponse<String> response, int status, String code) {
    var problem = json(response);
    assertThat(problem.path("code").asText()).as(response.body()).isEqualTo(code);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("type").asText()).isEqualTo("urn:sampo:error:" + code);
    assertThat(problem.get("detail").asText()).isNotBlank();
    assertThat(problem.get("retryable").isBoolean()).isTrue();
    assertThat(problem.get("safe_to_resubmit").isBoolean()).isTrue();
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
  }

  @Test
  void takesATransactionInHexAndAnswersWithItsCommit() {
    var transfer = transfer(5);

    var response = submit(hexBody(transfer, 10_000));

    assertThat(response.statusCode()).isEqualTo(200);
    var status = json(response);
    assertThat(status.get("outcome").asText()).isEqualTo("COMMITTED");
    assertThat(status.get("transaction_id").asText()).isEqualTo(transfer.id().hex());
    assertThat(status.get("receipt").get("height").asLong()).isEqualTo(1);
    assertThat(status.get("rejection").isNull()).isTrue();
    assertThat(gateway.ledger.balance(BOB)).isEqualTo(5);
  }

  @Test
  void takesATransactionInBase64AndAsRawBytes() {
    var first = transfer(5);
    var second = transfer(6);
    var base64 = Base64.getEncoder().encodeToString(first.encoded().toByteArray());

    var inBase64 = submit("{\"transaction_base64\":\"" + base64 + "\"}");
    var raw =
        gateway.post(
            "/v1/transactions?wait_for_commit_ms=5000",
            "application/octet-stream",
            second.encoded().toByteArray());

    assertThat(inBase64.statusCode()).isEqualTo(202);
    assertThat(json(inBase64).get("outcome").asText()).isEqualTo("ACCEPTED");
    assertThat(inBase64.headers().firstValue("Location"))
        .contains("/v1/transactions/" + first.id().hex());
    assertThat(raw.statusCode()).isEqualTo(200);
    assertThat(gateway.ledger.balance(BOB)).isEqualTo(11);
  }

  @Test
  void anOutcomeThatIsNotKnownInTimeIsNoError() {
    gateway.ledger.hold();
    var response = submit(hexBody(transfer(5), 50));
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(json(response).get("outcome").asText()).isEqualTo("PENDING");
  }

  @Test
  void answersWithProofsThatAnyoneCanCheck() {
    submit(hexBody(transfer(5), 10_000));

    var account = json(gateway.get("/v1/accounts/bob?prove=true&asset=coin"));
    var plain = json(gateway.get("/v1/accounts/bob"));

    assertThat(account.get("balances").get(0).get("amount").asLong()).isEqualTo(5);
    assertThat(account.get("state_proofs")).hasSize(2);
    assertThat(plain.get("state_proofs")).isEmpty();
    assertThat(account.get("public_key").asText())
        .isEqualTo(SmallLedger.signer("bob").publicKey().hex());
  }

  @Test
  void findsABlockByHeightByHashAndAsTheLatest() {
    submit(hexBody(transfer(5), 10_000));

    var byHeight = json(gateway.get("/v1/blocks/1"));
    var hash = byHeight.get("hash").asText();

    assertThat(json(gateway.get("/v1/blocks/" + hash))).isEqualTo(byHeight);
    assertThat(json(gateway.get("/v1/blocks/latest"))).isEqualTo(byHeight);
    assertThat(byHeight.get("entries").get(0).get("result").asText()).isEqualTo("EXECUTED");
    assertThat(byHeight.get("state_certified").asBoolean()).isTrue();
  }

  @Test
  void streamsEventsUntilTheOutcomeIsFinal() {
    gateway.ledger.hold();
    var transfer = transfer(5);
    submit(hexBody(transfer, 0));
    var lines = new CopyOnWriteArrayList<String>();

    var stream =
        gateway.http.sendAsync(
            HttpRequest.newBuilder(
                    gateway.uri("/v1/transactions/" + transfer.id().hex() + "/events"))
                .build(),
            BodyHandlers.fromLineSubscriber(new Lines(lines)));
    await().until(() -> lines.stream().anyMatch(line -> line.contains("PENDING")));
    gateway.ledger.commit();

    assertThat(stream.join().statusCode()).isEqualTo(200);
    assertThat(lines).filteredOn(line -> line.startsWith("event:")).hasSize(2);
    assertThat(lines.stream().filter(line -> line.startsWith("data:")).toList().getLast())
        .contains("\"outcome\":\"COMMITTED\"");
  }

  /** Collects what comes. */
  private record Lines(List<String> lines) implements Flow.Subscriber<String> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      lines.add(line);
    }

    @Override
    public void onError(Throwable thrown) {
      lines.add("error: " + thrown);
    }

    @Override
    public void onComplete() {
      lines.add("complete");
    }
  }

  @Test
  void isReadyOnlyWithoutReasonsAgainst() {
    assertThat(gateway.get("/alive").statusCode()).isEqualTo(200);
    assertThat(gateway.get("/ready").statusCode()).isEqualTo(200);

    gateway.ledger.readiness(new Readiness(List.of("catching up: 17 blocks behind")));

    var response = gateway.get("/ready");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(json(response).get("reasons").get(0).asText()).contains("17 blocks");
    assertThat(gateway.get("/alive").statusCode()).isEqualTo(200);
  }

  @Test
  void isNotReadyWhenTheLedgerSaysNothing() {
    gateway.close();
    gateway = new TestGateway(TestGateway.IMPATIENT);
    gateway.ledger.fallSilent();
    var response = gateway.get("/ready");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(json(response).get("reasons").get(0).asText()).contains("did not answer");
  }

  @Test
  void countsRequestsByMethodAndCode() {
    submit(hexBody(transfer(5), 0));
    gateway.get("/v1/accounts/nobody");

    assertThat(gateway.get("/metrics").body())
        .contains(
            "sampo_gateway_requests_seconds_count"
                + "{code=\"OK\",ledger=\"main\",method=\"SubmitTransaction\"} 1")
        .contains("code=\"ACCOUNT_NOT_FOUND\",ledger=\"main\",method=\"GetAccount\"");
  }

  @Test
  void namesItsOperationsAtTheRoot() {
    assertThat(json(gateway.get("/")).get("urls").toString()).contains("GET /v1/status");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"transaction_hex\":\"zz\"}",
        "{\"transaction_hex\":\"abc\"}",
        "{\"transaction_hex\":5}",
        "{\"transaction_hex\":null}",
        "{\"transaction_base64\":\"%%%%\"}",
        "{\"transaction_hex\":\"aa\",\"transaction_hex\":\"bb\"}",
        "{\"transaction_hex\":\"aa\",\"transaction_base64\":\"qg==\"}",
        "{\"transaction_hex\":\"aa\",\"wait_for_commit_ms\":-1}",
        "{\"transaction_hex\":\"aa\",\"wait_for_commit_ms\":1e3}",
        "{\"transaction_hex\":\"aa\",\"wait_for_commit_ms\":99999999999999999999}",
        "{\"transaction_hex\":\"aa\",\"wait_for_commit_ms\":60001}",
        "{\"transaction_hex\":\"aa\",\"other\":1}",
        "{\"transaction_hex\":\"aa\"} {}",
        "{\"transaction_hex\":\"aa\"",
        "{\"transaction_hex\":NaN}",
        "{\"transaction_hex\":[[[[[[[[1]]]]]]]]}",
      })
  void refusesABodyThatIsNotASubmission(String body) {
    assertProblem(submit(body), 400, "MALFORMED_REQUEST");
  }

  @Test
  void saysWhatIsWrongWithARequest() {
    assertProblem(submit("{\"transaction_hex\":\"aabb\"}"), 400, "MALFORMED_TRANSACTION");
    assertProblem(gateway.get("/v1/transactions/xyz"), 400, "MALFORMED_REQUEST");
    assertProblem(gateway.get("/v1/transactions/" + "0".repeat(64)), 404, "TRANSACTION_NOT_FOUND");
    assertProblem(gateway.get("/v1/accounts/Nobody"), 400, "MALFORMED_REQUEST");
    assertProblem(gateway.get("/v1/accounts/nobody"), 404, "ACCOUNT_NOT_FOUND");
    assertProblem(gateway.get("/v1/accounts/bob?prove=perhaps"), 400, "MALFORMED_REQUEST");
    assertProblem(gateway.get("/v1/accounts/bob?min_height=-1"), 400, "MALFORMED_REQUEST");
    assertProblem(gateway.get("/v1/accounts/bob?min_height=9"), 503, "BEHIND");
    assertProblem(gateway.get("/v1/accounts/bob?prove=true"), 503, "PROOF_NOT_READY");
    assertProblem(gateway.get("/v1/blocks/9"), 404, "BLOCK_NOT_FOUND");
    assertProblem(gateway.get("/v1/blocks/newest"), 400, "MALFORMED_REQUEST");
    assertProblem(gateway.get("/nowhere"), 404, "ROUTE_NOT_FOUND");
    assertProblem(
        gateway.post("/v1/status", "application/json", new byte[0]), 405, "METHOD_NOT_ALLOWED");
    assertProblem(
        gateway.post("/v1/transactions", "text/plain", new byte[1]), 415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void aLedgerThatSaysNothingIsATimeoutForReadsAndUnknownForSubmissions() {
    gateway.close();
    gateway = new TestGateway(TestGateway.IMPATIENT);
    gateway.ledger.fallSilent();

    assertProblem(gateway.get("/v1/status"), 504, "NO_ANSWER");
    var submitted = submit(hexBody(transfer(5), 0));
    assertThat(submitted.statusCode()).isEqualTo(202);
    assertThat(json(submitted).get("outcome").asText()).isEqualTo("UNKNOWN");
  }
}
