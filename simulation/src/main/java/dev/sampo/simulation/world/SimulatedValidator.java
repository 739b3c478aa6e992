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
  private final Writer.Register register = new Writer.Register();
  private final SplitLinks links;
  private final List<Life> older = new ArrayList<>();
  private SimulatedMedium medium;
  private SimulatedJournal journal;
  private Optional<Life> life = Optional.empty();
  private final List<Adversary> adversaries = new ArrayList<>();
  private Optional<Tail> dying = Optional.empty();
  private Outlet outlet;
  private boolean initialised;
  private boolean barred;
  private boolean lost;
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
    this.links = new SplitLinks(index);
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

  /** The newest copy, if it runs. */
  Optional<Life> life() {
    return life;
  }

  Writer takeOver() {
    return register.takeOver();
  }

  /** Whether a later copy runs, or did. */
  boolean isOlder(Life copy) {
    return older.contains(copy);
  }

  /** RE1: whether promises of former lives were ever lost. */
  boolean isLost() {
    return lost;
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

  /** V2: one copy more, whatever became of the one before, over the same store. */
  void startCopy() {
    if (barred || dying.isPresent()) {
      return;
    }
    life.ifPresent(
        running -> {
          world.sometimes().count("copy started beside another");
          older.add(running);
        });
    life = Optional.empty();
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
  void writes(Life by) {
    if (isOlder(by)) {
      return;
    }
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
    var writer = last.writer();
    life = Optional.empty();
    if (tail == Tail.KEPT) {
      journal
          .inFlight(writer)
          .forEach(promise -> observe(new Observation.Promised(index, promise)));
    }
    boolean torn = medium.crash(writer, tail == Tail.KEPT, tail == Tail.TORN);
    if (journal.crash(writer, tail == Tail.KEPT, tail == Tail.TORN) || torn) {
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
    if (isOlder(stopping)) {
      // It reads what others have written since, which none of its rules foresees.
      drop(stopping);
    } else if (life.isPresent() && life.get() == stopping) {
      world.observe(new Observation.Halted(index, reason));
      crash(Tail.LOST);
    }
  }

  private void drop(Life copy) {
    older.remove(copy);
    journal.drop(copy.writer());
    medium.drop(copy.writer());
  }

  void pause(Duration length) {
    if (life.isPresent()) {
      var paused = life.get();
      paused.stall().pauseUntil(world.nanos() + length.toNanos());
      world.plan(length.toNanos(), EventQueue.Kind.FAULT, index.number(), () -> resume(paused));
    }
  }

  private void resume(Life paused) {
    if (!isRunning(paused) || paused.stall().isPaused(world.nanos())) {
      return;
    }
    for (var action : paused.stall().drain()) {
      world.plan(0, EventQueue.Kind.ROLE, index.number(), () -> run(paused, action));
    }
  }

  private boolean isRunning(Life copy) {
    return life.isPresent() && life.get() == copy || isOlder(copy);
  }

  void later(Life of, long nanos, EventQueue.Kind kind, long detail, Runnable action) {
    long subject = detail * 64 + index.number();
    world.plan(nanos, kind, subject, () -> run(of, action));
  }

  private void run(Life of, Runnable action) {
    if (!isRunning(of)) {
      return;
    }
    if (of.stall().isPaused(world.nanos())) {
      of.stall().add(action);
      return;
    }
    try {
      action.run();
    } catch (Writer.Fenced fenced) {
      world.sometimes().count("copy fenced");
      drop(of);
    } catch (StorageFailed failed) {
      world.sometimes().count("stopped by its disk");
      if (isOlder(of)) {
        drop(of);
      } else if (life.isPresent() && life.get() == of) {
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
    for (var copy : copies()) {
      if (reaches(copy, arrival.from())) {
        run(copy, () -> hear(copy, arrival));
      }
    }
  }

  private List<Life> copies() {
    if (older.isEmpty()) {
      return life.map(List::of).orElse(List.of());
    }
    var copies = new ArrayList<>(older);
    life.ifPresent(copies::add);
    return copies;
  }

  /** Who runs alone is reached by all. */
  private boolean reaches(Life copy, ValidatorIndex peer) {
    return older.isEmpty() || life.isEmpty() || links.reaches(!isOlder(copy), peer, world.nanos());
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

  void send(Life by, List<ValidatorIndex> to, View lastFinal, PeerMessage message) {
    var recipients = older.isEmpty() ? to : to.stream().filter(peer -> reaches(by, peer)).toList();
    if (recipients.isEmpty()) {
      if (!to.isEmpty()) {
        observe(new Observation.Sent(index, 0, message)); // said, but nobody is reached
      }
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
    List.copyOf(older).forEach(this::drop);
    medium.wipe();
    journal.wipe();
    barred = initialised;
  }

  /**
   * V4: its operator states that nothing of the validator runs any more; what its directory holds
   * is put aside, and its next life asks the others first.
   */
  void recover() {
    if (!initialised) {
      return;
    }
    crash(Tail.LOST);
    List.copyOf(older).forEach(this::drop);
    medium = new SimulatedMedium();
    journal = new SimulatedJournal();
    barred = false;
    lost = true;
    world.sometimes().count("recovery begun");
    observe(new Observation.Lost(index));
  }

  void rollBack(SimulatedMedium past, SimulatedJournal promises) {
    crash(Tail.LOST);
    medium = past;
    journal = promises;
  }
}
