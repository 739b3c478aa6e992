package dev.sampo.testkit.simulated;

import dev.sampo.client.ErrorCatalogue;
import dev.sampo.client.Outcome;
import dev.sampo.core.crypto.Ed25519Suite;
import dev.sampo.core.execution.Application;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.swarm.Profile;
import dev.sampo.simulation.world.GivenLedger;
import dev.sampo.simulation.world.Machines;
import dev.sampo.simulation.world.Reply;
import dev.sampo.simulation.world.SimulationSettings;
import dev.sampo.simulation.world.Visitor;
import dev.sampo.testkit.ledger.LedgerPlan;
import dev.sampo.testkit.ledger.LedgerUnderTest;
import dev.sampo.testkit.ledger.Reachability;
import dev.sampo.testkit.ledger.ValidatorView;
import dev.sampo.testkit.ledger.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Validators of the deterministic world: time passes only while a test waits, every fault can be
 * expressed, equal seeds and tests give equal events, and each event is held to all invariants.
 */
public final class SimulatedLedger implements LedgerUnderTest {

  /** How often in virtual time a condition is looked at. */
  private static final Duration STEP = Duration.ofMillis(2);

  private static final Duration START_MAX = Duration.ofSeconds(1);

  private final LedgerPlan plan;
  private final Stops stops;
  private final Visitor visitor;
  private final ErrorCatalogue catalogue = ErrorCatalogue.load();
  private boolean isReported;

  private SimulatedLedger(LedgerPlan plan, Stops stops, Visitor visitor) {
    this.plan = plan;
    this.stops = stops;
    this.visitor = visitor;
  }

  /** Returns once all validators are up. */
  public static SimulatedLedger start(LedgerPlan plan) {
    var settings =
        new SimulationSettings(
            plan.seed(),
            plan.validators(),
            Profile.RECOVERABLE,
            List.of(),
            List.of(),
            0,
            Duration.ZERO);
    var start = plan.start();
    var given =
        GivenLedger.of(
                settings,
                plan.application().get().name(),
                start.state().state(start.accounts()),
                new Ed25519Suite())
            .withLiars(plan.liars());
    var machines =
        new Machines() {
          @Override
          public Application application(ValidatorIndex self) {
            return plan.application().get();
          }
        };
    var stops = new Stops();
    var visitor = Visitor.of(given, settings, machines, List.of(stops));
    var ledger = new SimulatedLedger(plan, stops, visitor);
    if (!ledger.runUntil(ledger::isUp, START_MAX)) {
      throw new IllegalStateException("not all validators start: " + ledger.failures());
    }
    return ledger;
  }

  private boolean isUp() {
    return IntStream.range(0, plan.validators()).allMatch(i -> visitor.reader(i).isPresent());
  }

  @Override
  public LedgerPlan plan() {
    return plan;
  }

  @Override
  public Genesis genesis() {
    return visitor.world().genesis();
  }

  @Override
  public VirtualClock clock() {
    return new VirtualClock() {
      @Override
      public Duration now() {
        return visitor.world().time();
      }

      @Override
      public void advance(Duration time) {
        runTo(now().plus(time));
      }
    };
  }

  @Override
  public LedgerTime ledgerTime() {
    return visitor.now();
  }

  /** Over all events so far, in their order; equal for equal seeds, faults and transactions. */
  public long eventHash() {
    return visitor.world().eventHash();
  }

  @Override
  public void apply(Fault fault) {
    if (fault instanceof Fault.RollBackDisk) {
      throw new IllegalArgumentException(
          "a test cannot roll a disk back, as nobody kept the older one; a swarm can");
    }
    if (fault instanceof Fault.Corrupt(int validator, _) && !plan.liars().contains(validator)) {
      throw new IllegalArgumentException(
          "whom the invariants may not trust must be known from the start: write"
              + " @SampoTest(liars = "
              + validator
              + ")");
    }
    visitor.inject(fault);
    requireInvariants();
  }

  @Override
  public CompletableFuture<Outcome> submit(
      int validator, SignedTransaction transaction, Duration atMost) {
    var outcome = new CompletableFuture<Outcome>();
    visitor.submit(
        validator,
        transaction,
        atMost,
        reply -> outcome.complete(outcomeOf(transaction.id(), reply)));
    return outcome;
  }

  private Outcome outcomeOf(TransactionId id, Reply reply) {
    return switch (reply) {
      case Reply.Executed(var receipt, var blockTime) ->
          receipt.ok()
              ? new Outcome.Committed(receipt, blockTime, false)
              : new Outcome.Rejected(
                  id, catalogue.get(receipt.code()), "", Optional.of(receipt), false);
      case Reply.Refused(var code) ->
          new Outcome.Rejected(id, catalogue.get(code), "", Optional.empty(), false);
      case Reply.Silence _ -> new Outcome.Pending(id);
    };
  }

  @Override
  public Optional<ValidatorView> view(int validator) {
    return visitor.reader(validator).map(ledger -> new ValidatorView(validator, ledger));
  }

  /** Without those that lie already, as nothing can be asked of them. */
  @Override
  public List<Integer> reachable() {
    return new Reachability(
            index -> visitor.reader(index).isPresent() && !visitor.isCorrupted(index),
            visitor::hears)
        .largest(plan.validators());
  }

  @Override
  public List<String> failures() {
    return stops.reasons();
  }

  @Override
  public boolean runUntil(BooleanSupplier condition, Duration atMost) {
    var world = visitor.world();
    var end = world.time().plus(atMost);
    while (!condition.getAsBoolean()) {
      var left = end.minus(world.time());
      if (!left.isPositive()) {
        return false;
      }
      runTo(world.time().plus(left.compareTo(STEP) < 0 ? left : STEP));
    }
    return true;
  }

  private void runTo(Duration time) {
    visitor.world().runUntil(time);
    requireInvariants();
  }

  private void requireInvariants() {
    var violations = visitor.world().violations();
    if (!violations.isEmpty()) {
      isReported = true;
      throw new InvariantsBroken(violations);
    }
  }

  @Override
  public void close() {
    if (!isReported) {
      requireInvariants();
    }
  }
}
