package dev.sampo.node.ledger;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.consensus.ConsensusActor;
import dev.sampo.node.execution.ExecutionActor;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.peer.PeerEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * This node's replica of one ledger: starts the roles, tells them of peers, and stops the process
 * when one of them ends, for none ends but by a broken invariant (fault 36).
 */
public final class LedgerActor extends AbstractBehavior<LedgerActor.Command> {

  /** What the replica is told. */
  public sealed interface Command {}

  /** What the cluster thinks: how many members are up, and which validators it cannot reach. */
  public record NoteCluster(int membersUp, List<ValidatorIndex> unreachable) implements Command {}

  /** From now on the node is not ready. */
  public record BeginDrain() implements Command {}

  private record PeerChanged(PeerEvent event) implements Command {}

  private final LedgerParts parts;
  private final LedgerRoles roles;

  private LedgerActor(ActorContext<Command> context, LedgerParts parts, LedgerRoles roles) {
    super(context);
    this.parts = parts;
    this.roles = roles;
  }

  /** {@code access} is completed once the roles are there. */
  public static Behavior<Command> create(
      LedgerParts parts, CompletableFuture<LedgerAccess> access) {
    return Behaviors.setup(
        context -> {
          var assembly = new LedgerAssembly(context, parts);
          var events = context.messageAdapter(PeerEvent.class, PeerChanged::new);
          var roles = assembly.start(events);
          access.complete(assembly.access(roles));
          return new LedgerActor(context, parts, roles);
        });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onSignal(Terminated.class, this::onTerminated)
        .onAnyMessage(this::onMessage)
        .build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case NoteCluster(int membersUp, var unreachable) -> {
        roles.status().tell(new StatusActor.NoteCluster(membersUp));
        unreachable.forEach(peer -> roles.consensus().tell(new ConsensusActor.PeerSuspected(peer)));
      }
      case BeginDrain now -> roles.status().tell(new StatusActor.BeginDrain());
      case PeerChanged(var event) -> onPeerChanged(event);
    }
    return this;
  }

  private void onPeerChanged(PeerEvent event) {
    switch (event) {
      case PeerEvent.PeerUp(var peer) -> {
        roles.status().tell(new StatusActor.NotePeer(peer, true));
        roles.consensus().tell(new ConsensusActor.PeerConnected(peer));
        roles.mempool().tell(new MempoolActor.GreetPeer(peer));
        roles.execution().tell(new ExecutionActor.GreetPeer(peer));
      }
      case PeerEvent.PeerDown(var peer) ->
          roles.status().tell(new StatusActor.NotePeer(peer, false));
      case PeerEvent.Listening(var address) ->
          getContext().getLog().info("accepting peer links at {}", address);
      case PeerEvent.ListenFailed(var reason) ->
          parts.failStop().stop("cannot accept peer links: " + reason, null);
    }
  }

  private Behavior<Command> onTerminated(Terminated ended) {
    parts.failStop().stop("the role " + ended.getRef().path().name() + " ended", null);
    return Behaviors.stopped();
  }
}
