package dev.sampo.node.relay;

import dev.sampo.core.packet.relay.RelayCursor;
import java.time.Duration;

/** How far a relay is with a link: one round at a time, and a pause after one that failed. */
final class LinkProgress {

  private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
  private static final int DOUBLINGS_MAX = 6;

  private final RelayLink link;
  private RelayCursor cursor = RelayCursor.START;
  private Duration notBefore = Duration.ZERO;
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

  void begin() {
    running = true;
  }

  void succeed(RelayCursor next) {
    running = false;
    failures = 0;
    cursor = next;
  }

  /** The pause until the next round: twice as long each time, up to a minute. */
  Duration fail(RelayCursor next, Duration now) {
    running = false;
    cursor = next;
    var pause = PAUSE_MIN.multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
    failures++;
    notBefore = now.plus(pause);
    return pause;
  }

  boolean isFirstFailure() {
    return failures == 1;
  }
}
