package dev.sampo.node.placing;

import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.node.gateway.HostOutcome;
import dev.sampo.node.gateway.HostedLedger;
import dev.sampo.node.gateway.HostedLedgers;
import dev.sampo.node.ledger.RunningLedgers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/** The ledgers of a node that shares those of its validator with others. Thread-safe. */
public final class PlacedLedgers implements HostedLedgers {

  private final RunningLedgers running;
  private final ActorRef<PlacementActor.Command> placement;

  /** {@code placement} is told of what this node is given. */
  public PlacedLedgers(RunningLedgers running, ActorRef<PlacementActor.Command> placement) {
    this.running = running;
    this.placement = placement;
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
}
