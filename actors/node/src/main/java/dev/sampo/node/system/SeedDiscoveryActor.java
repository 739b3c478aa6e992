package dev.sampo.node.system;

import dev.sampo.node.system.Membership.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.discovery.Discovery;
import org.apache.pekko.discovery.Lookup;
import org.apache.pekko.discovery.ServiceDiscovery;
import org.apache.pekko.discovery.ServiceDiscovery.Resolved;

/**
 * Looks for members of the cluster until this node is one, and joins by whom it finds. Then it goes
 * on looking, more seldom: who is found again and again and is no member may be in another cluster,
 * which an operator has to hear of.
 */
final class SeedDiscoveryActor extends AbstractBehavior<SeedDiscoveryActor.Command> {

  /** What only the actor itself sends. */
  sealed interface Command {}

  private enum Look implements Command {
    NOW
  }

  private record Found(ContactPoints points) implements Command {}

  private record NotFound(Throwable cause) implements Command {}

  /** How patient it is. */
  record Timing(Duration look, Duration again, Duration lookAsMember, Duration answer) {

    static final Timing DEFAULT =
        new Timing(
            Duration.ofSeconds(1),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5));
  }

  private final TimerScheduler<Command> timers;
  private final DiscoverySettings settings;
  private final Endpoint self;
  private final Timing timing;
  private final ServiceDiscovery discovery;
  private final Cluster cluster;
  private Optional<List<String>> joiningBy = Optional.empty();
  private long joiningNanos;
  private List<String> strangers = List.of();

  private SeedDiscoveryActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      DiscoverySettings settings,
      Endpoint self,
      Timing timing) {
    super(context);
    this.timers = timers;
    this.settings = settings;
    this.self = self;
    this.timing = timing;
    this.discovery = Discovery.get(context.getSystem()).loadServiceDiscovery(settings.method());
    this.cluster = Cluster.get(context.getSystem());
  }

  static Behavior<Command> create(DiscoverySettings settings, Endpoint self, Timing timing) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startSingleTimer(Look.NOW, Duration.ZERO);
                  return new SeedDiscoveryActor(context, timers, settings, self, timing);
                }));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Look _ -> look();
      case Found(var points) -> {
        if (isMember()) {
          compare(points);
        } else {
          join(points);
        }
        lookLater();
      }
      case NotFound(var cause) -> {
        getContext()
            .getLog()
            .warn("nothing was found at {}: {}", settings.service(), cause.toString());
        lookLater();
      }
    }
    return this;
  }

  private void lookLater() {
    timers.startSingleTimer(Look.NOW, isMember() ? timing.lookAsMember() : timing.look());
  }

  private void look() {
    var lookup = Lookup.create(settings.service());
    var named = settings.portName().map(name -> lookup.withPortName(name).withProtocol("tcp"));
    getContext()
        .pipeToSelf(
            discovery.lookup(named.orElse(lookup), timing.answer()),
            (resolved, failure) ->
                failure == null ? new Found(points(resolved)) : new NotFound(failure));
  }

  private ContactPoints points(Resolved resolved) {
    var found = new ArrayList<Endpoint>();
    for (var target : resolved.getAddresses()) {
      int port = target.getPort().map(each -> (Integer) each).orElse(self.port());
      found.add(new Endpoint(target.host(), port));
    }
    return ContactPoints.of(self, found);
  }

  private boolean isMember() {
    var status = cluster.selfMember().status();
    return status.equals(MemberStatus.up())
        || status.equals(MemberStatus.weaklyUp())
        || status.equals(MemberStatus.joining());
  }

  /** Again only if others are found, or if those did not answer: each time it begins anew. */
  private void join(ContactPoints points) {
    var seeds = points.seeds(settings.mayForm(), settings.requiredContactPoints());
    boolean isDue = System.nanoTime() - joiningNanos > timing.again().toNanos();
    if (seeds.isEmpty() || (seeds.equals(joiningBy) && !isDue)) {
      return;
    }
    joiningBy = seeds;
    joiningNanos = System.nanoTime();
    getContext().getLog().info("joining the cluster by {}", seeds.get());
    var addresses =
        seeds.get().stream()
            .map(each -> AddressFromURIString.parse("pekko://" + NodeSystem.NAME + "@" + each))
            .toList();
    cluster.manager().tell(new JoinSeedNodes(addresses));
  }

  /** Twice in turn: who is starting is no member yet. */
  private void compare(ContactPoints points) {
    var members = new TreeSet<String>();
    cluster
        .state()
        .getMembers()
        .forEach(
            member ->
                members.add(member.address().host().get() + ":" + member.address().port().get()));
    var before = strangers;
    strangers = points.strangers(members);
    if (!strangers.isEmpty() && strangers.equals(before)) {
      getContext()
          .getLog()
          .warn(
              "{} of {} are no members of this cluster: are there two of them?",
              strangers,
              settings.service());
    }
  }
}
