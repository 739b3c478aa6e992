package dev.sampo.core.consensus.simplex;

import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.util.Optional;

/** What this validator knows of another one; hints, never facts that safety rests on (C4). */
final class Peer {

  /** S2: standstill traffic to one peer, in bytes per second. */
  private static final long STANDSTILL_BYTES_PER_SECOND = 256 * 1024;

  /** Answers to the requests of one peer, in bytes per second. */
  private static final long ANSWER_BYTES_PER_SECOND = 8 * 1024 * 1024;

  private final ValidatorIndex index;
  private final TokenBucket standstill;
  private final TokenBucket answers;
  private View view = View.ZERO;
  private View lastFinal = View.ZERO;
  private Height finalHeight = Height.ZERO;
  private boolean suspected;
  private long heardAt;
  private View heardIn;
  private Optional<Long> lagsSince = Optional.empty();
  private View lagMark = View.ZERO;
  private Optional<Long> answeredAt = Optional.empty();
  private Optional<Long> recoveryAnsweredAt = Optional.empty();
  private Optional<Long> statusSentAt = Optional.empty();
  private View cursor = View.ZERO;
  private boolean statusSeen;

  Peer(ValidatorIndex index, long nanos, View view) {
    this.index = index;
    this.standstill = new TokenBucket(STANDSTILL_BYTES_PER_SECOND, nanos);
    this.answers = new TokenBucket(ANSWER_BYTES_PER_SECOND, nanos);
    this.heardAt = nanos;
    this.heardIn = view;
  }

  ValidatorIndex index() {
    return index;
  }

  /** TI6: any message at all, checked or not. */
  void heard(long nanos, View ownView) {
    heardAt = nanos;
    heardIn = ownView;
    suspected = false;
  }

  long heardAt() {
    return heardAt;
  }

  View heardIn() {
    return heardIn;
  }

  void suspect() {
    suspected = true;
  }

  boolean isSuspected() {
    return suspected;
  }

  /** The peer has been seen in this view or above it. */
  void seenIn(View seen) {
    view = seen.isAfter(view) ? seen : view;
  }

  /** The peer has left this view; the largest view has none above it. */
  void seenAbove(View left) {
    seenIn(left.number() == Long.MAX_VALUE ? left : left.next());
  }

  View view() {
    return view;
  }

  View lastFinal() {
    return lastFinal;
  }

  /** A lower claim than before means that the peer restarted: everything is sent again (S2). */
  void claimFinal(View claimed) {
    if (claimed.isBefore(lastFinal)) {
      forgetProgress();
    }
    lastFinal = claimed;
    seenAbove(claimed);
  }

  /** The link is new, or the peer is: what it had before counts no more (S2). */
  void forgetProgress() {
    view = View.ZERO;
    lastFinal = View.ZERO;
    cursor = View.ZERO;
    lagsSince = Optional.empty();
  }

  Height finalHeight() {
    return finalHeight;
  }

  void claimHeight(Height claimed) {
    finalHeight = claimed;
    statusSeen = true;
  }

  /** Whether a Status came since the start. */
  boolean isStatusSeen() {
    return statusSeen;
  }

  /**
   * C4: how long the peer has been behind a finalization that is held here, in nanoseconds. A peer
   * that follows at a constant distance is never behind for long.
   */
  long lag(View finalView, long nanos) {
    if (!lastFinal.isBefore(finalView)) {
      lagsSince = Optional.empty();
      return 0;
    }
    if (lagsSince.isEmpty() || !lastFinal.isBefore(lagMark)) {
      lagsSince = Optional.of(nanos);
      lagMark = finalView;
    }
    return nanos - lagsSince.get();
  }

  /** C4: at most one unasked answer in {@code interval} nanoseconds. */
  boolean mayAnswer(long nanos, long interval) {
    if (answeredAt.isPresent() && nanos - answeredAt.get() < interval) {
      return false;
    }
    answeredAt = Optional.of(nanos);
    return true;
  }

  /** RE2: at most one answer in {@code interval} nanoseconds to a peer that lost its records. */
  boolean mayAnswerRecovery(long nanos, long interval) {
    if (recoveryAnsweredAt.isPresent() && nanos - recoveryAnsweredAt.get() < interval) {
      return false;
    }
    recoveryAnsweredAt = Optional.of(nanos);
    return true;
  }

  /** S3: so that two peers do not answer Status with Status for ever. */
  boolean mayAnswerStatus(long nanos, long interval) {
    return statusSentAt.isEmpty() || nanos - statusSentAt.get() >= interval;
  }

  void statusSent(long nanos) {
    statusSentAt = Optional.of(nanos);
  }

  boolean takeAnswer(long bytes, long nanos) {
    return answers.take(bytes, nanos);
  }

  boolean takeStandstill(long bytes, long nanos) {
    return standstill.take(bytes, nanos);
  }

  /** The view from which the next round of S2 goes on. */
  View cursor() {
    return cursor;
  }

  void cursor(View next) {
    cursor = next;
  }
}
