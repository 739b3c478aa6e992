package dev.sampo.simulation.world;

import dev.sampo.core.block.Block;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.message.Decoded;
import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.CertificateVerifier;
import dev.sampo.simulation.adversary.Adversaries;
import dev.sampo.simulation.adversary.Liar;
import dev.sampo.simulation.adversary.Outgoing;
import dev.sampo.simulation.crypto.SimulatedSuite;
import dev.sampo.simulation.fault.Behaviour;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.fault.Link;
import dev.sampo.simulation.fault.TimedFault;
import dev.sampo.simulation.invariant.AssetsConserved;
import dev.sampo.simulation.invariant.FewViewsAreLost;
import dev.sampo.simulation.invariant.ForgeriesStayOut;
import dev.sampo.simulation.invariant.GlobalObserver;
import dev.sampo.simulation.invariant.Ground;
import dev.sampo.simulation.invariant.Invariant;
import dev.sampo.simulation.invariant.Invariants;
import dev.sampo.simulation.invariant.MessageCounts;
import dev.sampo.simulation.invariant.Observation;
import dev.sampo.simulation.invariant.Violation;
import dev.sampo.simulation.swarm.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;

/**
 * Validators, clients, disks and links in virtual time. Equal settings and schedules give equal
 * runs, event by event: nothing here looks at a clock, and no order is left to chance.
 */
public final class World {

  private final SimulationSettings settings;
  private final Optional<GivenLedger> given;
  private final FaultSchedule schedule;
  private final Machines machines;
  private final Genesis genesis;
  private final LedgerId ledgerId;
  private final Block genesisBlock;
  private final SimulatedSuite suite;
  private final Verdicts verdicts;
  private final EventQueue queue;
  private final Network network;
  private final GlobalObserver observer;
  private final Sometimes sometimes = new Sometimes();
  private final List<SimulatedValidator> validators = new ArrayList<>();
  private final Map<ValidatorIndex, Twins> twins = new LinkedHashMap<>();
  private final List<SimulatedClient> clients = new ArrayList<>();
  private final SortedSet<ValidatorIndex> liars;
  private final SortedSet<ValidatorIndex> unreliable;
  private final SplittableRandom liarsRandom;
  private final FaultDriver driver;
  private final boolean tellsArrivals;
  private final int usualDiskFactor;
  private int operations;

  public World(SimulationSettings settings, FaultSchedule schedule, Machines machines) {
    this(settings, schedule, machines, List.of());
  }

  /** A world that {@code more} watch too, arrivals of messages included. */
  public World(
      SimulationSettings settings,
      FaultSchedule schedule,
      Machines machines,
      List<Invariant> more) {
    this(settings, schedule, machines, more, Optional.empty());
  }

  World(
      SimulationSettings settings,
      FaultSchedule schedule,
      Machines machines,
      List<Invariant> more,
      Optional<GivenLedger> given) {
    this.settings = settings;
    this.schedule = schedule;
    this.machines = machines;
    var random = new SplittableRandom(settings.seed());
    this.given = given;
    this.genesis =
        given
            .map(GivenLedger::genesis)
            .orElseGet(() -> Ledgers.genesis(settings.seed(), settings.validators()));
    this.ledgerId = genesis.ledgerId();
    this.genesisBlock = genesis.block();
    this.suite = new SimulatedSuite(random.nextLong());
    this.verdicts = new Verdicts(ledgerId, given.map(GivenLedger::signatures).orElse(suite));
    var ties = random.split();
    this.queue = premises().map(Premises::queue).orElseGet(() -> new EventQueue(ties));
    this.network = network(random.split());
    this.liarsRandom = random.split();
    this.liars = FaultDriver.liars(schedule);
    given.ifPresent(ledger -> liars.addAll(ledger.liars()));
    this.unreliable = FaultDriver.lame(schedule);
    unreliable.addAll(liars);
    this.observer = observer(new Ground(genesis, liars), more);
    this.tellsArrivals = !more.isEmpty();
    var clientsRandom = random.split();
    int diskFactor = random.nextInt(3) == 0 ? random.nextInt(2, 12) : 1;
    this.usualDiskFactor = evenDelay().isPresent() ? 1 : diskFactor;
    for (var index : genesis.validators().indices()) {
      validators.add(new SimulatedValidator(this, index, random.split()));
    }
    this.driver = new FaultDriver(this, network);
    driver.plan(schedule);
    validators.forEach(
        validator ->
            plan(
                random.nextLong(1_000_000),
                EventQueue.Kind.START,
                validator.index().number(),
                validator::start));
    addClients(clientsRandom);
  }

  private GlobalObserver observer(Ground ground, List<Invariant> more) {
    var verifier = new CertificateVerifier(ledgerId, Epoch.ZERO, genesis.validators(), suite);
    var invariants = new ArrayList<>(Invariants.all(ground, verifier, Ledgers.ASSET));
    invariants.add(new ForgeriesStayOut(ground, verdicts::hasValidSignature));
    if (settings.profile() == Profile.CALM && schedule.size() == 0) {
      invariants.add(new MessageCounts(ground));
      if (network.latencyMax().compareTo(FewViewsAreLost.CLOSE) <= 0) {
        invariants.add(new FewViewsAreLost());
      }
    }
    if (given.isPresent()) {
      // What a test's application does with its assets, or under their keys, is its own affair.
      invariants.removeIf(AssetsConserved.class::isInstance);
    }
    invariants.addAll(more);
    return new GlobalObserver(ground, invariants);
  }

  private Network network(SplittableRandom random) {
    return new Network(
        settings.validators(),
        random,
        evenDelay().map(Network.Latency::even).orElseGet(() -> latency(random)),
        premises().map(this::carriage).orElseGet(this::flight));
  }

  private Network.Delivery flight() {
    return (after, to, arrival) ->
        plan(
            after,
            EventQueue.Kind.MESSAGE,
            arrival.digest() * 64L + to,
            () -> deliver(to, arrival));
  }

  /** Shared links say themselves how long a message takes. */
  private Network.Delivery carriage(Premises shared) {
    return (_, to, arrival) ->
        shared.carry(arrival.from().number(), to, arrival.bytes(), () -> deliver(to, arrival));
  }

  private Optional<Duration> evenDelay() {
    return given.flatMap(GivenLedger::delay);
  }

  private static Network.Latency latency(SplittableRandom random) {
    long least = random.nextInt(2) == 0 ? 200_000 : 1_000_000;
    long most = least * random.nextInt(1, 100);
    return new Network.Latency(Duration.ofNanos(least), Duration.ofNanos(most), true);
  }

  private void addClients(SplittableRandom random) {
    for (int i = 0; i < Ledgers.ACCOUNTS; i++) {
      int writes = (settings.transactions() + Ledgers.ACCOUNTS - 1 - i) / Ledgers.ACCOUNTS;
      if (writes > 0) {
        var client =
            new SimulatedClient(
                this, i, random.split(), writes, settings.duration().dividedBy(writes + 1));
        clients.add(client);
        client.start();
      }
    }
  }

  /**
   * Makes a fault happen now. Who lies or forgets must be known from the start, so that faults are
   * refused that make a liar of a validator which the schedule does not name as one.
   */
  public void inject(Fault fault) {
    var now = FaultSchedule.of(new TimedFault(time(), fault));
    if (!liars.containsAll(FaultDriver.liars(now))) {
      throw new IllegalArgumentException("not among the liars of the schedule: " + fault);
    }
    unreliable.addAll(FaultDriver.lame(now));
    driver.perform(now.faults().getFirst());
  }

  /** Runs to the end; stops at the first violation. */
  public void run() {
    runUntil(settings.duration());
    clients.forEach(SimulatedClient::retire);
    if (settings.profile() != Profile.UNBOUNDED && observer.violations().isEmpty()) {
      runUntil(schedule.end());
      recover();
    }
  }

  /** Asks for progress of a world that was run beyond its schedule, all of which has healed. */
  public void settle() {
    if (time().compareTo(schedule.end()) < 0) {
      throw new IllegalStateException("faults are still to come");
    }
    if (observer.violations().isEmpty()) {
      recover();
    }
  }

  /** Runs up to this virtual time. */
  public void runUntil(Duration time) {
    while (observer.violations().isEmpty() && queue.next(time.toNanos())) {
      observer.at(queue.nanos(), queue.happened());
    }
  }

  private void recover() {
    var reliable = validators.stream().filter(each -> !unreliable.contains(each.index())).toList();
    new Recovery(queue, observer, reliable, clients).run();
  }

  /** The greatest height that any honest validator has stored. */
  public Height height() {
    return observer.height();
  }

  public List<Violation> violations() {
    return observer.violations();
  }

  public Duration time() {
    return Duration.ofNanos(queue.nanos());
  }

  public long events() {
    return queue.happened();
  }

  public long eventHash() {
    return queue.hash();
  }

  public Sometimes sometimes() {
    return sometimes;
  }

  public GlobalObserver observer() {
    return observer;
  }

  public Genesis genesis() {
    return genesis;
  }

  public SimulationSettings settings() {
    return settings;
  }

  /** What the world shares with others, if it does. */
  Optional<Premises> premises() {
    return given.flatMap(GivenLedger::premises);
  }

  Machines machines() {
    return machines;
  }

  LedgerId ledgerId() {
    return ledgerId;
  }

  Block genesisBlock() {
    return genesisBlock;
  }

  SimulatedSuite suite() {
    return suite;
  }

  Verdicts verdicts() {
    return verdicts;
  }

  long nanos() {
    return queue.nanos();
  }

  /** What a clock shows that is not off; a ledger's clocks begin at the time of its genesis. */
  LedgerTime trueTime() {
    return genesis.time().plusMillis(queue.nanos() / 1_000_000);
  }

  int nextOperation() {
    return operations++;
  }

  PublicKey accountKey(int number) {
    return Ledgers.accountKey(settings.seed(), number);
  }

  Network network() {
    return network;
  }

  SimulatedValidator validator(int index) {
    return validators.get(index);
  }

  Optional<Gateway> gateway(int index) {
    return validators.get(index).life().map(Life::gateway);
  }

  /** How much slower than the fastest all disks of this world are. */
  int usualDiskFactor() {
    return usualDiskFactor;
  }

  /** Whether somebody wants to be told of each message that arrives. */
  boolean tellsArrivals() {
    return tellsArrivals;
  }

  /** Clients believe no answer of a liar. */
  boolean isTrusted(int index) {
    return !liars.contains(ValidatorIndex.of(index));
  }

  void plan(long after, EventQueue.Kind kind, long detail, Runnable action) {
    queue.plan(after, kind, detail, action);
  }

  void observe(Observation observation) {
    if (premises().isPresent()) {
      observer.at(queue.nanos(), queue.happened());
    }
    observer.observe(observation);
  }

  /** What arrives is what the encoding carries, within the bounds of a frame. */
  void send(ValidatorIndex from, Outgoing outgoing) {
    if (outgoing.recipients().isEmpty()) {
      return;
    }
    if (!outgoing.later().isZero()) {
      long wait = outgoing.later().toNanos();
      var now = Outgoing.now(outgoing.recipients(), outgoing.lastFinal(), outgoing.message());
      plan(wait, EventQueue.Kind.MESSAGE, from.number(), () -> send(from, now));
      return;
    }
    observe(new Observation.Sent(from, outgoing.recipients().size(), outgoing.message()));
    var envelope = new Envelope(ledgerId, outgoing.lastFinal(), outgoing.message());
    var frame = PeerMessageCodec.encode(envelope);
    switch (PeerMessageCodec.decode(frame)) {
      case Decoded.Ok(var read) -> {
        var arrival = new Arrival(from, read, frame);
        for (var to : outgoing.recipients()) {
          network.send(from.number(), to.number(), arrival);
        }
      }
      case Decoded.Refused(var reason) ->
          observer.report("codec", from + " sent what nobody can read: " + reason);
    }
  }

  private void deliver(int to, Arrival arrival) {
    var recipient = validators.get(to);
    var twin = twins.get(recipient.index());
    if (twin == null) {
      recipient.receive(arrival);
    } else {
      twin.deliver(arrival);
    }
  }

  /** A validator is up: its links come up, one after the other and both ways. */
  void connect(SimulatedValidator up) {
    for (var peer : up.others()) {
      reconnect(Link.of(peer.number(), up.index().number()));
      reconnect(Link.of(up.index().number(), peer.number()));
    }
  }

  void reconnect(Link link) {
    int from = link.from().orElseThrow();
    int to = link.to().orElseThrow();
    validators
        .get(to)
        .life()
        .ifPresent(
            life ->
                life.later(
                    life.random().nextLong(50_000_000),
                    EventQueue.Kind.LINK,
                    from,
                    () -> life.connected(ValidatorIndex.of(from))));
  }

  void corrupt(ValidatorIndex index, Behaviour behaviour) {
    var validator = validator(index.number());
    sometimes.count(Sometimes.adversary(behaviour));
    if (behaviour == Behaviour.TWIN) {
      if (!twins.containsKey(index)) {
        twins.put(index, Twins.of(this, validator, liarsRandom.split()));
      }
      return;
    }
    var liar = new Liar(genesis, ledgerId, index, validator.signer(), liarsRandom.split());
    validator.corrupt(Adversaries.of(behaviour, liar));
  }
}
