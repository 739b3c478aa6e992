package dev.sampo.simulation.crossledger;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.Application;
import dev.sampo.core.genesis.LaneParameters;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.genesis.Verification;
import dev.sampo.core.packet.Action;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.simulation.crypto.SimulatedSuite;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.fault.TimedFault;
import dev.sampo.simulation.run.Simulation;
import dev.sampo.simulation.swarm.Profile;
import dev.sampo.simulation.world.GivenLedger;
import dev.sampo.simulation.world.Machines;
import dev.sampo.simulation.world.SimulationSettings;
import dev.sampo.simulation.world.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Builds the ledgers of a network: worlds that know nothing of each other. */
final class LedgerNetwork {

  private static final LedgerTime START = LedgerTime.ofMillis(1_000_000_000L);
  private static final long APART_MILLIS_MAX = 600_000;
  private static final long TRUSTING_PERIOD = 24L * 60 * 60 * 1_000;

  private final NetworkSettings settings;
  private final SplittableRandom random;
  private final PeerSignatures peers = new PeerSignatures();
  private final SimulatedSuite accounts;
  private final List<Connection> connections;
  private final List<Ledger> ledgers = new ArrayList<>();
  private final List<LedgerWatch> watches = new ArrayList<>();
  private final Duration shift;

  LedgerNetwork(NetworkSettings settings, SplittableRandom random) {
    this.settings = settings;
    this.random = random;
    this.accounts = new SimulatedSuite(random.nextLong());
    this.connections = Connection.ring(settings.ledgers(), random.split());
    this.shift = Duration.ofMillis(random.nextLong(8_000));
    for (int i = 0; i < settings.ledgers(); i++) {
      found(i);
    }
  }

  private void found(int number) {
    var each = settings.each();
    var own =
        new SimulationSettings(
            random.nextLong() & Long.MAX_VALUE,
            each.validators(),
            each.profile(),
            each.families(),
            each.behaviours(),
            0,
            each.duration());
    var given =
        GivenLedger.of(
                own, Assets.NAME, Accounts.genesisState(number, settings.ledgers()), accounts)
            .withParameters(parameters())
            .startingAt(START.plusMillis(random.nextLong(APART_MILLIS_MAX)));
    var watch = new LedgerWatch(number);
    var visitor = Visitor.of(given, own, schedule(own), machines(), List.of(watch));
    watches.add(watch);
    peers.add(given.genesis().validators(), visitor.votes());
    ledgers.add(new Ledger(number, visitor, accounts, random.split()));
  }

  private Machines machines() {
    return new Machines() {
      @Override
      public Application application(ValidatorIndex self) {
        return new Assets(peers);
      }
    };
  }

  private LedgerParameters parameters() {
    var lanes = random.nextBoolean() ? LaneParameters.NONE : LaneParameters.DEFAULT;
    var verification =
        random.nextInt(3) == 0 ? Verification.ATTESTED : Verification.EVERY_VALIDATOR;
    long idleMillis = random.nextLong(1_000, 5_000);
    return new LedgerParameters(64 << 10, 600_000, 4_000_000, random.nextInt(1, 3), idleMillis)
        .withLanes(lanes)
        .withVerification(verification);
  }

  /** The ledger's own faults, a little later; and in one of three ledgers nobody hears anybody. */
  private FaultSchedule schedule(SimulationSettings own) {
    var faults = new ArrayList<TimedFault>();
    for (var timed : Simulation.scheduleOf(own).faults()) {
      faults.add(new TimedFault(timed.at().plus(shift), timed.fault()));
    }
    long millis = own.duration().toMillis();
    long begin = random.nextLong(millis / 5, millis / 2 + 1);
    long length = random.nextLong(millis / 10, millis / 3 + 1);
    if (own.profile() != Profile.CALM && random.nextInt(3) == 0) {
      faults.add(new TimedFault(Duration.ofMillis(begin), new Fault.Partition(List.of())));
      faults.add(new TimedFault(Duration.ofMillis(begin + length), new Fault.Heal()));
    }
    return new FaultSchedule(faults);
  }

  /** How long faults happen, and users send. */
  Duration faultsEnd() {
    return settings.each().duration().plus(shift);
  }

  /** Between two sendings of a user, so that all were sent well before the end. */
  Duration meanPause() {
    return settings.each().duration().multipliedBy(3).dividedBy(4L * settings.sendingsOfUser() + 4);
  }

  List<Ledger> ledgers() {
    return ledgers;
  }

  List<Connection> connections() {
    return connections;
  }

  void tell(Books books) {
    watches.forEach(watch -> watch.tell(books));
  }

  /** What the operators of a ledger decide: to follow its peers, and to open its channels. */
  List<Action> actions(Ledger ledger) {
    var followed = new ArrayList<Integer>();
    var actions = new ArrayList<Action>();
    for (var connection : connections) {
      for (var way : connection.ways()) {
        if (way.from().ledger() == ledger.number()) {
          var peer = ledgers.get(way.to().ledger());
          if (!followed.contains(peer.number())) {
            followed.add(peer.number());
            var validators = peer.world().genesis().validators();
            actions.add(new Action.ConnectClient(peer.id(), validators, TRUSTING_PERIOD));
          }
          actions.add(
              new Action.OpenChannel(
                  way.from().channel(), peer.id(), way.to().channel(), connection.limits()));
        }
      }
    }
    return actions;
  }
}
