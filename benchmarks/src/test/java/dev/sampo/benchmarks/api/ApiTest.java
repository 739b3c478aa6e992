package dev.sampo.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sampo.client.v1.Account;
import dev.sampo.client.v1.GetAccountRequest;
import dev.sampo.client.v1.Outcome;
import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.SubmitTransactionRequest;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Both ways to ask, of nodes that answer as they are told here. */
class ApiTest {

  private static final AccountId ALICE = new AccountId("alice");
  private static final SignedTransaction TRANSFER = transfer();

  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  @Test
  void asksByGrpc() throws Exception {
    var server = grpc(Outcome.OUTCOME_COMMITTED);
    try (var api = new GrpcApi("http://127.0.0.1:" + server.getPort())) {
      api.account(ALICE).join();
      api.submit(TRANSFER).join();
    } finally {
      server.shutdownNow();
    }
    assertThat(heard).containsExactly("alice", TRANSFER.encoded().hex() + " 60000");
  }

  @Test
  void whatIsNotCommittedHasFailedByGrpc() throws Exception {
    var server = grpc(Outcome.OUTCOME_REJECTED);
    try (var api = new GrpcApi("http://127.0.0.1:" + server.getPort())) {
      assertThatThrownBy(() -> api.submit(TRANSFER).join())
          .isInstanceOf(CompletionException.class)
          .hasMessageContaining("OUTCOME_REJECTED");
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void asksByHttp() throws Exception {
    var server = http(200, "{\"exists\":true,\"outcome\":\"COMMITTED\"}");
    try (var api = new HttpApi("http://127.0.0.1:" + server.getAddress().getPort())) {
      api.account(ALICE).join();
      api.submit(TRANSFER).join();
    } finally {
      server.stop(0);
    }
    var encoded = Base64.getEncoder().encodeToString(TRANSFER.encoded().toByteArray());
    assertThat(heard)
        .containsExactly(
            "/v1/accounts/alice ",
            "/v1/transactions {\"transaction_base64\":\"%s\",\"wait_for_commit_ms\":60000}"
                .formatted(encoded));
  }

  @Test
  void anotherStatusHasFailedByHttp() throws Exception {
    var server = http(503, "{\"code\":\"NOT_READY\"}");
    try (var api = new HttpApi("http://127.0.0.1:" + server.getAddress().getPort())) {
      assertThatThrownBy(() -> api.account(ALICE).join()).hasMessageContaining("NOT_READY");
      assertThatThrownBy(() -> api.submit(TRANSFER).join()).hasMessageContaining("NOT_READY");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void theLoopCountsAnswersAndFailuresApart() throws Exception {
    var loop =
        new ClosedLoop(
            () ->
                CompletableFuture.runAsync(
                    () -> {
                      heard.add("asked");
                      if (heard.size() % 2 == 0) {
                        throw new IllegalStateException("every other one");
                      }
                    }),
            2);

    var result = loop.run(Duration.ofMillis(50));

    assertThat(result.failed()).isPositive();
    assertThat(result.latencyMicros().getTotalCount() + result.failed()).isEqualTo(heard.size());
    assertThat(result.problem()).hasValueSatisfying(told -> assertThat(told).contains("every"));
  }

  @Test
  void aReportWithoutAnswersHasNoCostsAndIsNoGood() {
    var result =
        new ClosedLoop.Result(new Histogram(3), 4, Duration.ofSeconds(1), Optional.of("refused"));
    var row = new ApiReport.Row("read", "gRPC", result, Duration.ofMillis(1), Duration.ofMillis(1));
    var plan = new ApiPlan(1, Duration.ZERO, Duration.ofSeconds(1));
    var report = new ApiReport(plan, List.of(row), 2);

    assertThat(report.isGood()).isFalse();
    assertThat(row.figures()).doesNotContainKey("cpu_us_per_request_client");
    assertThat(report.text()).contains("failed: refused", "quoted");
  }

  private static SignedTransaction transfer() {
    var signer = Ed25519Signer.fromSeed(Sha256.hash(new byte[] {1}).value());
    return new SignedTransaction(
        Bytes.fromHex("0102"),
        SignedTransaction.ED25519,
        signer.publicKey(),
        signer.sign(Hash.ZERO));
  }

  private Server grpc(Outcome outcome) throws IOException {
    return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .addService(
            new SampoGrpc.SampoImplBase() {
              @Override
              public void getAccount(GetAccountRequest request, StreamObserver<Account> answer) {
                heard.add(request.getName());
                answer.onNext(
                    Account.newBuilder().setName(request.getName()).setExists(true).build());
                answer.onCompleted();
              }

              @Override
              public void submitTransaction(
                  SubmitTransactionRequest request, StreamObserver<TransactionStatus> answer) {
                var bytes = Bytes.copyOf(request.getSignedTransaction().toByteArray());
                heard.add(bytes.hex() + " " + request.getWaitForCommitMs());
                answer.onNext(TransactionStatus.newBuilder().setOutcome(outcome).build());
                answer.onCompleted();
              }
            })
        .build()
        .start();
  }

  private HttpServer http(int status, String answer) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          heard.add(exchange.getRequestURI() + " " + body);
          var bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }
}
