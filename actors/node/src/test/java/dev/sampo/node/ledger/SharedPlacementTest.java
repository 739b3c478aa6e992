package dev.sampo.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Hash;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.gateway.SubmitOutcome;
import dev.sampo.node.gateway.TransactionView;
import dev.sampo.node.placing.MoveAnswer;
import dev.sampo.node.placing.PlacementActor;
import dev.sampo.node.placing.PlacingSettings;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two nodes of a validator agree on who hosts its ledger, hand it over on order, and take it over
 * from one that has fallen silent although it lives (protocol 7.20; faults 19 and 34).
 */
@Timeout(180)
@Tag("fault-34")
final class SharedPlacementTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration ONE_MILLI = Duration.ofMillis(1);

  private static final PlacingSettings.Timing QUICK =
      new PlacingSettings.Timing(
          Duration.ofMillis(200),
          Duration.ofSeconds(2),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          Duration.ofSeconds(8));

  private final ActorTestKit kit = ActorTestKit.create();
  private final SharedValidator network = new SharedValidator(new Validators(4));

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    network.stop();
  }

  @Test
  void aLedgerIsPlacedMovedAndTakenOver() throws Exception {
    network.start();
    var a = spawn("a", 0);
    var b = spawn("b", 1);

    var atA = access(0);
    var first = commit(atA, 5);
    assertThat(network.list(1)).isEmpty();

    // A planned move, asked of the node that does not host it.
    await().atMost(PATIENCE).until(() -> epochAt(b, "a") > 0);
    var inHand = atA.watch(new TransactionId(Hash.ZERO), PATIENCE).toCompletableFuture();
    long firstEpoch = epochAt(b, "a");
    assertThat(move(b, firstEpoch, "b")).isEqualTo(new MoveAnswer.UnderWay("a"));
    var atB = access(1);
    assertThat(network.list(0)).isEmpty();
    assertThat(inHand).isCompletedExceptionally();
    assertThat(atA.hasEnded()).isTrue();
    assertThat(atA.status().toCompletableFuture()).isCompletedExceptionally();
    commit(atB, 7);
    assertThat(outcome(atB, first)).isInstanceOf(TransactionView.Executed.class);
    await().atMost(PATIENCE).until(() -> epochAt(a, "b") > firstEpoch);
    long epoch = epochAt(a, "b");
    assertThat(move(a, epoch, "b")).isEqualTo(new MoveAnswer.AlreadyThere());
    assertThat(move(a, epoch, "c")).isInstanceOf(MoveAnswer.UnknownNode.class);
    assertThat(move(a, epoch - 1, "a")).isEqualTo(new MoveAnswer.OtherCopy(epoch));
    var hosted = placement(a).get("b").getFirst();
    assertThat(Duration.ofMillis(hosted.unhostedMillis())).isBetween(ONE_MILLI, PATIENCE);

    // Silent for the other node, but its copy runs on until it writes.
    kit.stop(b);
    var again = access(0);
    commit(again, 1);
    await().atMost(PATIENCE).until(() -> network.list(1).isEmpty());
    assertThat(network.fencedCount(1)).isEqualTo(1);
    assertThat(outcome(again, first)).isInstanceOf(TransactionView.Executed.class);
    assertThat(network.evidence()).isZero();
    assertThat(network.processFailures()).isEmpty();
  }

  private ActorRef<PlacementActor.Command> spawn(String name, int node) {
    var settings = new PlacingSettings(name, new TreeSet<>(List.of("a", "b")), QUICK);
    var placement = kit.spawn(PlacementActor.create(settings, network.running(node), "v1"), name);
    placement.tell(new PlacementActor.Joined());
    return placement;
  }

  /** Once the node hosts the ledger. */
  private LedgerAccess access(int node) {
    await().atMost(PATIENCE).until(() -> !network.list(node).isEmpty());
    return network.list(node).getFirst().access();
  }

  private MoveAnswer move(ActorRef<PlacementActor.Command> asked, long epoch, String to)
      throws Exception {
    var answer = new CompletableFuture<MoveAnswer>();
    var order = new MoveOrder(network.ledger().genesis().ledgerId(), epoch, to);
    asked.tell(new PlacementActor.Move(order, answer));
    return answer.get(10, TimeUnit.SECONDS);
  }

  /** Of the one ledger at a node, as the asked one has heard; 0 if it has not. */
  private static long epochAt(ActorRef<PlacementActor.Command> asked, String node)
      throws Exception {
    return placement(asked).getOrDefault(node, List.of()).stream()
        .mapToLong(PlacementActor.Hosted::writerEpoch)
        .findFirst()
        .orElse(0);
  }

  private static SortedMap<String, List<PlacementActor.Hosted>> placement(
      ActorRef<PlacementActor.Command> asked) throws Exception {
    var answer = new CompletableFuture<SortedMap<String, List<PlacementActor.Hosted>>>();
    asked.tell(new PlacementActor.GetPlacement(answer));
    return answer.get(10, TimeUnit.SECONDS);
  }

  private TransactionId commit(LedgerAccess access, long amount) throws Exception {
    for (var each : network.accesses(access)) {
      await()
          .atMost(PATIENCE)
          .until(() -> each.ready().toCompletableFuture().get(5, TimeUnit.SECONDS).isReady());
    }
    var transfer = network.ledger().transfer(amount);
    assertThat(access.submit(transfer).toCompletableFuture().get(20, TimeUnit.SECONDS))
        .isEqualTo(new SubmitOutcome.Accepted(transfer.id()));
    assertThat(outcome(access, transfer.id())).isInstanceOf(TransactionView.Executed.class);
    return transfer.id();
  }

  private static TransactionView outcome(LedgerAccess access, TransactionId id) throws Exception {
    return access.watch(id, Duration.ofSeconds(30)).toCompletableFuture().get(40, TimeUnit.SECONDS);
  }
}
