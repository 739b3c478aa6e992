package dev.sampo.node.gateway;

import static dev.sampo.node.gateway.SmallLedger.ALICE;
import static dev.sampo.node.gateway.SmallLedger.BOB;
import static dev.sampo.node.gateway.SmallLedger.COIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.sampo.client.ClientSettings;
import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.client.SampoException;
import dev.sampo.client.TrustAnchor;
import dev.sampo.client.v1.GetStatusRequest;
import dev.sampo.client.v1.ListedLedger;
import dev.sampo.client.v1.SampoGrpc;
import dev.sampo.client.v1.SubmitTransactionsRequest;
import dev.sampo.client.v1.SubmitTransactionsResponse;
import dev.sampo.client.v1.WatchTransactionRequest;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.LedgerId;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two ledgers behind one port: "main", which is the default, and "bonds". */
@Timeout(60)
final class HostedLedgersTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Metadata.Key<String> LEDGER =
      Metadata.Key.of("sampo-ledger", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> CODE =
      Metadata.Key.of("sampo-code", Metadata.ASCII_STRING_MARSHALLER);
  private static final LedgerName BONDS = new LedgerName("bonds");

  private final SmallLedger bonds = new SmallLedger("6b");
  private TestGateway gateway;
  private ManagedChannel connection;

  @BeforeEach
  void start() {
    gateway = new TestGateway(TestGateway.IMPATIENT);
    gateway.ledgers.add(BONDS, bonds);
    connection = NettyChannelBuilder.forAddress("127.0.0.1", gateway.port()).usePlaintext().build();
  }

  @AfterEach
  void stop() {
    connection.shutdownNow();
    gateway.close();
  }

  /** Whose calls name ledgers as given, each in a header of its own. */
  private Channel naming(String... ledgers) {
    var metadata = new Metadata();
    for (var ledger : ledgers) {
      metadata.put(LEDGER, ledger);
    }
    return ClientInterceptors.intercept(
        connection, MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  private LedgerId statusOf(String... ledgers) {
    var status =
        SampoGrpc.newBlockingStub(naming(ledgers)).getStatus(GetStatusRequest.getDefaultInstance());
    return new LedgerId(SampoService.bytes(status.getLedgerId()));
  }

  private HttpResponse<String> get(String path, String... ledgers) {
    var request = HttpRequest.newBuilder(gateway.uri(path));
    for (var ledger : ledgers) {
      request.header("sampo-ledger", ledger);
    }
    return gateway.send(request);
  }

  private LedgerId main() {
    return gateway.ledger.document().ledgerId();
  }

  @Test
  void aCallIsAboutTheLedgerThatItNamesByNameOrIdOrElseAboutTheDefault() {
    var id = bonds.document().ledgerId();

    assertThat(statusOf()).isEqualTo(main());
    assertThat(statusOf("main")).isEqualTo(main());
    assertThat(statusOf("bonds")).isEqualTo(id);
    assertThat(statusOf(id.hex())).isEqualTo(id);
    assertThat(statusOf(id.hex().toUpperCase(Locale.ROOT))).isEqualTo(id);
    assertThat(get("/v1/status").body()).contains(main().hex());
    assertThat(get("/v1/status", "bonds").body()).contains(id.hex());
    assertThat(get("/v1/status", id.hex()).body()).contains(id.hex());
    assertThat(get("/v1/ledgers/bonds/status").body()).contains(id.hex());
    assertThat(get("/v1/ledgers/" + id.hex() + "/status", id.hex()).body()).contains(id.hex());
    assertThat(get("/v1/ledgers/main/genesis").body()).contains(main().hex());
  }

  @Test
  void clientsOfBothSubmitReadAndProveEachOnItsOwn() {
    try (var first = gateway.client();
        var second = gateway.clientOf(bonds)) {
      var one = gateway.from(ALICE).transfer(COIN, BOB, 5);
      var other = gateway.from(bonds, ALICE).transfer(COIN, BOB, 7);

      assertThat(first.submitAndWait(one, LONG)).isInstanceOf(Outcome.Committed.class);
      assertThat(second.submitAndWait(other, LONG)).isInstanceOf(Outcome.Committed.class);

      assertThat(first.provenAccount(BOB, List.of()).balanceOf(COIN)).contains(5L);
      assertThat(second.provenAccount(BOB, List.of()).balanceOf(COIN)).contains(7L);
      assertThat(second.account(BOB, List.of()).balanceOf(COIN)).contains(7L);
      assertThat(second.provenTransaction(other.id())).isPresent();
      assertThat(second.transaction(one.id())).isEmpty();
      assertThat(second.latestBlock().orElseThrow().getEntriesCount()).isEqualTo(1);
      assertThat(gateway.ledger.submissions()).isEqualTo(1);
      assertThat(bonds.submissions()).isEqualTo(1);
    }
  }

  @Test
  void aWatchFollowsTheLedgerThatItNames() {
    bonds.hold();
    try (var client = gateway.clientOf(bonds)) {
      var transfer = gateway.from(bonds, ALICE).transfer(COIN, BOB, 7);
      client.submit(transfer);
      var heard = new CopyOnWriteArrayList<Outcome>();

      var watched = client.watchAsync(transfer.id(), LONG, heard::add);
      await().until(() -> heard.size() == 1);
      gateway.ledger.commit();
      bonds.commit();

      assertThat(watched.join()).isInstanceOf(Outcome.Committed.class);
    }
  }

  @Test
  void overHttpTransactionsGoToTheLedgerOfTheAddress() {
    var transfer = gateway.from(bonds, ALICE).transfer(COIN, BOB, 7);
    var body =
        "{\"transaction_hex\":\"%s\",\"wait_for_commit_ms\":5000}"
            .formatted(transfer.encoded().hex());

    var answer =
        gateway.post(
            "/v1/ledgers/bonds/transactions",
            "application/json",
            body.getBytes(StandardCharsets.UTF_8));

    var location = answer.headers().firstValue("Location").orElseThrow();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(location).isEqualTo("/v1/ledgers/bonds/transactions/" + transfer.id().hex());
    assertThat(gateway.get(location).body()).contains("COMMITTED");
    assertThat(gateway.get(location + "/events").body()).contains("COMMITTED");
    assertThat(gateway.get("/v1/transactions/" + transfer.id().hex()).statusCode()).isEqualTo(404);
    assertThat(gateway.get("/v1/ledgers/bonds/blocks/latest").body()).contains("\"height\":1");
    assertThat(gateway.get("/v1/ledgers/bonds/accounts/bob").body())
        .contains("\"amount\":7", bonds.document().ledgerId().hex());
    assertThat(gateway.get("/v1/accounts/bob").body()).contains("\"amount\":0", main().hex());
  }

  @Test
  void whatIsNotHostedIsNotFoundInEveryWayToAsk() {
    var unknown = "ab".repeat(32);

    assertCode("LEDGER_NOT_FOUND", () -> statusOf("gold"));
    assertCode("LEDGER_NOT_FOUND", () -> statusOf(unknown));
    assertThat(streamOf("gold")).isEqualTo("LEDGER_NOT_FOUND");
    assertCode(
        "LEDGER_NOT_FOUND",
        () ->
            SampoGrpc.newBlockingStub(naming("gold"))
                .watchTransaction(
                    WatchTransactionRequest.newBuilder()
                        .setTransactionId(ByteString.copyFrom(new byte[32]))
                        .build())
                .hasNext());
    var answer = get("/v1/ledgers/gold/status");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .contains("\"code\":\"LEDGER_NOT_FOUND\"", "ledger gold", "\"safe_to_resubmit\":true");
    assertThat(get("/v1/status", unknown).statusCode()).isEqualTo(404);
    assertThat(
            gateway
                .post("/v1/ledgers/gold/transactions", "application/octet-stream", new byte[10])
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void aNodeWithoutLedgersHasNoDefault() {
    gateway.ledgers.removeAll();

    assertCode("LEDGER_NOT_FOUND", () -> statusOf());
    assertThat(get("/v1/status").body()).contains("this node hosts no ledger");
    assertThat(get("/ready").statusCode()).isEqualTo(200);
    assertThat(get("/v1/ledgers").body()).isEqualTo("{\"ledgers\":[]}");
  }

  @Test
  void aMalformedNameIsNoName() {
    for (var malformed : List.of("Bonds", "bonds/..", "b".repeat(33), "ab".repeat(31), "-")) {
      assertCode("MALFORMED_REQUEST", () -> statusOf(malformed));
      assertThat(get("/v1/status", malformed).statusCode()).as(malformed).isEqualTo(400);
    }
    assertCode("MALFORMED_REQUEST", () -> statusOf("main", "bonds"));
    assertThat(get("/v1/status", "main", "bonds").statusCode()).isEqualTo(400);
    assertThat(get("/v1/ledgers/..%2fmain/status").statusCode()).isEqualTo(400);
    assertThat(get("/v1/ledgers/main/status", "bonds").body()).contains("MALFORMED_REQUEST");
    assertThat(streamOf("Bonds")).isEqualTo("MALFORMED_REQUEST");
    assertThat(get("/v1/status").statusCode()).isEqualTo(200);
  }

  @Test
  void anAnswerOfTheOtherLedgerIsNotBelieved() {
    var third = new SmallLedger("7c");
    gateway.ledgers.addUnder(third.document(), new LedgerName("liar"), bonds);
    try (var honest = gateway.clientOf(bonds)) {
      honest.submitAndWait(gateway.from(bonds, ALICE).transfer(COIN, BOB, 7), LONG);
    }

    try (var pinned = gateway.clientOf(third);
        var knowing = clientOf(new TrustAnchor.Document(third.document()))) {
      assertRefused("LEDGER_MISMATCH", () -> pinned.provenAccount(BOB, List.of()));
      assertRefused("PROOF_REFUSED", () -> knowing.provenAccount(BOB, List.of()));
    }
  }

  private SampoClient clientOf(TrustAnchor trust) {
    return SampoClient.connect(ClientSettings.of(trust, "127.0.0.1:" + gateway.port()));
  }

  private static void assertRefused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SampoException.class, failed -> assertThat(failed.error().code()).isEqualTo(code));
  }

  @Test
  @Tag("fault-93")
  void twoLedgersHaveNoMoreInHandThanOne() {
    gateway.ledger.hold();
    int limit = TestGateway.IMPATIENT.submissions();
    try (var first = gateway.client();
        var second = gateway.clientOf(bonds)) {
      for (int i = 0; i < limit; i++) {
        var _ = first.submitAndWaitAsync(gateway.from(ALICE).transfer(COIN, BOB, 1), LONG);
      }
      await().until(() -> gateway.ledger.submissions() == limit);

      assertRefused(
          "OVERLOADED", () -> second.submit(gateway.from(bonds, ALICE).transfer(COIN, BOB, 1)));
      gateway.ledger.release();
    }
  }

  @Test
  void listsWhatIsHostedAndWhatIsNotReady() {
    bonds.readiness(new Readiness(List.of("2 of 4 validators are reachable, 3 are needed")));

    try (var client = gateway.client()) {
      assertThat(client.ledgers())
          .extracting(ListedLedger::getName)
          .containsExactly("bonds", "main");
      var listed = client.ledgers().getFirst();
      assertThat(listed.getLedgerId())
          .isEqualTo(Messages.bytes(bonds.document().ledgerId().value()));
      assertThat(listed.getEngine()).isEqualTo("simplex");
      assertThat(listed.getApplication()).isEqualTo("assets");
      assertThat(listed.getValidators()).isEqualTo(4);
      assertThat(listed.getIsDefault()).isFalse();
      assertThat(listed.getNotReadyReasonsList()).hasSize(1);
      assertThat(client.ledgers().getLast().getIsDefault()).isTrue();
      assertThat(client.ledgers().getLast().getNotReadyReasonsList()).isEmpty();
    }
    assertThat(get("/v1/ledgers").body()).contains("\"name\":\"bonds\"", "3 are needed");
  }

  @Test
  void theNodeIsReadyWhenEveryLedgerIsAndSaysWhichIsNot() {
    assertThat(get("/ready").statusCode()).isEqualTo(200);

    bonds.readiness(new Readiness(List.of("stopping")));
    assertThat(get("/ready").statusCode()).isEqualTo(503);
    assertThat(get("/ready").body()).contains("[\"bonds: stopping\"]");

    gateway.ledger.fallSilent();
    assertThat(get("/ready").body()).contains("\"bonds: stopping\",\"main: ");
  }

  @Test
  void requestsAreCountedUnderHostedNamesOnly() {
    statusOf(bonds.document().ledgerId().hex());
    for (int i = 0; i < 20; i++) {
      assertThat(get("/v1/ledgers/gold" + i + "/status").statusCode()).isEqualTo(404);
    }
    get("/v1/ledgers");

    assertThat(get("/metrics").body())
        .contains("{code=\"OK\",ledger=\"bonds\",method=\"GetStatus\"} 1")
        .contains("{code=\"OK\",ledger=\"-\",method=\"ListLedgers\"} 1")
        .doesNotContain("gold");
  }

  private static void assertCode(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, failed -> assertThat(codeOf(failed)).isEqualTo(code));
  }

  private static String codeOf(StatusRuntimeException failed) {
    var trailers = failed.getTrailers();
    var code = trailers == null ? null : trailers.get(CODE);
    return code == null ? failed.getStatus().toString() : code;
  }

  /** How a stream of submissions ends that names this ledger. */
  private String streamOf(String ledger) {
    var end = new CompletableFuture<String>();
    StreamObserver<SubmitTransactionsRequest> requests =
        SampoGrpc.newStub(naming(ledger))
            .submitTransactions(
                new StreamObserver<SubmitTransactionsResponse>() {
                  @Override
                  public void onNext(SubmitTransactionsResponse response) {
                    end.complete("answers");
                  }

                  @Override
                  public void onError(Throwable thrown) {
                    end.complete(codeOf((StatusRuntimeException) thrown));
                  }

                  @Override
                  public void onCompleted() {
                    end.complete("complete");
                  }
                });
    requests.onNext(SubmitTransactionsRequest.getDefaultInstance());
    return end.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
