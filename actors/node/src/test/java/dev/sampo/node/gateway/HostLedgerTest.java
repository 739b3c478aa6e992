package dev.sampo.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.sampo.client.SampoException;
import dev.sampo.client.v1.HostLedgerRequest;
import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Charters that a node is asked to host the ledgers of. */
@Timeout(60)
final class HostLedgerTest {

  private static final LedgerName BONDS = new LedgerName("bonds");
  private static final Genesis GENESIS = new SmallLedger("6b").document();
  private static final String JSON = "application/json";
  private static final String RAW = "application/octet-stream";

  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = new TestGateway(TestGateway.IMPATIENT);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static LedgerCharter charter(Genesis genesis) {
    var charter = LedgerCharter.draft(BONDS, genesis);
    for (var signer : SmallLedger.validators()) {
      charter = charter.consentedBy(signer);
    }
    return charter;
  }

  private static Genesis like(String engine, Bytes applicationState) {
    return new Genesis(
        GENESIS.nonce(),
        engine,
        GENESIS.time(),
        GENESIS.validators(),
        GENESIS.parameters(),
        GENESIS.application(),
        applicationState);
  }

  private HttpResponse<String> post(Bytes charter) {
    return gateway.post("/v1/ledgers", RAW, charter.toByteArray());
  }

  /** What the node says over gRPC. */
  private String codeOf(Bytes charter) {
    var channel =
        NettyChannelBuilder.forAddress("127.0.0.1", gateway.port()).usePlaintext().build();
    try {
      var request =
          HostLedgerRequest.newBuilder()
              .setCharter(ByteString.copyFrom(charter.toByteArray()))
              .build();
      return SampoGrpc.newBlockingStub(channel).hostLedger(request).getName();
    } catch (StatusRuntimeException failed) {
      var key = Metadata.Key.of("sampo-code", Metadata.ASCII_STRING_MARSHALLER);
      var trailers = failed.getTrailers();
      var code = trailers == null ? null : trailers.get(key);
      return code == null ? failed.getStatus().toString() : code;
    } finally {
      channel.shutdownNow();
    }
  }

  private void assertRefusedEverywhere(Bytes charter, String code, int httpStatus, String detail) {
    var answer = post(charter);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(httpStatus);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"", detail);
    assertThat(codeOf(charter)).isEqualTo(code);
    assertThat(gateway.get("/v1/status").statusCode()).isEqualTo(200);
  }

  @Test
  void whatAllValidatorsHaveConsentedToIsHandedOn() {
    var charter = charter(GENESIS);

    try (var client = gateway.client()) {
      var answer = client.host(charter);
      assertThat(answer.getName()).isEqualTo("bonds");
      assertThat(answer.getAlreadyHosted()).isFalse();
    }
    var raw = post(charter.encoded());
    assertThat(raw.statusCode()).isEqualTo(201);
    assertThat(raw.headers().firstValue("Location")).contains("/v1/ledgers/bonds/status");
    var base64 = Base64.getEncoder().encodeToString(charter.encoded().toByteArray());
    var json = "{\"charter_base64\":\"" + base64 + "\"}";
    var answer = gateway.post("/v1/ledgers", JSON, json.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).contains(GENESIS.ledgerId().hex(), "\"already_hosted\":false");

    assertThat(gateway.ledgers.charters).hasSize(3).containsOnly(charter);
  }

  @Test
  void theLargestCharterIsTakenByBothProtocols() {
    var charter = charter(like("simplex", Bytes.owning(new byte[1 << 20])));

    assertThat(post(charter.encoded()).statusCode()).isEqualTo(201);
    assertThat(codeOf(charter.encoded())).isEqualTo("bonds");
  }

  @Test
  void askingAgainIsNoFault() {
    var charter = charter(GENESIS);
    gateway.ledgers.decide(new HostOutcome.AlreadyHosted(LedgerSummary.of(BONDS, GENESIS, false)));

    assertThat(post(charter.encoded()).statusCode()).isEqualTo(200);
    try (var client = gateway.client()) {
      assertThat(client.host(charter).getAlreadyHosted()).isTrue();
    }
  }

  @Test
  @Tag("fault-93")
  void whatIsNoCharterIsMalformed() {
    var whole = charter(GENESIS).encoded();

    assertRefusedEverywhere(Bytes.EMPTY, "CHARTER_MALFORMED", 400, "too early");
    assertRefusedEverywhere(
        whole.slice(0, whole.length() - 1), "CHARTER_MALFORMED", 400, "too early");
    assertRefusedEverywhere(Bytes.fromHex("ff".repeat(99)), "CHARTER_MALFORMED", 400, "version");
    assertThat(gateway.ledgers.charters).isEmpty();
  }

  @Test
  @Tag("fault-93")
  void whatIsLargerThanAnyCharterIsRefusedBeforeItIsRead() {
    var over = Bytes.owning(new byte[LedgerCharter.ENCODED_BYTES_MAX + 1]);
    assertRefusedEverywhere(over, "CHARTER_TOO_LARGE", 413, "at most");

    var far = Bytes.owning(new byte[3 << 20]);
    assertThat(answerOrReset(far)).contains("CHARTER_TOO_LARGE");
    assertThat(codeOf(far)).isEqualTo("CHARTER_TOO_LARGE");
    assertThat(gateway.get("/v1/status").statusCode()).isEqualTo(200);
  }

  /** Nobody is read to the end who goes on sending what is refused. */
  private String answerOrReset(Bytes charter) {
    try {
      return post(charter).body();
    } catch (UncheckedIOException reset) {
      return "CHARTER_TOO_LARGE";
    }
  }

  @Test
  void aCharterThatDoesNotBindSaysWhoseConsentIsMissingOrFalse() {
    var consents = new TreeMap<>(charter(GENESIS).consents());
    consents.remove(ValidatorIndex.of(1));
    consents.put(ValidatorIndex.of(2), new Signature(Bytes.owning(new byte[Signature.LENGTH])));
    var charter = new LedgerCharter(BONDS, GENESIS, consents);

    assertRefusedEverywhere(
        charter.encoded(),
        "CHARTER_NOT_CONSENTED",
        403,
        "validator 1 has not consented; the signature of validator 2 is not valid");
    assertRefusedEverywhere(
        new LedgerCharter(new LedgerName("gold"), GENESIS, charter(GENESIS).consents()).encoded(),
        "CHARTER_NOT_CONSENTED",
        403,
        "validator 0 is not valid");
    assertThat(gateway.ledgers.charters).isEmpty();
  }

  @Test
  void aLedgerThatNoEngineCanServeIsUnsupported() {
    var state = GENESIS.applicationState();

    assertRefusedEverywhere(
        charter(like("raft", state)).encoded(), "LEDGER_UNSUPPORTED", 422, "raft");
    assertRefusedEverywhere(
        charter(like("solo", state)).encoded(), "LEDGER_UNSUPPORTED", 422, "one validator");
  }

  @Test
  void whatTheNodeRefusesIsToldByItsCode() {
    var charter = charter(GENESIS).encoded();
    for (var code : List.of("LEDGER_NAME_TAKEN", "NOT_ON_COMMITTEE")) {
      gateway.ledgers.decide(new HostOutcome.Refused(code, "because the test says so"));
      var answer = post(charter);
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains(code, "because the test says so");
      assertThat(codeOf(charter)).isEqualTo(code);
    }
    gateway.ledgers.decide(new HostOutcome.Refused("TOO_MANY_LEDGERS", "16 of 16"));
    try (var client = gateway.client()) {
      assertThatThrownBy(() -> client.host(charter(GENESIS)))
          .isInstanceOfSatisfying(
              SampoException.class,
              failed -> assertThat(failed.error().code()).isEqualTo("TOO_MANY_LEDGERS"));
    }
  }

  @Test
  @Tag("fault-93")
  void otherBodiesAreMalformed() {
    for (var body :
        List.of(
            "",
            "[]",
            "{}",
            "{\"charter\":\"\"}",
            "{\"charter_base64\":7}",
            "{\"charter_base64\":\"*\"}",
            "{\"charter_base64\":\"AA==\",\"more\":1}",
            "{\"charter_base64\":\"AA==\"} x")) {
      var answer = gateway.post("/v1/ledgers", JSON, body.getBytes(StandardCharsets.UTF_8));
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(answer.body()).contains("MALFORMED_REQUEST");
    }
    assertThat(gateway.post("/v1/ledgers", "text/plain", new byte[1]).statusCode()).isEqualTo(415);
  }

  @Test
  @Tag("fault-91")
  void fewChartersAreReadAtATimeAndNoneForLong() throws IOException {
    var charter = charter(GENESIS).encoded();
    var slow = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 4; i++) {
        var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        slow.add(socket);
        socket
            .getOutputStream()
            .write(
                ("POST /v1/ledgers HTTP/1.1\r\nHost: x\r\nContent-Type: "
                        + RAW
                        + "\r\nContent-Length: 1000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
      }
      await().until(() -> gateway.get("/metrics").body().contains("{what=\"charters\"} 4"));

      assertThat(post(charter).body()).contains("OVERLOADED");
      assertThat(codeOf(charter)).isEqualTo("OVERLOADED");
      assertThat(gateway.get("/v1/status").statusCode()).isEqualTo(200);

      await().until(() -> gateway.get("/metrics").body().contains("{what=\"charters\"} 0"));
      assertThat(post(charter).statusCode()).isEqualTo(201);
    } finally {
      for (var socket : slow) {
        socket.close();
      }
    }
  }
}
