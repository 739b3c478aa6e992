package dev.sampo.simulation.world;

import dev.sampo.core.crypto.Signer;
import dev.sampo.core.message.MessageVerdict;
import dev.sampo.core.message.MessageVerifier;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.CertificateVerifier;
import dev.sampo.simulation.adversary.Adversary;
import dev.sampo.simulation.adversary.Outgoing;
import dev.sampo.simulation.fault.Tail;
import dev.sampo.simulation.invariant.Observation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A validator through all its lives: its disk, its clock, and the process that runs, if any. */
final class SimulatedValidator {

  /** A write takes at least so long. */
  static final int WRITE_NANOS_MIN = 200_000;

  private final World world;
  private final ValidatorIndex index;
  private final List<ValidatorIndex> others;
  private final SplittableRandom random;
  private final MessageVerifier verifier;
  private final boolean sharesVerdicts;
  private final ArrayDeque<Runnable> stalled = new ArrayDeque<>();
  private SimulatedMedium medium;
  private SimulatedJournal journal;
  private Optional<Life> life = Optional.empty();
  private final List<Adversary> adversaries = new ArrayList<>();
  private Optional<Tail> dying = Optional.empty();
  private Outlet outlet;
  private boolean initialised;
  private boolean barred;
  private long pausedUntil;
  private long clockOffsetMillis;
  private int diskFactor = 1;

  /** Where the messages of a validator go. */
  @FunctionalInterface
  interface Outlet {
    void send(Outgoing message);
  }

  SimulatedValidator(World world, ValidatorIndex index, SplittableRandom random) {
    this.world = world;
    this.index = index;
    this.random = random;
    this.others =
        world.genesis().validators().indices().stream().filter(i -> !i.equals(index)).toList();
    this.medium = new SimulatedMedium();
    this.journal = new SimulatedJournal();
    this.outlet = message -> world.send(index, message);
    var signatures = world.machines().signatures(index, world.suite());
    this.sharesVerdicts = signatures == world.suite();
    var certificates =
        new CertificateVerifier(
            world.ledgerId(), Epoch.ZERO, world.genesis().validators(), signatures);
    this.verifier = new MessageVerifier(certificates, index, world.verdicts()::hasValidSignature);
  }

  ValidatorIndex index() {
    return index;
  }

  List<ValidatorIndex> others() {
    return others;
  }

  SplittableRandom random() {
    return random;
  }

  SimulatedMedium medium() {
    return medium;
  }

  SimulatedJournal journal() {
    return journal;
  }

  int diskFactor() {
    return diskFactor * world.usualDiskFactor();
  }

  Optional<Life> life() {
    return life;
  }

  Signer signer() {
    return world.suite().signer(world.genesis().validators().key(index));
  }

  LedgerTime wallClock() {
    long millis = world.trueTime().millis() + clockOffsetMillis;
    return LedgerTime.ofMillis(Math.max(0, millis));
  }

  /** A process that is about to die does so first. */
  void restart() {
    dying.ifPresent(this::crash);
    medium.repair();
    start();
  }

  void start() {
    if (life.isPresent() || barred) {
      return;
    }
    if (journal.isDamaged()) {
      barred = true;
      world.sometimes().count("damaged disk refused");
      return;
    }
    medium.repair();
    initialised = true;
    world.observe(new Observation.Started(index));
    try {
      var begun = new Life(world, this);
      life = Optional.of(begun);
    } catch (StorageFailed damaged) {
      barred = true;
      world.sometimes().count("damaged disk refused");
      return;
    } catch (RuntimeException broken) {
      barred = true;
      world.observe(new Observation.Halted(index, broken + at(broken)));
      return;
    }
    world.connect(this);
  }

  /**
   * The process dies: at once if its unsynced writes are to be lost, otherwise in the midst of its
   * next write, so that there is one to keep or to tear.
   */
  void die(Tail tail) {
    if (tail == Tail.LOST) {
      crash(tail);
    } else if (life.isPresent()) {
      dying = Optional.of(tail);
    }
  }

  /** A write is on its way to the disk. */
  void writes() {
    dying.ifPresent(
        tail -> {
          dying = Optional.empty();
          var writing = life;
          world.plan(
              random.nextInt(WRITE_NANOS_MIN),
              EventQueue.Kind.FAULT,
              index.number(),
              () -> {
                if (life.equals(writing)) {
                  crash(tail);
                }
              });
        });
  }

  /** The process is gone at once; what it had not synced is as {@code tail} says. */
  private void crash(Tail tail) {
    dying = Optional.empty();
    if (life.isEmpty()) {
      return;
    }
    var last = life.get();
    life = Optional.empty();
    stalled.clear();
    pausedUntil = 0;
    if (tail == Tail.KEPT) {
      journal.inFlight().forEach(promise -> observe(new Observation.Promised(index, promise)));
    }
    boolean torn = medium.crash(tail == Tail.KEPT, tail == Tail.TORN);
    if (journal.crash(tail == Tail.KEPT, tail == Tail.TORN) || torn) {
      world.sometimes().count("torn record cut off");
    }
    if (tail == Tail.KEPT) {
      last.mempool().keptInFlight().ifPresent(this::observe);
      last.execution().keptInFlight().ifPresent(this::observe);
    }
  }

  private void observe(Observation observation) {
    world.observe(observation);
  }

  /** A rule is broken or the disk failed: the process stops itself. */
  void stop(Life stopping, String reason) {
    if (life.isPresent() && life.get() == stopping) {
      world.observe(new Observation.Halted(index, reason));
      crash(Tail.LOST);
    }
  }

  void pause(Duration length) {
    if (life.isPresent()) {
      pausedUntil = Math.max(pausedUntil, world.nanos() + length.toNanos());
      var paused = life.get();
      world.plan(length.toNanos(), EventQueue.Kind.FAULT, index.number(), () -> resume(paused));
    }
  }

  private void resume(Life paused) {
    if (life.isEmpty() || life.get() != paused || world.nanos() < pausedUntil) {
      return;
    }
    while (!stalled.isEmpty()) {
      var action = stalled.remove();
      world.plan(0, EventQueue.Kind.ROLE, index.number(), () -> run(paused, action));
    }
  }

  void later(Life of, long nanos, EventQueue.Kind kind, long detail, Runnable action) {
    long subject = detail * 64 + index.number();
    world.plan(nanos, kind, subject, () -> run(of, action));
  }

  private void run(Life of, Runnable action) {
    if (life.isEmpty() || life.get() != of) {
      return;
    }
    if (pausedUntil > world.nanos()) {
      stalled.add(action);
      return;
    }
    try {
      action.run();
    } catch (StorageFailed failed) {
      world.sometimes().count("stopped by its disk");
      if (life.isPresent() && life.get() == of) {
        crash(Tail.LOST);
      }
    } catch (RuntimeException broken) {
      stop(of, broken + at(broken));
    }
  }

  private static String at(RuntimeException broken) {
    var trace = broken.getStackTrace();
    var place = new StringBuilder();
    for (int i = 0; i < Math.min(4, trace.length); i++) {
      place.append("\n    at ").append(trace[i]);
    }
    return place.toString();
  }

  void receive(Arrival arrival) {
    if (life.isPresent()) {
      var current = life.get();
      run(current, () -> hear(current, arrival));
    }
  }

  private void hear(Life current, Arrival arrival) {
    for (var liar : adversaries) {
      liar.heard(arrival.from(), arrival.envelope().message()).forEach(outlet::send);
    }
    current.receive(arrival);
  }

  MessageVerdict verify(Arrival arrival) {
    return arrival.verdict(verifier, sharesVerdicts);
  }

  void send(List<ValidatorIndex> recipients, View lastFinal, PeerMessage message) {
    if (recipients.isEmpty()) {
      return;
    }
    var said = List.of(Outgoing.now(recipients, lastFinal, message));
    for (var liar : adversaries) {
      said = said.stream().flatMap(outgoing -> liar.rewrite(outgoing).stream()).toList();
    }
    said.forEach(outlet::send);
  }

  /** One lie more: each changes what those before it have left. */
  void corrupt(Adversary liar) {
    adversaries.add(liar);
  }

  void sendThrough(Outlet other) {
    outlet = other;
  }

  void slowDisk(int factor) {
    diskFactor = factor;
  }

  void setClock(Duration offset) {
    clockOffsetMillis = offset.toMillis();
  }

  void jumpClock(Duration by) {
    clockOffsetMillis += by.toMillis();
  }

  /** RE1: a directory without its records is refused, so the validator stays down. */
  void wipe() {
    crash(Tail.LOST);
    medium.wipe();
    journal.wipe();
    barred = initialised;
  }

  void rollBack(SimulatedMedium older, SimulatedJournal promises) {
    crash(Tail.LOST);
    medium = older;
    journal = promises;
  }
}
