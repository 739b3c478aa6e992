package dev.sampo.simulation.world;

import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.invariant.Invariant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A test inside a world: it reads validators, makes faults happen and hands in transactions, while
 * the world goes on only as far as it is run. All invariants of a world are checked.
 */
public final class Visitor {

  /** How long a transaction takes from a visitor to a validator. */
  public static final Duration TRIP = Errand.TRIP;

  private final World world;
  private final TreeSet<Integer> corrupted = new TreeSet<>();

  private Visitor(World world) {
    this.world = world;
  }

  /** A world without clients and faults of its own, which {@code more} watch too. */
  public static Visitor of(
      GivenLedger ledger, SimulationSettings settings, Machines machines, List<Invariant> more) {
    var calm = settings.withTransactions(0);
    var visitor =
        new Visitor(new World(calm, FaultSchedule.NONE, machines, more, Optional.of(ledger)));
    visitor.world.network().remember();
    return visitor;
  }

  /** A world without clients and with these faults. */
  public static Visitor of(
      GivenLedger ledger,
      SimulationSettings settings,
      FaultSchedule schedule,
      Machines machines,
      List<Invariant> more) {
    var quiet = settings.withTransactions(0);
    var visitor = new Visitor(new World(quiet, schedule, machines, more, Optional.of(ledger)));
    FaultDriver.liars(schedule).forEach(liar -> visitor.corrupted.add(liar.number()));
    return visitor;
  }

  public World world() {
    return world;
  }

  /** True time, which no validator's clock is off from unless it is skewed. */
  public LedgerTime now() {
    return world.trueTime();
  }

  public void inject(Fault fault) {
    world.inject(fault);
    if (fault instanceof Fault.Corrupt(int validator, _)) {
      corrupted.add(validator);
    }
  }

  /** Whether nothing that it says need be true. */
  public boolean isCorrupted(int validator) {
    return corrupted.contains(validator);
  }

  /** TI7: whether a validator's host has less time than its ledgers want. */
  public void hostIsBusy(int validator, boolean busy) {
    world
        .validator(validator)
        .life()
        .ifPresent(
            life -> life.later(0, EventQueue.Kind.ROLE, validator, () -> life.hostIsBusy(busy)));
  }

  /** What a validator has executed; nothing while it is down. */
  public Optional<LedgerReader> reader(int validator) {
    return world.gateway(validator).map(Gateway::ledger);
  }

  /**
   * What somebody makes of a validator's ledger; nothing while it is down, or if its disk is
   * damaged there.
   */
  public <T> Optional<T> read(int validator, Function<LedgerReader, T> reading) {
    try {
      return reader(validator).map(reading);
    } catch (StorageFailed damaged) {
      return Optional.empty();
    }
  }

  /** What checks the votes of this world's validators. */
  public SignatureVerifier votes() {
    return world.suite();
  }

  /** The key of a validator, for who has stolen it. */
  public Signer signer(int validator) {
    return world.validator(validator).signer();
  }

  public boolean hears(int listener, int speaker) {
    return !world.network().isSevered(speaker, listener);
  }

  /**
   * Hands a transaction to one validator, again whenever that has restarted, until it answers. The
   * answers of a liar are not believed.
   */
  public void submit(
      int validator, SignedTransaction transaction, Duration atMost, Consumer<Reply> listener) {
    new Errand(this, validator, transaction, listener).begin(atMost);
  }

  /** The same through a validator that takes in what can only fail. */
  public void submitUnchecked(
      int validator, SignedTransaction transaction, Duration atMost, Consumer<Reply> listener) {
    new Errand(this, validator, transaction, listener).unchecked().begin(atMost);
  }
}
