package dev.sampo.node;

import dev.sampo.node.cluster.ClusterSnapshot;
import dev.sampo.node.cluster.ClusterView;
import dev.sampo.node.gateway.Gateway;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.ledger.LedgerActor;
import dev.sampo.persistence.journal.NodeStoreExtension;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The guardian of a node: the replica of its ledger, the gateway that serves it, and the view of
 * the cluster, which informs and never decides.
 */
public final class Node extends AbstractBehavior<Node.Command> {

  /** What a node is told. */
  public sealed interface Command {}

  /** Ends readiness; {@code begun} completes then, before anything stops. */
  public record BeginDrain(CompletableFuture<Done> begun) implements Command {}

  private record GatewayBound(InetSocketAddress address) implements Command {}

  private record GatewayFailed(Throwable cause) implements Command {}

  private record ClusterChanged(ClusterSnapshot snapshot) implements Command {}

  private final NodeParts parts;
  private final ActorRef<LedgerActor.Command> ledger;

  private Node(
      ActorContext<Command> context, NodeParts parts, ActorRef<LedgerActor.Command> ledger) {
    super(context);
    this.parts = parts;
    this.ledger = ledger;
  }

  public static Behavior<Command> create(NodeParts parts) {
    return Behaviors.setup(
        context -> {
          NodeStoreExtension.get(context.getSystem()).attach(parts.store());
          var access = new CompletableFuture<LedgerAccess>();
          var ledger = context.spawn(LedgerActor.create(parts.ledgerParts(), access), "ledger");
          context.watch(ledger);
          startGateway(context, parts, access);
          var snapshots = context.messageAdapter(ClusterSnapshot.class, ClusterChanged::new);
          context.spawn(ClusterView.create(snapshots), "cluster-view");
          return new Node(context, parts, ledger);
        });
  }

  private static void startGateway(
      ActorContext<Command> context, NodeParts parts, CompletableFuture<LedgerAccess> access) {
    context.pipeToSelf(
        access.thenCompose(
            ledger ->
                Gateway.start(
                    context.getSystem(),
                    new SoleLedger(parts.settings().genesis(), ledger),
                    parts.settings().gateway(),
                    parts.registry())),
        (binding, failure) ->
            failure == null
                ? new GatewayBound(binding.localAddress())
                : new GatewayFailed(failure));
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
      case BeginDrain(var begun) -> {
        ledger.tell(new LedgerActor.BeginDrain());
        begun.complete(Done.getInstance());
      }
      case GatewayBound(var address) -> parts.listener().serving(address);
      case GatewayFailed(var cause) ->
          parts.failStop().stop(String.valueOf(cause.getMessage()), cause);
      case ClusterChanged(var snapshot) ->
          ledger.tell(
              new LedgerActor.NoteCluster(
                  snapshot.membersUp(), parts.validatorsAmong(snapshot.unreachable())));
    }
    return this;
  }

  private Behavior<Command> onTerminated(Terminated ended) {
    parts.failStop().stop("the ledger's replica ended", null);
    return Behaviors.stopped();
  }
}
