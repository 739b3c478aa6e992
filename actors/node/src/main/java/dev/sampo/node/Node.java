package dev.sampo.node;

import dev.sampo.node.cluster.ClusterSnapshot;
import dev.sampo.node.cluster.ClusterView;
import dev.sampo.node.gateway.Gateway;
import dev.sampo.node.ledger.LedgersActor;
import dev.sampo.node.ledger.RunningLedgers;
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
 * The guardian of a node: the replicas of its ledgers, the gateway that serves them, and the view
 * of the cluster, which informs and never decides.
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
  private final ActorRef<LedgersActor.Command> ledgers;

  private Node(
      ActorContext<Command> context, NodeParts parts, ActorRef<LedgersActor.Command> ledgers) {
    super(context);
    this.parts = parts;
    this.ledgers = ledgers;
  }

  public static Behavior<Command> create(NodeParts parts) {
    return Behaviors.setup(
        context -> {
          var ledgers =
              context.spawn(
                  LedgersActor.create(
                      parts.network(),
                      parts.settings().peers(),
                      parts.registry(),
                      parts.failStop()),
                  "ledgers");
          context.watch(ledgers);
          parts
              .settings()
              .relay()
              .ifPresent(relay -> ledgers.tell(new LedgersActor.StartRelay(relay)));
          startGateway(context, parts, ledgers);
          var snapshots = context.messageAdapter(ClusterSnapshot.class, ClusterChanged::new);
          context.spawn(ClusterView.create(snapshots), "cluster-view");
          return new Node(context, parts, ledgers);
        });
  }

  private static void startGateway(
      ActorContext<Command> context, NodeParts parts, ActorRef<LedgersActor.Command> ledgers) {
    var system = context.getSystem();
    context.pipeToSelf(
        RunningLedgers.start(system, parts.ledgers(), ledgers, parts.failStop())
            .thenCompose(
                running ->
                    Gateway.start(system, running, parts.settings().gateway(), parts.registry())),
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
        ledgers.tell(new LedgersActor.BeginDrain());
        begun.complete(Done.getInstance());
      }
      case GatewayBound(var address) -> parts.listener().serving(address);
      case GatewayFailed(var cause) ->
          parts.failStop().stop(String.valueOf(cause.getMessage()), cause);
      case ClusterChanged(var snapshot) ->
          ledgers.tell(
              new LedgersActor.NoteCluster(
                  snapshot.membersUp(), parts.validatorsAmong(snapshot.unreachable())));
    }
    return this;
  }

  private Behavior<Command> onTerminated(Terminated ended) {
    parts.failStop().stop("the ledgers' replicas ended", null);
    return Behaviors.stopped();
  }
}
