package dev.sampo.testkit;

import dev.sampo.simulation.fault.Behaviour;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.fault.Link;
import dev.sampo.simulation.fault.Tail;
import dev.sampo.simulation.fault.TimedFault;
import dev.sampo.simulation.scenario.Scenario;
import dev.sampo.testkit.ledger.LedgerUnderTest;
import dev.sampo.testkit.ledger.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The validators of a test, by their indices from 0, and all that can go wrong with them. What a
 * mode cannot express is refused with the reason, never passed over.
 */
public final class SampoNetwork {

  private final LedgerUnderTest ledger;
  private final Salts salts;
  private final List<TimedFault> history = new ArrayList<>();

  SampoNetwork(LedgerUnderTest ledger) {
    this.ledger = ledger;
    this.salts = new Salts(ledger.plan().seed());
  }

  LedgerUnderTest ledger() {
    return ledger;
  }

  public long seed() {
    return ledger.plan().seed();
  }

  public int size() {
    return ledger.plan().validators();
  }

  public VirtualClock clock() {
    return ledger.clock();
  }

  /** A client that speaks to a reachable validator, whichever that is at the time. */
  public LedgerClient client() {
    return LedgerClient.anywhere(ledger, salts);
  }

  /** The validators of a data centre. */
  public List<Integer> in(String dataCentre) {
    if (!ledger.plan().dataCentres().contains(dataCentre)) {
      throw new IllegalArgumentException(
          "there is no data centre " + dataCentre + "; there are " + ledger.plan().dataCentres());
    }
    return IntStream.range(0, size())
        .filter(index -> ledger.plan().dataCentreOf(index).equals(dataCentre))
        .boxed()
        .toList();
  }

  /** Validators hear their own group only; one in no group hears nobody. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the groups are only read
  public final void partition(List<Integer>... groups) {
    apply(new Fault.Partition(Arrays.stream(groups).toList()));
  }

  /** Takes these validators away from all others, who still hear each other. */
  public void isolate(Integer... validators) {
    var away = List.of(validators);
    var others = IntStream.range(0, size()).boxed().filter(each -> !away.contains(each)).toList();
    partition(away, others);
  }

  /** Data centres no longer hear each other. */
  public void partitionDataCentres() {
    apply(new Fault.Partition(ledger.plan().dataCentres().stream().map(this::in).toList()));
  }

  public void cut(int from, int to) {
    apply(new Fault.Cut(from, to));
  }

  /** Every link works again; who is down stays down. */
  public void heal() {
    apply(new Fault.Heal());
  }

  public void delay(Link link, Duration min, Duration max) {
    apply(new Fault.Delay(link, min, max));
  }

  public void drop(Link link, int percent) {
    apply(new Fault.Drop(link, percent));
  }

  public void duplicate(Link link, int percent) {
    apply(new Fault.Duplicate(link, percent));
  }

  /** The process is killed; what it wrote stays. */
  public void crash(int validator) {
    crash(validator, Tail.KEPT);
  }

  public void crash(int validator, Tail tail) {
    apply(new Fault.Crash(validator, tail));
  }

  public void restart(int validator) {
    apply(new Fault.Restart(validator));
  }

  public void pause(int validator, Duration duration) {
    apply(new Fault.Pause(validator, duration));
  }

  public void skewClock(int validator, Duration offset) {
    apply(new Fault.SkewClock(validator, offset));
  }

  public void equivocate(int validator) {
    corrupt(validator, Behaviour.EQUIVOCATE);
  }

  public void corrupt(int validator, Behaviour behaviour) {
    apply(new Fault.Corrupt(validator, behaviour));
  }

  public void apply(Fault fault) {
    var at = ledger.clock().now();
    ledger.apply(fault);
    history.add(new TimedFault(at, fault));
  }

  /** Plays a scenario from now on; returns after its last fault. */
  public void play(Scenario scenario) {
    if (scenario.validators() != size()) {
      throw new IllegalArgumentException(
          "the scenario is for " + scenario.validators() + " validators, not for " + size());
    }
    var start = ledger.clock().now();
    for (var timed : scenario.schedule().faults()) {
      var wait = start.plus(timed.at()).minus(ledger.clock().now());
      if (wait.isPositive()) {
        ledger.clock().advance(wait);
      }
      apply(timed.fault());
    }
  }

  /** The faults so far as the text of a scenario. */
  public String history() {
    return new Scenario(size(), List.of(), new FaultSchedule(history)).text();
  }

  void close() {
    ledger.close();
  }
}
