package dev.sampo.node.gateway;

import static dev.sampo.node.gateway.SmallLedger.ALICE;
import static dev.sampo.node.gateway.SmallLedger.BOB;
import static dev.sampo.node.gateway.SmallLedger.COIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.core.types.Height;
import dev.sampo.node.cluster.ClusterKeys;
import dev.sampo.node.gateway.RemoteReplica.Address;
import dev.sampo.node.system.FreePorts;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway without replicas serves by forwarding, and its clients need not trust it. */
class ForwardingTest {

  private static final Duration LONG = Duration.ofSeconds(8);

  private static final GatewaySettings.Limits FEW =
      new GatewaySettings.Limits(64, 64, 16, 8, 4, 16, LONG, Duration.ofMillis(500));

  @TempDir private Path folder;
  private final SmallLedger ledger = new SmallLedger();
  private final ToldReplicas told =
      new ToldReplicas(LedgerSummary.of(SmallLedgers.MAIN, ledger.document(), true));
  private final List<TestGateway> open = new ArrayList<>();
  private SSLContext tls;
  private TestGateway gateway;

  @BeforeEach
  void startTheGateway() throws Exception {
    tls = ClusterKeys.create(folder.resolve("ours")).tls();
    gateway = start("g1", told, Optional.empty());
    gateway.ledgers.removeAll();
  }

  @AfterEach
  void stop() {
    open.forEach(TestGateway::close);
  }

  private TestGateway start(String name, Replicas replicas, Optional<Integer> port) {
    var started =
        new TestGateway(
            ledger,
            FEW,
            new Routing(
                name,
                replicas,
                Optional.of(tls),
                port.map(number -> new Address("127.0.0.1", number))));
    open.add(started);
    return started;
  }

  /** A node with a replica, which forwards nothing itself. */
  private int startReplica(String name) {
    int port = FreePorts.any(1).getFirst();
    start(name, new ToldReplicas(told.ledger), Optional.of(port));
    return port;
  }

  private static String answeredBy(HttpResponse<String> answer) {
    return String.join(" and ", answer.headers().allValues(Gateway.ANSWERED_BY));
  }

  private Outcome transfer(SampoClient client) {
    return client.submitAndWait(gateway.from(ALICE).transfer(COIN, BOB, 5), LONG);
  }

  @Test
  void submissionsWatchesAndProofsGoThroughAndAreVerifiedByTheClient() {
    told.add("v1", startReplica("v1"));
    try (var client = gateway.client()) {
      assertThat(transfer(client)).isInstanceOf(Outcome.Committed.class);
      assertThat(client.provenAccount(BOB, List.of(COIN)).balanceOf(COIN)).contains(5L);

      ledger.hold();
      var transfer = gateway.from(ALICE).transfer(COIN, BOB, 5);
      client.submit(transfer);
      var heard = new CopyOnWriteArrayList<Outcome>();
      var watched = client.watchAsync(transfer.id(), LONG, heard::add);
      await().until(() -> heard.size() == 1);
      ledger.commit();

      assertThat(watched.join()).isInstanceOf(Outcome.Committed.class);
      assertThat(heard).hasSize(2);
    }
  }

  @Test
  void overHttpTooAndEveryAnswerSaysWhoGaveIt() {
    told.add("v1", startReplica("v1"));
    var transfer = gateway.from(ALICE).transfer(COIN, BOB, 5);

    var submitted =
        gateway.post(
            "/v1/transactions?wait_for_commit_ms=5000",
            "application/octet-stream",
            transfer.encoded().toByteArray());
    var events = gateway.get("/v1/transactions/" + transfer.id().hex() + "/events");
    var missing = gateway.get("/v1/accounts/nobody");

    assertThat(submitted.statusCode()).isEqualTo(200);
    assertThat(answeredBy(submitted)).isEqualTo("v1");
    assertThat(events.body()).contains("\"outcome\":\"COMMITTED\"");
    assertThat(answeredBy(events)).isEqualTo("v1");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("ACCOUNT_NOT_FOUND");
    assertThat(answeredBy(missing)).isEqualTo("v1");
    assertThat(answeredBy(gateway.get("/alive"))).isEqualTo("g1");
  }

  @Test
  void aGatewayListsWhatItForwardsToAndIsReadyIfItCan() {
    assertThat(gateway.get("/ready").statusCode()).isEqualTo(503);

    told.add("v1", startReplica("v1"));

    assertThat(gateway.get("/ready").statusCode()).isEqualTo(200);
    assertThat(gateway.get("/v1/ledgers").body()).contains("\"main\"");
  }

  @Test
  @Tag("fault-13")
  void aNodeThatCannotBeReachedIsPassedOver() {
    told.add("v1", FreePorts.any(1).getFirst());
    told.add("v2", startReplica("v2"));

    assertThat(answeredBy(gateway.get("/v1/blocks/latest"))).isEqualTo("v2");
    try (var client = gateway.client()) {
      assertThat(transfer(client)).isInstanceOf(Outcome.Committed.class);
    }
  }

  @Test
  void whatWasLostOnTheWayIsAskedAgainElsewhereAndExecutesOnce() {
    try (var way = new CutProxy(startReplica("v1"))) {
      told.add("v1", way.port());
      told.add("v2", startReplica("v2"));
      ledger.hold();
      var transfer = gateway.from(ALICE).transfer(COIN, BOB, 5);
      var answer =
          CompletableFuture.supplyAsync(
              () ->
                  gateway.post(
                      "/v1/transactions?wait_for_commit_ms=8000",
                      "application/octet-stream",
                      transfer.encoded().toByteArray()));
      await().until(() -> ledger.submissions() == 1);

      way.cut();
      await().until(() -> ledger.submissions() == 2);
      ledger.commit();

      assertThat(answeredBy(answer.join())).isEqualTo("v2");
      assertThat(answer.join().body()).contains("\"outcome\":\"COMMITTED\"");
      assertThat(ledger.balance(BOB)).isEqualTo(5);
    }
  }

  @Test
  void aStreamOfSubmissionsThatIsLostLeavesItsClientTheBytesToSendAgain() {
    try (var way = new CutProxy(startReplica("v1"));
        var client = gateway.client()) {
      told.add("v1", way.port());
      told.add("v2", startReplica("v2"));
      ledger.hold();
      var outcome = CompletableFuture.supplyAsync(() -> transfer(client));
      await().until(() -> ledger.submissions() == 1);

      way.cut();
      await().until(() -> ledger.submissions() == 2);
      ledger.commit();

      assertThat(outcome.join()).isInstanceOf(Outcome.Committed.class);
      assertThat(ledger.balance(BOB)).isEqualTo(5);
    }
  }

  /** Found by cutting a data centre: submissions stayed with the replica that was cut off. */
  @Test
  @Tag("fault-19")
  void aStreamOfSubmissionsLeavesAReplicaThatIsNoLongerInSync() {
    int port = startReplica("v1");
    int other = startReplica("v2");
    told.add("v1", port);
    try (var client = gateway.client()) {
      assertThat(transfer(client)).isInstanceOf(Outcome.Committed.class);
      ledger.hold();
      var outcome = CompletableFuture.supplyAsync(() -> transfer(client));
      await().until(() -> ledger.submissions() == 2);

      told.others.clear();
      told.add("v2", other);
      told.add("v1", port, false);
      var streams = "sampo_gateway_in_hand{what=\"submission streams\"} 1.0";
      await().until(() -> open.getLast().registry.scrape().contains(streams));
      ledger.commit();

      assertThat(outcome.join()).isInstanceOf(Outcome.Committed.class);
      assertThat(client.answeredBy()).contains("v2");
      assertThat(ledger.balance(BOB)).isEqualTo(10);
    }
  }

  @Test
  void aReplicaThatMovedAwayIsLookedForElsewhere() {
    told.add("v1", startReplica("v1"));
    told.add("v2", startReplica("v2"));
    open.get(1).ledgers.removeAll();

    assertThat(answeredBy(gateway.get("/v1/status"))).isEqualTo("v2");
    try (var client = gateway.client()) {
      assertThat(client.block(Height.ZERO)).isPresent();
    }
  }

  @Test
  void withoutAnyReplicaTheAnswerSaysSoAndWhatMayBeRepeated() {
    told.add("v1", FreePorts.any(1).getFirst());
    var unreachable = gateway.get("/v1/blocks/latest");
    told.others.clear();
    var gone = gateway.get("/v1/blocks/latest");
    told.known.set(false);
    var starting = gateway.get("/v1/blocks/latest");

    for (var answer : List.of(unreachable, gone, starting)) {
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body())
          .contains("NO_REPLICA", "\"retryable\":true", "\"safe_to_resubmit\":false");
      assertThat(answeredBy(answer)).isEqualTo("g1");
    }
  }

  /** As when half of the validators have just died: the directory has not noticed yet. */
  @Test
  @Tag("fault-30")
  void whatNoOtherNodeCanTakeIsTakenHereThoughTheReplicaIsBehind() {
    var node = start("v1", told, Optional.empty());
    told.ownInSync.set(false);
    told.add("v3", FreePorts.any(1).getFirst());
    told.add("v4", FreePorts.any(1).getFirst());

    try (var client = node.client()) {
      var transfer = node.from(ALICE).transfer(COIN, BOB, 5);
      assertThat(client.submitAndWait(transfer, LONG)).isInstanceOf(Outcome.Committed.class);
    }
    assertThat(answeredBy(node.get("/v1/blocks/latest"))).isEqualTo("v1");
  }

  /** Two nodes that send each other what neither has would otherwise never end. */
  @Test
  void whatWasForwardedIsNotForwardedAgain() {
    var ports = FreePorts.any(2);
    var there = new ToldReplicas(told.ledger);
    there.add("v2", ports.get(1));
    var v1 = start("v1", there, Optional.of(ports.get(0)));
    v1.ledgers.removeAll();
    start("v2", told, Optional.of(ports.get(1)));
    told.add("v1", ports.get(0));

    var answer = gateway.get("/v1/blocks/latest");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("NO_REPLICA", "v1 does not host it");
    assertThat(answeredBy(answer)).isEqualTo("g1");
  }

  @Test
  void ANodeServesWhatItCanAndForwardsOnlyToAReplicaInSync() {
    told.add("v1", startReplica("v1"));
    var there = new ToldReplicas(told.ledger);
    var own = start("v3", there, Optional.empty());
    there.others.addAll(told.others);
    assertThat(answeredBy(own.get("/v1/blocks/latest"))).isEqualTo("v3");

    there.ownInSync.set(false);
    assertThat(answeredBy(own.get("/v1/blocks/latest"))).isEqualTo("v1");
    assertThat(answeredBy(own.get("/v1/status"))).as("it is about the node").isEqualTo("v3");

    there.others.clear();
    there.add("v1", 1, false);
    assertThat(answeredBy(own.get("/v1/blocks/latest"))).isEqualTo("v3");
  }

  /** Nothing that a client can send is about forwarding: the port that takes it is not for them. */
  @Test
  @Tag("fault-85")
  void thePortForNodesHearsOnlyWhoHoldsTheKeyAndServesOnlyLedgers() throws Exception {
    int port = startReplica("v1");
    var stranger = ClusterKeys.create(folder.resolve("theirs")).tls();

    assertThat(statusOf(tls, port, "/v1/blocks/latest")).isEqualTo("HTTP/1.1 200 OK");
    assertThat(statusOf(tls, port, "/metrics")).isEqualTo("HTTP/1.1 404 Not Found");
    assertThat(statusOf(tls, port, "/v1/ledgers")).isEqualTo("HTTP/1.1 404 Not Found");
    assertThatThrownBy(() -> statusOf(stranger, port, "/v1/blocks/latest"))
        .isInstanceOf(IOException.class);
  }

  private static String statusOf(SSLContext context, int port, String path) throws IOException {
    try (var socket = context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setSoTimeout((int) LONG.toMillis());
      var request = "GET " + path + " HTTP/1.1\r\nHost: v1\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.lines().findFirst().orElse("");
    }
  }

  @Test
  void aClientCannotSignForANode() {
    told.add("v1", startReplica("v1"));

    var answer =
        gateway.send(
            HttpRequest.newBuilder(gateway.uri("/v1/blocks/latest"))
                .header(Gateway.ANSWERED_BY, "somebody"));

    assertThat(answeredBy(answer)).isEqualTo("v1");
  }

  @Test
  @Tag("fault-93")
  void noMoreIsForwardedAtATimeThanThereAreSlots() {
    told.add("v1", startReplica("v1"));
    int slots = 2 * FEW.reads();
    ledger.hold();
    var transfer = gateway.from(ALICE).transfer(COIN, BOB, 5).encoded().toByteArray();
    var answers =
        IntStream.range(0, slots + 1)
            .mapToObj(
                _ ->
                    gateway.http.sendAsync(
                        HttpRequest.newBuilder(
                                gateway.uri("/v1/transactions?wait_for_commit_ms=8000"))
                            .header("Content-Type", "application/octet-stream")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(transfer))
                            .build(),
                        HttpResponse.BodyHandlers.ofString()))
            .toList();

    await().until(() -> answers.stream().anyMatch(CompletableFuture::isDone));
    assertThat(answers)
        .filteredOn(CompletableFuture::isDone)
        .allSatisfy(each -> assertThat(each.join().body()).contains("OVERLOADED"));
    assertThat(gateway.registry.scrape())
        .contains("sampo_gateway_in_hand{what=\"forwarded\"} " + slots + ".0");

    ledger.commit();
    await().until(() -> answers.stream().allMatch(CompletableFuture::isDone));
    await()
        .untilAsserted(
            () ->
                assertThat(gateway.registry.scrape())
                    .contains("sampo_gateway_in_hand{what=\"forwarded\"} 0.0"));
  }
}
