package dev.sampo.node.gateway;

import static dev.sampo.node.gateway.SmallLedger.ALICE;
import static dev.sampo.node.gateway.SmallLedger.BOB;
import static dev.sampo.node.gateway.SmallLedger.COIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.sampo.client.Outcome;
import dev.sampo.client.v1.GetStatusRequest;
import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.SubmitTransactionRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What no client may do to a gateway (threat C). */
class HardeningTest {

  private TestGateway gateway;
  private ManagedChannel channel;

  @BeforeEach
  void start() {
    gateway = new TestGateway(TestGateway.IMPATIENT);
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", gateway.port())
            .usePlaintext()
            .maxInboundMessageSize(1 << 20)
            .build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    gateway.close();
  }

  private void assertStillServes() {
    assertThat(gateway.get("/v1/status").statusCode()).isEqualTo(200);
    var transfer = gateway.from(ALICE).transfer(COIN, BOB, 1);
    try (var client = gateway.client()) {
      assertThat(client.submitAndWait(transfer, Duration.ofSeconds(20)))
          .isInstanceOf(Outcome.Committed.class);
    }
  }

  /** What the server answers before it closes, or within two seconds. */
  private String exchange(byte[] request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readNBytes(64), StandardCharsets.ISO_8859_1);
    } catch (SocketTimeoutException silent) {
      return "silent";
    } catch (SocketException reset) {
      return "reset";
    }
  }

  private String exchange(String request) throws IOException {
    return exchange(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  @Tag("fault-92")
  @Tag("fault-93")
  void garbageOnThePortHarmsNobody() throws IOException {
    long seed = Long.getLong("sampo.seed", System.nanoTime());
    System.err.println("seed " + seed + "; replay with -Dsampo.seed=" + seed);
    var random = new Random(seed);
    var starts =
        new String[] {
          "", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET / HTTP/1.1\r\n", "\u0016\u0003\u0001"
        };
    for (int i = 0; i < 100; i++) {
      var start = starts[i % starts.length].getBytes(StandardCharsets.ISO_8859_1);
      var bytes = new byte[start.length + random.nextInt(2_000)];
      random.nextBytes(bytes);
      System.arraycopy(start, 0, bytes, 0, start.length);
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
        socket.getOutputStream().write(bytes);
      } catch (SocketException closedByServer) {
        assertThat(closedByServer).isNotNull();
      }
    }
    assertStillServes();
  }

  @Test
  @Tag("fault-94")
  void ambiguousRequestsAreRefusedAndTheConnectionClosed() throws IOException {
    assertThat(
            exchange(
                """
                POST /v1/transactions HTTP/1.1
                Host: a
                Content-Length: 4
                Transfer-Encoding: chunked

                0

                GET /ready HTTP/1.1

                """))
        .startsWith("HTTP/1.1 400");
    assertThat(
            exchange(
                """
                POST /v1/transactions HTTP/1.1
                Host: a
                Content-Length: 4
                Content-Length: 5

                abcde\
                """))
        .startsWith("HTTP/1.1 400");
    assertStillServes();
  }

  @Test
  @Tag("fault-93")
  void aHugeBodyIsRefusedBeforeItIsRead() throws IOException {
    assertThat(
            exchange(
                """
                POST /v1/transactions HTTP/1.1
                Host: a
                Content-Type: application/json
                Content-Length: 1073741824

                {\
                """))
        .startsWith("HTTP/1.1 413");
    assertThat(
            exchange(
                """
                POST /v1/transactions HTTP/1.1
                Host: a
                Content-Type: application/octet-stream
                Transfer-Encoding: chunked

                40000
                """
                    + "x".repeat(0x40000)
                    + "\n"))
        .startsWith("HTTP/1.1 413");
    assertStillServes();
  }

  @Test
  @Tag("fault-93")
  void aTransactionAboveTheLimitIsNamedAsSuch() {
    var tooLarge = new byte[65_537];
    var http = gateway.post("/v1/transactions", "application/octet-stream", tooLarge);
    assertThat(http.statusCode()).isEqualTo(413);
    assertThat(http.body()).contains("TOO_LARGE").contains("65537 bytes, at most 65536");
    assertThat(codeOf(submission(tooLarge))).isEqualTo("TOO_LARGE");
    assertThat(codeOf(submission(new byte[1 << 20]))).isEqualTo("TOO_LARGE");
    assertStillServes();
  }

  @Test
  @Tag("fault-93")
  void deepAndLargeJsonIsRefusedCheaply() {
    var deep = "{\"transaction_hex\":" + "[".repeat(90_000);
    var wide = "{" + "\"a\":1,".repeat(20_000) + "\"b\":2}";
    for (var body : new String[] {deep, wide}) {
      var answer =
          gateway.post(
              "/v1/transactions", "application/json", body.getBytes(StandardCharsets.UTF_8));
      assertThat(answer.statusCode()).isEqualTo(400);
    }
    assertStillServes();
  }

  @Test
  @Tag("fault-93")
  void compressedMessagesAreRefusedUnseen() {
    var stub = SampoGrpc.newBlockingStub(channel).withCompression("gzip");
    assertThatThrownBy(() -> stub.getStatus(GetStatusRequest.getDefaultInstance()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failed -> assertThat(code(failed)).isEqualTo("COMPRESSION_UNSUPPORTED"));
    var bomb =
        gateway.send(
            HttpRequest.newBuilder(gateway.uri("/v1/transactions"))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[100])));
    assertThat(bomb.statusCode()).isEqualTo(415);
    assertStillServes();
  }

  @Test
  @Tag("fault-95")
  void shedsWhatIsTooMuchWithAHintToPause() {
    gateway.ledger.hold();
    var waiting = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i < 16; i++) {
      var body = gateway.from(ALICE).transfer(COIN, BOB, 1).encoded().toByteArray();
      waiting.add(
          gateway.http.sendAsync(
              HttpRequest.newBuilder(gateway.uri("/v1/transactions?wait_for_commit_ms=10000"))
                  .header("Content-Type", "application/octet-stream")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                  .build(),
              BodyHandlers.ofString()));
    }
    await().until(() -> gateway.ledger.submissions() == 16);

    var one = gateway.from(ALICE).transfer(COIN, BOB, 1).encoded().toByteArray();
    var shed = gateway.post("/v1/transactions", "application/octet-stream", one);

    assertThat(shed.statusCode()).isEqualTo(429);
    assertThat(shed.headers().firstValue("Retry-After")).isPresent();
    assertThat(codeOf(submission(one))).isEqualTo("OVERLOADED");
    assertThat(gateway.get("/v1/status").statusCode()).isEqualTo(200);
    assertThat(gateway.get("/metrics").body())
        .contains("sampo_gateway_in_hand{what=\"submissions\"} 16");

    gateway.ledger.release();
    waiting.forEach(each -> assertThat(each.join().statusCode()).isEqualTo(200));
    assertStillServes();
  }

  @Test
  @Tag("fault-98")
  void opensNoMoreWatchesThanThereAreSlotsAndFreesThemAtTheEnd() throws IOException {
    gateway.ledger.hold();
    var path = "/v1/transactions/" + "0".repeat(64) + "/events";
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < 16; i++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      sockets.add(socket);
    }
    awaitInHand("watches", 16);
    assertThat(gateway.get(path).statusCode()).isEqualTo(429);
    for (var socket : sockets) {
      socket.close();
    }
    awaitInHand("watches", 0);
  }

  @Test
  @Tag("fault-92")
  void cancelledCallsLeaveNothingBehind() {
    gateway.ledger.hold();
    for (int i = 0; i < 300; i++) {
      var stub = SampoGrpc.newFutureStub(channel);
      stub.submitTransaction(
              SubmitTransactionRequest.newBuilder()
                  .setSignedTransaction(
                      ByteString.copyFrom(
                          gateway.from(ALICE).transfer(COIN, BOB, 1).encoded().toByteArray()))
                  .build())
          .cancel(true);
    }
    awaitInHand("submissions", 0);
  }

  private void awaitInHand(String what, int count) {
    var line = "sampo_gateway_in_hand{what=\"" + what + "\"} " + count;
    await().until(() -> gateway.get("/metrics").body().contains(line));
  }

  @Test
  void saysThatThePortIsInUse() {
    var settings = new GatewaySettings("127.0.0.1", gateway.port(), GatewaySettings.Limits.DEFAULT);
    assertThatThrownBy(
            () ->
                Gateway.start(
                        gateway.kit.system(),
                        gateway.ledgers,
                        settings,
                        gateway.registry,
                        Routing.alone("v1"))
                    .toCompletableFuture()
                    .join())
        .hasCauseInstanceOf(GatewayNotBound.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + gateway.port())
        .hasMessageContaining("port in use");
  }

  private String codeOf(SubmitTransactionRequest request) {
    try {
      return SampoGrpc.newBlockingStub(channel).submitTransaction(request).getOutcome().name();
    } catch (StatusRuntimeException failed) {
      return code(failed);
    }
  }

  private static SubmitTransactionRequest submission(byte[] transaction) {
    return SubmitTransactionRequest.newBuilder()
        .setSignedTransaction(ByteString.copyFrom(transaction))
        .build();
  }

  private static String code(StatusRuntimeException failed) {
    var code =
        failed.getTrailers().get(Metadata.Key.of("sampo-code", Metadata.ASCII_STRING_MARSHALLER));
    return code == null ? failed.getStatus().toString() : code;
  }
}
