package dev.sampo.simulation.crossledger;

import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.invariant.Violation;
import dev.sampo.simulation.run.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A run of several ledgers in lockstep: all worlds come to the same moment, then users, operators
 * and relayers act on what they read there, and the books are balanced. Equal settings give equal
 * events in all worlds.
 */
public final class NetworkRun {

  private static final Duration SLICE = Duration.ofMillis(100);
  private static final Duration RECOVERY_MAX = Duration.ofMinutes(5);
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private final NetworkSettings settings;
  private final LedgerNetwork network;
  private final SplittableRandom random;
  private final Occasions occasions = new Occasions();
  private final Books books;
  private final List<Governance> governance;
  private final List<User> users;
  private final List<Relayer> relayers;
  private final LyingRelayer liar;
  private final ForkForger forger;
  private final List<Mover> movers;
  private final SplittableRandom moments;
  private Duration now = Duration.ZERO;

  private NetworkRun(NetworkSettings settings) {
    this.settings = settings;
    this.random = new SplittableRandom(settings.seed() ^ 0x6e65_7477_6f72_6bL);
    this.network = new LedgerNetwork(settings, random.split());
    var ledgers = network.ledgers();
    this.books = new Books(ledgers, network.connections(), occasions);
    network.tell(books);
    this.governance =
        ledgers.stream().map(each -> new Governance(each, network.actions(each))).toList();
    this.users = users();
    var history = new History(random.split());
    var ways = network.connections().stream().flatMap(each -> each.ways().stream()).toList();
    this.relayers =
        List.of(
            new Relayer(ledgers, ways, Accounts.RELAYERS.get(0), false, history),
            new Relayer(ledgers, ways, Accounts.RELAYERS.get(1), true, history));
    this.liar = new LyingRelayer(ledgers, ways, history, random.split());
    this.forger = forger(ways);
    this.movers = movers();
    this.moments = new SplittableRandom(settings.seed() ^ 0x6d6f_6d65_6e74_73L);
  }

  private List<User.Route> routes() {
    var routes = new ArrayList<User.Route>();
    for (var connection : network.connections()) {
      for (var way : connection.ways()) {
        var to = network.ledgers().get(way.to().ledger());
        routes.add(new User.Route(way, to, connection.limits().timeoutMin()));
      }
    }
    return routes;
  }

  private List<User> users() {
    var all = new ArrayList<User>();
    for (var ledger : network.ledgers()) {
      var routes =
          routes().stream()
              .filter(route -> route.way().from().ledger() == ledger.number())
              .toList();
      int sendings = settings.sendingsOfUser();
      Accounts.USERS.forEach(
          user -> all.add(new User(ledger, user, routes, sendings, random.split())));
    }
    return all;
  }

  private List<Mover> movers() {
    // Of its own, so that nothing else is drawn otherwise than without movers.
    var own = new SplittableRandom(settings.seed() ^ 0x6d6f_7665_7273L);
    var all = new ArrayList<Mover>();
    for (var ledger : network.ledgers()) {
      for (var account : Accounts.movers(ledger.number())) {
        int actions = 2 * settings.sendingsOfUser();
        all.add(new Mover(network.ledgers(), routes(), account, actions, own.split()));
      }
    }
    return all;
  }

  /** In one of five networks all keys of one ledger are stolen at some time. */
  private ForkForger forger(List<Way> ways) {
    var ledgers = network.ledgers();
    int forked = random.nextInt(ledgers.size());
    var peers =
        ways.stream()
            .filter(way -> way.from().ledger() == forked)
            .map(way -> way.to().ledger())
            .distinct()
            .map(ledgers::get)
            .toList();
    long end = network.faultsEnd().toMillis();
    boolean isStolen = random.nextInt(5) == 0;
    var when = Duration.ofMillis(isStolen ? random.nextLong(end / 4, end) : Long.MAX_VALUE / 2);
    return new ForkForger(ledgers.get(forked), peers, when, random.split());
  }

  /** Runs a network to its end, or to the first violation. */
  public static RunResult run(NetworkSettings settings) {
    var run = new NetworkRun(settings);
    run.run();
    return run.result();
  }

  private void run() {
    var end = network.faultsEnd();
    while (now.compareTo(end) < 0 && isSound()) {
      advance();
      act();
      misbehave();
    }
    if (settings.heals() && isSound()) {
      recover();
    }
  }

  private boolean isSound() {
    return network.ledgers().stream().allMatch(each -> each.world().violations().isEmpty());
  }

  private void advance() {
    now = now.plus(SLICE);
    for (var ledger : network.ledgers()) {
      ledger.world().runUntil(now);
    }
    if (isSound()) {
      books.balance();
    }
  }

  /** What goes on as long as there is anything to do. */
  private void act() {
    governance.forEach(Governance::act);
    for (var relayer : relayers) {
      if (random.nextInt(4) == 0) {
        relayer.act();
      }
    }
  }

  /** What ends with the faults. */
  private void misbehave() {
    for (var user : users) {
      if (random.nextLong(network.meanPause().toMillis()) < SLICE.toMillis()) {
        user.act();
      }
    }
    if (random.nextInt(3) == 0) {
      liar.act(now);
    }
    forger.act(now);
    for (var mover : movers) {
      if (moments.nextLong(network.meanPause().toMillis()) < SLICE.toMillis()) {
        mover.act();
      }
    }
  }

  /** All has healed, and one honest relayer is enough for every packet to come to its end. */
  private void recover() {
    var latest = now.plus(RECOVERY_MAX);
    while (now.compareTo(latest) < 0 && isSound() && !isSettled()) {
      advance();
      act();
    }
    if (!isSound()) {
      return;
    }
    for (var course : books.open()) {
      network
          .ledgers()
          .get(course.way().from().ledger())
          .violated("T3", "after healing " + course + " has no end");
    }
    for (var part : governance) {
      if (!part.isDone()) {
        network.ledgers().getFirst().violated("governance", "proposals are not carried out");
      }
    }
    network.ledgers().forEach(ledger -> ledger.world().settle());
  }

  private boolean isSettled() {
    return books.open().isEmpty()
        && users.stream().noneMatch(User::isBusy)
        && movers.stream().noneMatch(Mover::isBusy)
        && governance.stream().allMatch(Governance::isDone);
  }

  private RunResult result() {
    var violations = new ArrayList<Violation>();
    var sometimes = new TreeMap<String, Long>(occasions.counts());
    long commits = 0;
    long events = 0;
    long hash = 0;
    var simulated = Duration.ZERO;
    for (var ledger : network.ledgers()) {
      var world = ledger.world();
      violations.addAll(world.violations());
      world.sometimes().counts().forEach((name, count) -> sometimes.merge(name, count, Long::sum));
      commits += world.height().number();
      events += world.events();
      hash = Long.rotateLeft(hash * FACTOR, 29) + world.eventHash();
      simulated = simulated.plus(world.time());
    }
    return new RunResult(
        settings.each(),
        FaultSchedule.NONE,
        violations,
        commits,
        simulated,
        events,
        hash,
        sometimes);
  }
}
