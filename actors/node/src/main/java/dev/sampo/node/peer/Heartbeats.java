package dev.sampo.node.peer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * The heartbeats of one connection and their answers (S15). It counts heartbeats instead of time,
 * so that a pause of this process is not taken for the absence of the peer.
 */
final class Heartbeats {

  private record Sent(long number, long nanos) {}

  private final int missedMax;
  private final ArrayDeque<Sent> unanswered = new ArrayDeque<>();
  private long lastNumber;
  private Optional<Duration> roundTrip = Optional.empty();

  Heartbeats(int missedMax) {
    this.missedMax = missedMax;
  }

  /** Whether so many went unanswered that the peer counts as offline. */
  boolean isOffline() {
    return unanswered.size() >= missedMax;
  }

  /** The next heartbeat to send; only while the peer is not offline. */
  Frame.Heartbeat next(long nowNanos) {
    lastNumber++;
    unanswered.add(new Sent(lastNumber, nowNanos));
    return new Frame.Heartbeat(lastNumber);
  }

  /** Notes the answer, which covers all earlier heartbeats; false if no such heartbeat was sent. */
  boolean answered(Frame.Heartbeat answer, long nowNanos) {
    if (answer.number() < 1 || answer.number() > lastNumber) {
      return false;
    }
    while (!unanswered.isEmpty() && unanswered.getFirst().number() <= answer.number()) {
      roundTrip = Optional.of(Duration.ofNanos(nowNanos - unanswered.removeFirst().nanos()));
    }
    return true;
  }

  /** From sending the last answered heartbeat to its answer, waiting in the queue included. */
  Optional<Duration> roundTrip() {
    return roundTrip;
  }
}
