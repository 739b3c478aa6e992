package dev.sampo.core.consensus.simplex;

import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.types.View;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Optional;

/** The timers of the current view (2.9): they end views that lead nowhere, and only that. */
final class Pacemaker {

  private static final long CAP = Duration.ofSeconds(60).toNanos();
  private static final int GROWTH_STEPS_MAX = 32;
  private static final long RETRY_MAX = Duration.ofSeconds(5).toNanos();

  private enum Basis {
    NOT_STARTED,
    WORK,
    IDLE
  }

  private final Timing timing;
  private final Outbox outbox;
  private final LatencyEstimate latency = new LatencyEstimate();
  private final EnumMap<TimerId.Kind, Long> armed = new EnumMap<>(TimerId.Kind.class);
  private View view = View.ZERO;
  private long enteredAt;
  private boolean stepped;
  private Basis basis = Basis.NOT_STARTED;
  private long startedAt;
  private long advance;
  private boolean advanceFired;
  private long retryDelay;

  Pacemaker(Timing timing, Outbox outbox) {
    this.timing = timing;
    this.outbox = outbox;
  }

  LatencyEstimate latency() {
    return latency;
  }

  long enteredAt() {
    return enteredAt;
  }

  long idle() {
    return timing.idle().toNanos();
  }

  /**
   * A new view begins (E3).
   *
   * @param step whether it was entered from the view before (E1), not by a jump
   */
  void enter(View next, boolean step, long nanos) {
    armed
        .keySet()
        .forEach(kind -> outbox.silently(new Effect.CancelTimer(new TimerId(kind, view))));
    armed.clear();
    view = next;
    enteredAt = nanos;
    stepped = step;
    basis = Basis.NOT_STARTED;
    advanceFired = false;
    retryDelay = 0;
  }

  /**
   * TI1: the current view was notarized. That is a sample if the timer ran before the proposal
   * came; whoever enters late finds it there already, and would learn that views take no time. A
   * view that has outlasted T_adv counts as T_adv in any case: what it took beyond that says how
   * long a quorum was out of reach; but not to count it would keep timers too short for ever.
   */
  void notarized(Optional<Long> proposedAt, long nanos) {
    if (!stepped || basis != Basis.WORK) {
      return;
    }
    long took = nanos - startedAt;
    if (advanceFired && took >= advance) {
      latency.sample(advance);
    } else if (proposedAt.filter(at -> at > startedAt).isPresent()) {
      latency.sample(took);
    }
  }

  /** TI3: T_adv of the current view. */
  long advanceAfter(View finalView) {
    long streak = Math.max(0, view.number() - finalView.number() - 2);
    long delay = latency.base(timing);
    for (long step = 0; step < Math.min(streak, GROWTH_STEPS_MAX) && delay < CAP; step++) {
      delay += delay / 2;
    }
    return Math.min(delay, CAP);
  }

  /** TI4, TI6: the timers run while there is work, else from T_idle after the entry. */
  void arm(boolean work, boolean leads, boolean leaderSeemsDead, View finalView, long nanos) {
    var wanted = work ? Basis.WORK : Basis.IDLE;
    if (basis == wanted || advanceFired) {
      return;
    }
    if (work) {
      startedAt = basis == Basis.NOT_STARTED ? enteredAt : Math.min(startedAt, nanos);
    } else {
      startedAt = enteredAt + idle();
    }
    basis = wanted;
    advance = advanceAfter(finalView);
    long wait = leaderSeemsDead ? 0 : advance;
    long propose = wait / 3 * 2;
    // P6: a leader that cannot build hands over at T_prop/2.
    set(TimerId.Kind.PROPOSAL, startedAt + (leads ? propose / 2 : propose), nanos);
    set(TimerId.Kind.ADVANCE, startedAt + wait, nanos);
  }

  /** P6: until when a leader must have proposed, counted from the entry. */
  long buildWithin(View finalView) {
    return advanceAfter(finalView) / 3;
  }

  /** T_adv fired: S1 starts, at intervals that grow from base to 5 s. */
  void advanceFired(long nanos) {
    advanceFired = true;
    retryDelay = latency.base(timing);
    set(TimerId.Kind.RETRY, nanos + Math.min(retryDelay, RETRY_MAX), nanos);
  }

  void retryFired(long nanos) {
    retryDelay = Math.min(retryDelay + retryDelay / 2, RETRY_MAX);
    armed.remove(TimerId.Kind.RETRY);
    set(TimerId.Kind.RETRY, nanos + retryDelay, nanos);
  }

  /** Sets a timer of the current view, once for each deadline. */
  void set(TimerId.Kind kind, long deadline, long nanos) {
    var before = armed.put(kind, deadline);
    if (before == null || before != deadline) {
      var delay = Duration.ofNanos(Math.max(0, deadline - nanos));
      outbox.silently(new Effect.SetTimer(new TimerId(kind, view), delay));
    }
  }

  /** Sets a timer of the current view unless it is set already. */
  void setOnce(TimerId.Kind kind, long deadline, long nanos) {
    if (!armed.containsKey(kind)) {
      set(kind, deadline, nanos);
    }
  }

  /** Whether the timer is one that this view still waits for. */
  boolean take(TimerId timer) {
    return timer.view().equals(view) && armed.remove(timer.kind()) != null;
  }
}
