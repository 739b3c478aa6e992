package dev.sampo.node.gateway;

import static dev.sampo.node.gateway.SmallLedger.ALICE;
import static dev.sampo.node.gateway.SmallLedger.BOB;
import static dev.sampo.node.gateway.SmallLedger.COIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.types.PublicKey;
import dev.sampo.node.cluster.ClusterKeys;
import dev.sampo.node.gateway.RemoteReplica.Address;
import dev.sampo.node.system.FreePorts;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients of a node see while its replica goes to another node: no request fails. */
@Timeout(60)
@Tag("fault-34")
class MovedReplicaTest {

  private static final Duration LONG = Duration.ofSeconds(8);

  private static final GatewaySettings.Limits FEW =
      new GatewaySettings.Limits(64, 64, 16, 8, 4, 16, LONG, Duration.ofSeconds(5));

  @TempDir private Path folder;
  private final SmallLedger ledger = new SmallLedger();
  private final EndingAccess copy = new EndingAccess(ledger);
  private final ToldReplicas told =
      new ToldReplicas(LedgerSummary.of(SmallLedgers.MAIN, ledger.document(), true));
  private final List<TestGateway> open = new ArrayList<>();
  private SSLContext tls;
  private TestGateway node;
  private int other;

  @BeforeEach
  void startBothNodes() throws Exception {
    tls = ClusterKeys.create(folder.resolve("ours")).tls();
    other = FreePorts.any(1).getFirst();
    start("v1b", new ToldReplicas(told.ledger), Optional.of(other));
    node = start("v1a", told, Optional.empty());
    node.ledgers.hostOnly(ledger.document(), copy);
    node.ledgers.shareBy(new Shared());
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

  /** Only that there are others matters here. */
  private static final class Shared implements SharedPlacement {

    @Override
    public PublicKey validator() {
      return SmallLedger.validators().getFirst().publicKey();
    }

    @Override
    public CompletionStage<List<NodePlacement>> look() {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<MoveOutcome> move(MoveOrder order) {
      return CompletableFuture.completedFuture(new MoveOutcome.AlreadyThere());
    }
  }

  /** As a node does that releases its replica, in that order. */
  private void move() {
    told.add("v1b", other);
    node.ledgers.removeAll();
    copy.end();
  }

  private Outcome transfer(SampoClient client) {
    return client.submitAndWait(node.from(ALICE).transfer(COIN, BOB, 5), LONG);
  }

  private static String answeredBy(HttpResponse<String> answer) {
    return String.join(" and ", answer.headers().allValues(Gateway.ANSWERED_BY));
  }

  @Test
  void aSubmissionInHandIsCommittedByTheOtherNodeAtOnce() {
    try (var client = node.client()) {
      assertThat(transfer(client)).isInstanceOf(Outcome.Committed.class);
      ledger.hold();
      var outcome = CompletableFuture.supplyAsync(() -> transfer(client));
      await().until(() -> ledger.submissions() == 2);

      move();
      await().atMost(Duration.ofSeconds(2)).until(() -> ledger.submissions() == 3);
      ledger.release();

      assertThat(outcome.join()).isInstanceOf(Outcome.Committed.class);
      assertThat(client.answeredBy()).contains("v1b");
      assertThat(transfer(client)).isInstanceOf(Outcome.Committed.class);
      assertThat(ledger.balance(BOB)).isEqualTo(15);
      await()
          .until(
              () ->
                  node.registry
                      .scrape()
                      .contains("sampo_gateway_in_hand{what=\"submission streams\"} 0.0"));
    }
  }

  @Test
  void aReadInHandIsAnsweredByTheOtherNode() {
    ledger.fallSilent();
    var answer = CompletableFuture.supplyAsync(() -> node.get("/v1/blocks/latest"));
    await()
        .until(() -> node.registry.scrape().contains("sampo_gateway_in_hand{what=\"reads\"} 1.0"));
    ledger.speakAgain();

    move();

    assertThat(answer.join().statusCode()).as(answer.join().body()).isEqualTo(200);
    assertThat(answeredBy(answer.join())).isEqualTo("v1b");
  }

  @Test
  void overHttpASubmissionInHandIsUnknownAndMayBeSentAgain() {
    ledger.hold();
    var transfer = node.from(ALICE).transfer(COIN, BOB, 5).encoded().toByteArray();
    var path = "/v1/transactions?wait_for_commit_ms=5000";
    var first =
        CompletableFuture.supplyAsync(() -> node.post(path, "application/octet-stream", transfer));
    await().until(() -> ledger.submissions() == 1);

    move();
    assertThat(first.join().statusCode()).as(first.join().body()).isEqualTo(202);
    assertThat(first.join().body()).contains("\"outcome\":\"PENDING\"");
    ledger.release();
    var second = node.post(path, "application/octet-stream", transfer);

    assertThat(second.body()).contains("\"outcome\":\"COMMITTED\"");
    assertThat(answeredBy(second)).isEqualTo("v1b");
    assertThat(ledger.balance(BOB)).isEqualTo(5);
  }

  /** The directory of a gateway is a second old: the node does not host the ledger any more. */
  @Test
  void aStreamThatWasForwardedToTheNodeBeforeIsTriedAgain() {
    int former = FreePorts.any(1).getFirst();
    start("v1c", new ToldReplicas(told.ledger), Optional.of(former)).ledgers.removeAll();
    var stale = new ToldReplicas(told.ledger);
    stale.add("v1c", former);
    var gateway = start("g1", stale, Optional.empty());
    gateway.ledgers.removeAll();

    try (var client = gateway.client()) {
      var outcome = CompletableFuture.supplyAsync(() -> transfer(client));
      await()
          .until(
              () ->
                  gateway
                      .registry
                      .scrape()
                      .contains("sampo_gateway_forwarded_total{result=\"failed\"}"));
      stale.others.clear();
      stale.add("v1b", other);

      assertThat(outcome.join()).isInstanceOf(Outcome.Committed.class);
      assertThat(client.answeredBy()).contains("v1b");
    }
  }
}
