package dev.sampo.node.ledger;

import dev.sampo.core.consensus.HostPressure;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.consensus.ConsensusActor;
import dev.sampo.node.execution.ExecutionActor;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.relay.RelayActor;
import dev.sampo.node.relay.RelayedLedger;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * This node's copy of the replica of one ledger: starts the roles, tells them of peers, and stops
 * the process when one of them ends, for none ends but by a broken invariant (fault 36), or because
 * the copy is fenced, which then is stopped as a whole.
 */
final class LedgerActor extends AbstractBehavior<LedgerActor.Command> {

  /** What the replica is told. */
  sealed interface Command {}

  /** What the cluster thinks: how many members are up, and which seats it cannot reach. */
  record NoteCluster(int membersUp, List<ValidatorIndex> unreachable) implements Command {}

  /** Votes reach the validator in this seat, or no longer do. */
  record NotePeer(ValidatorIndex seat, boolean isReachable) implements Command {}

  /** Whether the host has less time than its ledgers together want (protocol TI7). */
  record NoteHostBusy(HostPressure pressure) implements Command {}

  /** From now on the node is not ready. */
  record BeginDrain() implements Command {}

  /** Tells a relay of this ledger. */
  record ServeRelay(ActorRef<RelayActor.Command> relay) implements Command {}

  private final LedgerParts parts;
  private final LedgerRoles roles;

  private final RelayedLedger relayed;
  private final LedgerMetrics metrics;

  private LedgerActor(
      ActorContext<Command> context,
      LedgerParts parts,
      LedgerRoles roles,
      RelayedLedger relayed,
      LedgerMetrics metrics) {
    super(context);
    this.parts = parts;
    this.roles = roles;
    this.relayed = relayed;
    this.metrics = metrics;
  }

  /** {@code access} is completed once the roles are there. */
  static Behavior<Command> create(LedgerParts parts, CompletableFuture<LedgerAccess> access) {
    return Behaviors.setup(
        context -> {
          var assembly = new LedgerAssembly(context, parts);
          var roles = assembly.start();
          var way = assembly.access(roles);
          access.complete(way);
          return new LedgerActor(
              context, parts, roles, assembly.relayed(roles, way), assembly.metrics());
        });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onSignal(Terminated.class, this::onTerminated)
        .onSignal(PostStop.class, stopped -> onStopped())
        .onAnyMessage(this::onMessage)
        .build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case NoteCluster(int membersUp, var unreachable) -> {
        roles.status().tell(new StatusActor.NoteCluster(membersUp));
        unreachable.forEach(peer -> roles.consensus().tell(new ConsensusActor.PeerSuspected(peer)));
      }
      case NoteHostBusy(var pressure) ->
          roles.consensus().tell(new ConsensusActor.HostBusy(pressure));
      case BeginDrain now -> roles.status().tell(new StatusActor.BeginDrain());
      case ServeRelay(var relay) -> relay.tell(new RelayActor.Serve(relayed));
      case NotePeer(var seat, boolean isReachable) -> onPeer(seat, isReachable);
    }
    return this;
  }

  private void onPeer(ValidatorIndex seat, boolean isReachable) {
    roles.status().tell(new StatusActor.NotePeer(seat, isReachable));
    if (isReachable) {
      roles.consensus().tell(new ConsensusActor.PeerConnected(seat));
      roles.mempool().tell(new MempoolActor.GreetPeer(seat));
      roles.execution().tell(new ExecutionActor.GreetPeer(seat));
    }
  }

  private Behavior<Command> onTerminated(Terminated ended) {
    parts
        .fence()
        .stop(
            "the role %s of ledger %s ended"
                .formatted(ended.getRef().path().name(), parts.settings().name()),
            null);
    return this;
  }

  /** The roles have ended. */
  private Behavior<Command> onStopped() {
    metrics.execution().remove();
    return this;
  }
}
