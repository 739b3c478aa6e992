package dev.sampo.node.ledger;

import com.sun.management.OperatingSystemMXBean;
import dev.sampo.core.consensus.HostPressure;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.peer.LedgerFrames;
import dev.sampo.node.peer.PeerAddress;
import dev.sampo.node.peer.PeerEvent;
import dev.sampo.node.peer.PeerIdentity;
import dev.sampo.node.peer.PeerNetwork;
import dev.sampo.node.peer.PeerOwner;
import dev.sampo.node.peer.PeerSettings;
import dev.sampo.node.peer.PeerTls;
import dev.sampo.node.peer.Seats;
import dev.sampo.node.relay.RelayActor;
import dev.sampo.node.relay.RelaySettings;
import dev.sampo.node.supervision.FailStop;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
 * The replicas of all ledgers that a node hosts, and the peer links that they share. What it hears
 * of peers and of the cluster it passes on to each ledger by the seats of that ledger's committee.
 */
public final class LedgersActor extends AbstractBehavior<LedgersActor.Command> {

  /** What the replicas are told. */
  public sealed interface Command {}

  /**
   * Starts a copy of a replica; {@code access} is completed once its roles are there. No ledger is
   * hosted twice at a time.
   */
  record Host(
      LedgerSettings settings,
      LedgerParts.Storage storage,
      WriterFence fence,
      CompletableFuture<LedgerAccess> access)
      implements Command {}

  /** How {@link RunningLedgers} has this actor run copies. */
  public static ReplicaHost hosting(ActorRef<Command> ledgers) {
    return new ReplicaHost() {
      @Override
      public void host(OpenLedgers.OpenLedger ledger, CompletableFuture<LedgerAccess> access) {
        ledgers.tell(new Host(ledger.settings(), ledger.storage(), ledger.fence(), access));
      }

      @Override
      public void release(LedgerId ledger, CompletableFuture<Done> stopped) {
        ledgers.tell(new Release(ledger, stopped));
      }

      @Override
      public void dropFenced(LedgerId ledger, CompletableFuture<Done> stopped) {
        ledgers.tell(new DropFenced(ledger, stopped));
      }
    };
  }

  /** Stops a copy in order; {@code stopped} completes once nothing of it acts any more. */
  record Release(LedgerId ledger, CompletableFuture<Done> stopped) implements Command {}

  /** As {@link Release}, of a copy that a newer writer has fenced. */
  record DropFenced(LedgerId ledger, CompletableFuture<Done> stopped) implements Command {}

  /** What the cluster thinks: how many members are up, and which validators it cannot reach. */
  public record NoteCluster(int membersUp, List<ValidatorIndex> unreachable) implements Command {}

  /** From now on the node is not ready. */
  public record BeginDrain() implements Command {}

  /** Relays packets between the ledgers that are hosted; told at most once. */
  public record StartRelay(RelaySettings settings) implements Command {}

  private record HostLoadChanged(boolean busy) implements Command {}

  private record PeerChanged(PeerEvent event) implements Command {}

  /**
   * The validators that this one has links with.
   *
   * @param ledger the network's first, whose committee they are
   * @param addresses where the nodes of each of the others accept links
   * @param ownNodes how many nodes this validator has; several say which ledgers they host
   */
  public record Network(
      LedgerId ledger,
      ValidatorSet validators,
      ValidatorIndex self,
      PeerTls tls,
      SortedMap<ValidatorIndex, List<PeerAddress>> addresses,
      int ownNodes) {

    private boolean hasSeveralNodes() {
      return ownNodes > 1;
    }
  }

  private record Replica(Seats seats, ActorRef<LedgerActor.Command> actor, WriterFence fence) {}

  private record Ending(LedgerId ledger, CompletableFuture<Done> stopped) {}

  private static final OperatingSystemMXBean PROCESSORS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Network network;
  private final MeterRegistry registry;
  private final FailStop failStop;
  private final LedgerFrames frames;
  private final ActorRef<PeerNetwork.Command> links;
  private final SortedMap<LedgerId, Replica> replicas = new TreeMap<>();
  private final Map<ActorRef<?>, Ending> ending = new LinkedHashMap<>();
  private final ReachablePeers reachable = new ReachablePeers();
  private Optional<ActorRef<RelayActor.Command>> relay = Optional.empty();
  private int membersUp;
  private boolean hostBusy;

  private LedgersActor(
      ActorContext<Command> context,
      Network network,
      PeerSettings settings,
      MeterRegistry registry,
      FailStop failStop) {
    super(context);
    this.network = network;
    this.registry = registry;
    this.failStop = failStop;
    this.frames = new LedgerFrames(registry, network.hasSeveralNodes());
    var identity =
        new PeerIdentity(network.ledger(), network.validators(), network.self(), network.tls());
    var events = context.messageAdapter(PeerEvent.class, PeerChanged::new);
    this.links =
        context.spawn(
            PeerNetwork.create(
                identity, network.addresses(), settings, new PeerOwner(frames, events), registry),
            "peers");
    context.watch(links);
    var load =
        context.messageAdapter(
            HostLoadActor.LoadChanged.class, change -> new HostLoadChanged(change.busy()));
    context.spawn(HostLoadActor.create(PROCESSORS::getCpuLoad, load), "host-load");
  }

  /** Listens and dials at once; the ledgers come by {@link Host}. */
  public static Behavior<Command> create(
      Network network, PeerSettings settings, MeterRegistry registry, FailStop failStop) {
    return Behaviors.setup(
        context -> new LedgersActor(context, network, settings, registry, failStop));
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
      case Host host -> onHost(host);
      case Release(var ledger, var stopped) -> onRelease(ledger, stopped);
      case DropFenced(var ledger, var stopped) -> onDropFenced(ledger, stopped);
      case NoteCluster(int members, var unreachable) -> onCluster(members, unreachable);
      case BeginDrain now ->
          replicas.values().forEach(each -> each.actor().tell(new LedgerActor.BeginDrain()));
      case StartRelay(var settings) -> onStartRelay(settings);
      case PeerChanged(var event) -> onPeerChanged(event);
      case HostLoadChanged(boolean busy) -> {
        hostBusy = busy;
        tellHostBusy();
      }
    }
    return this;
  }

  private void onHost(Host host) {
    var genesis = host.settings().genesis();
    var seats = Seats.of(genesis.validators(), network.validators());
    var parts =
        new LedgerParts(
            host.settings(),
            new LedgerParts.Links(links, frames, seats),
            host.storage(),
            registry,
            host.fence());
    if (network.hasSeveralNodes()) {
      links.tell(new PeerNetwork.Announce(genesis.ledgerId(), host.storage().writerEpoch()));
    }
    var actor =
        getContext()
            .spawn(LedgerActor.create(parts, host.access()), "ledger-" + host.settings().name());
    getContext().watch(actor);
    var replica = new Replica(seats, actor, host.fence());
    replicas.put(genesis.ledgerId(), replica);
    tellHostBusy();
    actor.tell(new LedgerActor.NoteCluster(membersUp, List.of()));
    reachable.of(genesis.ledgerId()).forEach(peer -> tell(replica, peer, true));
    relay.ifPresent(each -> actor.tell(new LedgerActor.ServeRelay(each)));
  }

  private void tellHostBusy() {
    var note = new LedgerActor.NoteHostBusy(HostPressure.of(hostBusy, replicas.size()));
    replicas.values().forEach(replica -> replica.actor().tell(note));
  }

  private void onDropFenced(LedgerId ledger, CompletableFuture<Done> stopped) {
    getContext()
        .getLog()
        .warn("another node has taken over this validator's replica of ledger {}", ledger.hex());
    registry.counter("sampo.replicas.fenced").increment();
    onRelease(ledger, stopped);
  }

  /** Nothing comes in any more before the roles end. */
  private void onRelease(LedgerId ledger, CompletableFuture<Done> stopped) {
    var replica = replicas.remove(ledger);
    if (replica == null) {
      stopped.complete(Done.getInstance());
      return;
    }
    cutOff(ledger);
    ending.put(replica.actor(), new Ending(ledger, stopped));
    getContext().stop(replica.actor());
  }

  private void cutOff(LedgerId ledger) {
    frames.close(ledger);
    if (network.hasSeveralNodes()) {
      links.tell(new PeerNetwork.Withdraw(ledger));
    }
    relay.ifPresent(each -> each.tell(new RelayActor.Forget(ledger)));
    tellHostBusy();
  }

  private void onStartRelay(RelaySettings settings) {
    var started = getContext().spawn(RelayActor.create(settings, registry), "relay");
    relay = Optional.of(started);
    replicas.values().forEach(each -> each.actor().tell(new LedgerActor.ServeRelay(started)));
  }

  private void onCluster(int members, List<ValidatorIndex> unreachable) {
    membersUp = members;
    for (var replica : replicas.values()) {
      var seats =
          unreachable.stream().flatMap(each -> replica.seats().seatOf(each).stream()).toList();
      replica.actor().tell(new LedgerActor.NoteCluster(members, seats));
    }
  }

  private void onPeerChanged(PeerEvent event) {
    switch (event) {
      case PeerEvent.PeerUp(var peer) -> {
        reachable.up(peer);
        replicas.values().forEach(replica -> tell(replica, peer, true));
      }
      case PeerEvent.PeerDown(var peer) -> {
        reachable.down(peer);
        replicas.values().forEach(replica -> tell(replica, peer, false));
      }
      case PeerEvent.CopyUp(var peer, var ledger) -> {
        reachable.up(peer, ledger);
        onCopy(peer, ledger, true);
      }
      case PeerEvent.CopyDown(var peer, var ledger) -> {
        reachable.down(peer, ledger);
        onCopy(peer, ledger, false);
      }
      case PeerEvent.Listening(var address) ->
          getContext().getLog().info("accepting peer links at {}", address);
      case PeerEvent.ListenFailed(var reason) ->
          failStop.stop("cannot accept peer links: " + reason, null);
    }
  }

  private void onCopy(ValidatorIndex peer, LedgerId ledger, boolean isReachable) {
    var replica = replicas.get(ledger);
    if (replica != null) {
      tell(replica, peer, isReachable);
    }
  }

  private static void tell(Replica replica, ValidatorIndex peer, boolean isReachable) {
    replica
        .seats()
        .seatOf(peer)
        .ifPresent(seat -> replica.actor().tell(new LedgerActor.NotePeer(seat, isReachable)));
  }

  private Behavior<Command> onTerminated(Terminated ended) {
    var released = ending.remove(ended.getRef());
    if (released != null) {
      // It may have been about to take frames when it was stopped.
      frames.close(released.ledger());
      released.stopped().complete(Done.getInstance());
      return this;
    }
    var fenced =
        replicas.entrySet().stream()
            .filter(each -> each.getValue().actor().path().equals(ended.getRef().path()))
            .filter(each -> each.getValue().fence().isFenced())
            .map(Map.Entry::getKey)
            .findFirst();
    if (fenced.isEmpty()) {
      failStop.stop(ended.getRef().path().name() + " ended", null);
      return Behaviors.stopped();
    }
    replicas.remove(fenced.get());
    cutOff(fenced.get());
    return this;
  }
}
