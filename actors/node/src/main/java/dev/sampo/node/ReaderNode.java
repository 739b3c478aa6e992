package dev.sampo.node;

import dev.sampo.node.cluster.ClusterSnapshot;
import dev.sampo.node.cluster.ClusterView;
import dev.sampo.node.gateway.FollowClient;
import dev.sampo.node.gateway.Gateway;
import dev.sampo.node.gateway.GatewaySettings;
import dev.sampo.node.gateway.Routing;
import dev.sampo.node.ledger.OpenLedgers;
import dev.sampo.node.ledger.RunningLedgers;
import dev.sampo.node.reader.ClusterReplicas;
import dev.sampo.node.reader.ReaderLedgersActor;
import dev.sampo.node.routing.DirectoryActor;
import dev.sampo.node.routing.KnownReplicas;
import dev.sampo.node.routing.NodePort;
import dev.sampo.node.supervision.FailStop;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.Optional;
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
 * The guardian of a node that holds no validator's key: it follows ledgers by what their validators
 * have signed, serves reads from its own store, and forwards transactions.
 */
public final class ReaderNode extends AbstractBehavior<ReaderNode.Command> {

  /** What a reader is told. */
  public sealed interface Command {}

  /** Ends readiness; {@code begun} completes then, before anything stops. */
  public record BeginDrain(CompletableFuture<Done> begun) implements Command {}

  private record Bound(InetSocketAddress address) implements Command {}

  private record Failed(Throwable cause) implements Command {}

  private record ClusterChanged(ClusterSnapshot snapshot) implements Command {}

  /**
   * What it is put together from.
   *
   * @param port how it asks validators' nodes, and where it takes what others forward
   * @param ledgers closed by whoever opened them, after the actors have ended
   */
  public record Parts(
      String name,
      String dataCentre,
      GatewaySettings gateway,
      NodePort port,
      OpenLedgers ledgers,
      PrometheusMeterRegistry registry) {}

  private final NodeParts.Listener listener;
  private final FailStop failStop;
  private final ActorRef<ReaderLedgersActor.Command> ledgers;

  private ReaderNode(
      ActorContext<Command> context, Parts parts, NodeParts.Listener listener, FailStop failStop) {
    super(context);
    this.listener = listener;
    this.failStop = failStop;
    var known = new KnownReplicas(parts.dataCentre());
    var self = new DirectoryActor.Self(parts.name(), parts.dataCentre(), parts.port().address());
    var directory = context.spawn(DirectoryActor.create(self, known), DirectoryActor.NAME);
    var replicas =
        new ClusterReplicas(known, new FollowClient(context.getSystem(), parts.port().tls()));
    this.ledgers =
        context.spawn(
            ReaderLedgersActor.create(parts.name(), replicas, parts.registry(), failStop),
            "ledgers");
    context.watch(ledgers);
    var snapshots = context.messageAdapter(ClusterSnapshot.class, ClusterChanged::new);
    context.spawn(ClusterView.create(snapshots), "cluster-view");
    serve(parts, known, directory);
  }

  /** {@code listener} is told once the reader serves. */
  public static Behavior<Command> create(
      Parts parts, NodeParts.Listener listener, FailStop failStop) {
    return Behaviors.setup(context -> new ReaderNode(context, parts, listener, failStop));
  }

  private void serve(Parts parts, KnownReplicas known, ActorRef<DirectoryActor.Command> directory) {
    var system = getContext().getSystem();
    var routing =
        new Routing(parts.name(), known, Optional.of(parts.port().tls()), parts.port().address());
    getContext()
        .pipeToSelf(
            RunningLedgers.start(
                    system, parts.ledgers(), ReaderLedgersActor.hosting(ledgers), failStop)
                .thenCompose(
                    ready -> {
                      directory.tell(new DirectoryActor.Serve(ready));
                      return Gateway.start(
                          system, ready, parts.gateway(), parts.registry(), routing);
                    }),
            (binding, failure) ->
                failure == null ? new Bound(binding.localAddress()) : new Failed(failure));
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
        ledgers.tell(new ReaderLedgersActor.BeginDrain());
        begun.complete(Done.getInstance());
      }
      case Bound(var address) -> listener.serving(address);
      case Failed(var cause) -> failStop.stop(String.valueOf(cause.getMessage()), cause);
      case ClusterChanged(var snapshot) ->
          ledgers.tell(new ReaderLedgersActor.NoteCluster(snapshot.membersUp()));
    }
    return this;
  }

  private Behavior<Command> onTerminated(Terminated ended) {
    failStop.stop("the " + ended.getRef().path().name() + " ended", null);
    return Behaviors.stopped();
  }
}
