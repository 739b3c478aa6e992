package dev.sampo.node.relay;

import dev.sampo.core.packet.relay.RelayCursor;
import java.time.Duration;

/** How far a relay is with a link: one round at a time, and a pause after one that failed. */
final class LinkProgress {

  private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
  private static final int DOUBLINGS_MAX = 6;

  /** What waits may just have missed a round, and then takes the next one. */
  private static final int ROUNDS_OF_PATIENCE = 3;

  /** Far below any timeout of a packet, so that one whose relay is gone is brought in time. */
  private static final Duration PATIENCE_MAX = Duration.ofSeconds(10);

  /** Weighs what a round took against those before it, as TCP does it (RFC 6298). */
  private static final int SMOOTHING = 8;

  private final RelayLink link;
  private RelayCursor cursor = RelayCursor.START;
  private Duration notBefore = Duration.ZERO;
  private Duration begun = Duration.ZERO;
  private Duration usual = Duration.ZERO;
  private int failures;
  private boolean running;

  LinkProgress(RelayLink link) {
    this.link = link;
  }

  RelayLink link() {
    return link;
  }

  RelayCursor cursor() {
    return cursor;
  }

  boolean mayRun(Duration now) {
    return !running && now.compareTo(notBefore) >= 0;
  }

  void begin(Duration now) {
    running = true;
    begun = now;
  }

  /**
   * How long this relay leaves packets to the one before it: at least {@code least}, and longer if
   * its own rounds show that nobody can be as quick.
   */
  Duration step(Duration least) {
    var patience = usual.multipliedBy(ROUNDS_OF_PATIENCE);
    var most = patience.compareTo(PATIENCE_MAX) < 0 ? patience : PATIENCE_MAX;
    return most.compareTo(least) > 0 ? most : least;
  }

  /** Some packet came a step further, or there was nothing to do. */
  void succeed(Carried carried, Duration now) {
    end(carried, now);
    failures = 0;
  }

  /** Nothing came further; the pause until the next round. */
  Duration fail(Carried carried, Duration now) {
    end(carried, now);
    return pause(now);
  }

  /** The round came to nothing at all. */
  Duration fail(Duration now) {
    running = false;
    return pause(now);
  }

  /** A round in which nothing was handed in says nothing of how long one takes. */
  private void end(Carried carried, Duration now) {
    running = false;
    cursor = carried.next();
    if (!carried.operations().isEmpty()) {
      var took = now.minus(begun);
      usual = usual.isZero() ? took : usual.plus(took.minus(usual).dividedBy(SMOOTHING));
    }
  }

  /** Twice as long each time, up to a minute. */
  private Duration pause(Duration now) {
    var pause = PAUSE_MIN.multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
    failures++;
    notBefore = now.plus(pause);
    return pause;
  }

  boolean isFirstFailure() {
    return failures == 1;
  }
}
