package dev.sampo.node.placing;

import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.types.PublicKey;
import dev.sampo.node.gateway.HostOutcome;
import dev.sampo.node.gateway.HostedLedger;
import dev.sampo.node.gateway.HostedLedgers;
import dev.sampo.node.gateway.MoveOutcome;
import dev.sampo.node.gateway.NodePlacement;
import dev.sampo.node.gateway.SharedPlacement;
import dev.sampo.node.ledger.RunningLedgers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/** The ledgers of a node that shares those of its validator with others. Thread-safe. */
public final class PlacedLedgers implements HostedLedgers, SharedPlacement {

  private final RunningLedgers running;
  private final ActorRef<PlacementActor.Command> placement;
  private final PublicKey validator;

  /** {@code placement} is told of what this node is given, and what {@code validator} orders. */
  public PlacedLedgers(
      RunningLedgers running, ActorRef<PlacementActor.Command> placement, PublicKey validator) {
    this.running = running;
    this.placement = placement;
    this.validator = validator;
  }

  @Override
  public Optional<HostedLedger> find(String ledger) {
    return running.find(ledger);
  }

  @Override
  public List<HostedLedger> list() {
    return running.list();
  }

  /** The validator has it from then on; this node hosts it first. */
  @Override
  public CompletionStage<HostOutcome> host(LedgerCharter charter) {
    return running
        .host(charter)
        .thenApply(
            outcome -> {
              if (outcome instanceof HostOutcome.Hosted(var ledger)) {
                placement.tell(new PlacementActor.HostNew(ledger.id()));
              }
              return outcome;
            });
  }

  @Override
  public Optional<SharedPlacement> placement() {
    return Optional.of(this);
  }

  @Override
  public PublicKey validator() {
    return validator;
  }

  @Override
  public CompletionStage<List<NodePlacement>> look() {
    var answer = new CompletableFuture<SortedMap<String, List<PlacementActor.Hosted>>>();
    placement.tell(new PlacementActor.GetPlacement(answer));
    return answer.thenApply(
        nodes ->
            nodes.entrySet().stream()
                .map(each -> new NodePlacement(each.getKey(), replicas(each.getValue())))
                .toList());
  }

  private static List<NodePlacement.Replica> replicas(List<PlacementActor.Hosted> hosted) {
    return hosted.stream()
        .map(
            each ->
                new NodePlacement.Replica(
                    each.ledger(), each.writerEpoch(), Duration.ofMillis(each.unhostedMillis())))
        .toList();
  }

  @Override
  public CompletionStage<MoveOutcome> move(MoveOrder order) {
    var answer = new CompletableFuture<MoveAnswer>();
    placement.tell(new PlacementActor.Move(order, answer));
    return answer.thenApply(PlacedLedgers::outcome);
  }

  private static MoveOutcome outcome(MoveAnswer answer) {
    return switch (answer) {
      case MoveAnswer.UnderWay(var from) -> new MoveOutcome.UnderWay(from);
      case MoveAnswer.AlreadyThere() -> new MoveOutcome.AlreadyThere();
      case MoveAnswer.UnknownNode(var nodes) -> refused("NODE_UNKNOWN", "its nodes are " + nodes);
      case MoveAnswer.AbsentNode(var present) -> refused("NODE_ABSENT", "there are " + present);
      case MoveAnswer.UnknownLedger(var ledger) ->
          refused("LEDGER_NOT_FOUND", "this validator has no replica of ledger " + ledger.hex());
      case MoveAnswer.BetweenNodes() -> refused("MOVE_UNDER_WAY", "no node hosts it at the moment");
      case MoveAnswer.OtherCopy(long epoch) ->
          refused("MOVE_OUTDATED", "its writer epoch is " + epoch);
    };
  }

  private static MoveOutcome refused(String code, String detail) {
    return new MoveOutcome.Refused(code, detail);
  }
}
