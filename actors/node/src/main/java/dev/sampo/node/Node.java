package dev.sampo.node;

import dev.sampo.node.cluster.ClusterSnapshot;
import dev.sampo.node.cluster.ClusterView;
import dev.sampo.node.gateway.Gateway;
import dev.sampo.node.gateway.HostedLedgers;
import dev.sampo.node.ledger.LedgersActor;
import dev.sampo.node.ledger.RunningLedgers;
import dev.sampo.node.placing.PlacedLedgers;
import dev.sampo.node.placing.PlacementActor;
import dev.sampo.node.placing.PlacingSettings;
import dev.sampo.node.routing.DirectoryActor;
import dev.sampo.node.routing.KnownReplicas;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * The guardian of a node: the replicas of its ledgers, the gateway that serves them, and the view
 * of the cluster, which informs and never decides.
 */
public final class Node extends AbstractBehavior<Node.Command> {

  /** What a node is told. */
  public sealed interface Command {}

  /**
   * Ends readiness, and hands the ledgers over to other nodes of the validator if there are any;
   * {@code begun} completes then, before anything stops.
   */
  public record BeginDrain(CompletableFuture<Done> begun) implements Command {}

  private record GatewayBound(InetSocketAddress address) implements Command {}

  private record GatewayFailed(Throwable cause) implements Command {}

  private record HostingChanged() implements Command {}

  private record ClusterChanged(ClusterSnapshot snapshot) implements Command {}

  private final NodeParts parts;
  private final ActorRef<LedgersActor.Command> ledgers;

  /** Of a node that tells others what it hosts. */
  private Optional<ActorRef<DirectoryActor.Command>> directory = Optional.empty();

  /** Of a node that shares the ledgers of its validator with others. */
  private final Optional<ActorRef<PlacementActor.Command>> placement;

  private Node(
      ActorContext<Command> context, NodeParts parts, ActorRef<LedgersActor.Command> ledgers) {
    super(context);
    this.parts = parts;
    this.ledgers = ledgers;
    this.placement =
        parts.links().placing().map(settings -> share(context, parts, ledgers, settings));
    if (placement.isEmpty()) {
      serve(
          RunningLedgers.start(
              context.getSystem(),
              parts.ledgers(),
              LedgersActor.hosting(ledgers),
              parts.failStop()));
    }
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
          var snapshots = context.messageAdapter(ClusterSnapshot.class, ClusterChanged::new);
          context.spawn(ClusterView.create(snapshots), "cluster-view");
          return new Node(context, parts, ledgers);
        });
  }

  private ActorRef<PlacementActor.Command> share(
      ActorContext<Command> context,
      NodeParts parts,
      ActorRef<LedgersActor.Command> ledgers,
      PlacingSettings settings) {
    var running =
        RunningLedgers.shared(context.getSystem(), parts.ledgers(), LedgersActor.hosting(ledgers));
    var validator = NodeParts.roleOf(parts.settings().first().self());
    var started = context.spawn(PlacementActor.create(settings, running, validator), "placement");
    context.watch(started);
    var changes =
        context.messageAdapter(
            PlacementActor.HostingChanged.class, changed -> new HostingChanged());
    started.tell(new PlacementActor.InformOf(changes));
    var first = parts.settings().first();
    var validatorKey = first.genesis().validators().key(first.self());
    serve(CompletableFuture.completedStage(new PlacedLedgers(running, started, validatorKey)));
    return started;
  }

  private void serve(CompletionStage<? extends HostedLedgers> hosted) {
    var system = getContext().getSystem();
    var settings = parts.settings();
    var known = new KnownReplicas(settings.first().selfInfo().dataCentre());
    var started =
        settings
            .port()
            .map(
                port ->
                    getContext()
                        .spawn(
                            DirectoryActor.create(parts.inDirectory(port), known),
                            DirectoryActor.NAME));
    directory = started;
    getContext()
        .pipeToSelf(
            hosted.thenCompose(
                ready -> {
                  started.ifPresent(each -> each.tell(new DirectoryActor.Serve(ready)));
                  return Gateway.start(
                      system, ready, settings.gateway(), parts.registry(), parts.routing(known));
                }),
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
        placement.ifPresentOrElse(
            actor -> actor.tell(new PlacementActor.Leave(begun)),
            () -> begun.complete(Done.getInstance()));
      }
      case HostingChanged now ->
          directory.ifPresent(each -> each.tell(new DirectoryActor.HostingChanged()));
      case GatewayBound(var address) -> parts.listener().serving(address);
      case GatewayFailed(var cause) ->
          parts.failStop().stop(String.valueOf(cause.getMessage()), cause);
      case ClusterChanged(var snapshot) -> {
        ledgers.tell(
            new LedgersActor.NoteCluster(snapshot.membersUp(), parts.unreachable(snapshot)));
        if (Cluster.get(getContext().getSystem()).selfMember().status().equals(MemberStatus.up())) {
          placement.ifPresent(actor -> actor.tell(new PlacementActor.Joined()));
        }
      }
    }
    return this;
  }

  private Behavior<Command> onTerminated(Terminated ended) {
    parts.failStop().stop("the " + ended.getRef().path().name() + " ended", null);
    return Behaviors.stopped();
  }
}
