package dev.sampo.node.routing;

import dev.sampo.node.cluster.ClusterMessage;
import dev.sampo.node.cluster.ClusterSnapshot;
import dev.sampo.node.cluster.ClusterView;
import dev.sampo.node.cluster.NodeNotice;
import dev.sampo.node.cluster.ReplicaNotice;
import dev.sampo.node.gateway.HostedLedgers;
import dev.sampo.node.gateway.RemoteReplica.Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * Tells the other members of the cluster once a second what this node hosts and how far it is, and
 * keeps what they tell. A node is forgotten as soon as the cluster cannot reach it, or when it has
 * said nothing for {@link #SILENCE_MAX}. It has the same name at every node, by which they find
 * each other.
 */
public final class DirectoryActor extends AbstractBehavior<DirectoryActor.Command> {

  /** What the directory is told. */
  public sealed interface Command {}

  /** From now on the node says what it hosts of these. */
  public record Serve(HostedLedgers ledgers) implements Command {}

  /** What this node hosts has changed: the others are told before the second is over. */
  public record HostingChanged() implements Command {}

  /** Another node says what it hosts; {@code sentNanos} is given back to it. */
  record Announce(NodeNotice notice, long sentNanos, ActorRef<Command> replyTo)
      implements Command, ClusterMessage {}

  /** The answer to {@link Announce}, by which its sender knows how near this node is. */
  record Acknowledge(long sentNanos, ActorRef<Command> from) implements Command, ClusterMessage {}

  private record ClusterChanged(ClusterSnapshot snapshot) implements Command {}

  private record Looked(List<ReplicaNotice> replicas) implements Command {}

  private enum Look implements Command {
    NOW
  }

  /** Of the actor, a child of the guardian of each node. */
  public static final String NAME = "directory";

  static final Duration PERIOD = Duration.ofSeconds(1);
  static final Duration SILENCE_MAX = Duration.ofSeconds(5);

  /**
   * Who this node is.
   *
   * @param port where it takes requests that others forward; nothing if it takes none
   */
  public record Self(String node, String dataCentre, Optional<Address> port) {}

  private final Self self;
  private final KnownReplicas known;
  private final LongSupplier nanos;
  private final String address;
  private Optional<HostedLedgers> ledgers = Optional.empty();
  private ClusterSnapshot cluster;

  private DirectoryActor(
      ActorContext<Command> context, Self self, KnownReplicas known, LongSupplier nanos) {
    super(context);
    this.self = self;
    this.known = known;
    this.nanos = nanos;
    this.address = Cluster.get(context.getSystem()).selfMember().address().hostPort();
    this.cluster = ClusterSnapshot.EMPTY;
    var changes = context.messageAdapter(ClusterSnapshot.class, ClusterChanged::new);
    context.spawn(ClusterView.create(changes), "cluster-view");
  }

  /** To be spawned as {@link #NAME} by the guardian; {@code known} is for its gateway. */
  public static Behavior<Command> create(Self self, KnownReplicas known) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Look.NOW, PERIOD);
                  return new DirectoryActor(context, self, known, System::nanoTime);
                }));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Serve(var hosted) -> ledgers = Optional.of(hosted);
      case HostingChanged now -> onLook();
      case Announce announce -> onAnnounce(announce);
      case Acknowledge(long sent, var from) ->
          known.set(
              known
                  .directory()
                  .withRoundTrip(addressOf(from), Duration.ofNanos(nanos.getAsLong() - sent)));
      case ClusterChanged(var snapshot) -> {
        cluster = snapshot;
        forget();
      }
      case Looked(var replicas) -> onLooked(replicas);
      case Look now -> onLook();
    }
    return this;
  }

  private void onAnnounce(Announce announce) {
    var from = addressOf(announce.replyTo());
    if (peers().contains(from)) {
      known.set(known.directory().with(from, announce.notice(), nanos.getAsLong()));
      announce.replyTo().tell(new Acknowledge(announce.sentNanos(), getContext().getSelf()));
    }
  }

  private void onLook() {
    forget();
    ledgers.ifPresent(
        hosted ->
            getContext()
                .pipeToSelf(
                    OwnReplicas.look(hosted),
                    (seen, failure) -> new Looked(failure == null ? seen : List.of())));
  }

  private void onLooked(List<ReplicaNotice> replicas) {
    var notice =
        new NodeNotice(
            self.node(),
            self.dataCentre(),
            self.port().map(Address::host).orElse(""),
            self.port().map(Address::port).orElse(0),
            replicas);
    known.set(known.directory().withOwn(notice));
    var announce = new Announce(notice, nanos.getAsLong(), getContext().getSelf());
    var resolver = ActorRefResolver.get(getContext().getSystem());
    for (var peer : peers()) {
      ActorRef<Command> there = resolver.resolveActorRef("pekko://" + peer + "/user/" + NAME);
      there.tell(announce);
    }
  }

  private void forget() {
    known.set(known.directory().keeping(peers(), nanos.getAsLong(), SILENCE_MAX));
  }

  private SortedSet<String> peers() {
    var peers = new TreeSet<String>();
    for (var member : cluster.members().values()) {
      if (member.isUp() && member.isReachable() && !member.address().equals(address)) {
        peers.add(member.address());
      }
    }
    return peers;
  }

  private static String addressOf(ActorRef<?> ref) {
    return ref.path().address().hostPort();
  }
}
