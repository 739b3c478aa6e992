package dev.sampo.core.packet.relay;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a relayer has come with the packets of a channel, so that a round costs what is under way
 * and not the history.
 *
 * @param floor every packet before this one has ended
 * @param next where the next round looks on; behind the last one it starts from the floor again
 * @param waiting since when packets wait for their next step; at most {@link #WAITING_MAX}
 */
public record RelayCursor(long floor, long next, SortedMap<Long, Wait> waiting) {

  /** Nothing is known yet. */
  public static final RelayCursor START = new RelayCursor(1, 1, new TreeMap<>());

  static final int WAITING_MAX = 4_096;

  /** Stands for the light client itself, which is to be kept fresh. */
  static final long CLIENT = 0;

  /** Since when, by the relayer's own clock, a packet waits for a step. */
  public record Wait(RelayStep step, Duration since) {}

  public RelayCursor {
    waiting = Collections.unmodifiableSortedMap(new TreeMap<>(waiting));
  }

  /** How many packets wait for a step, and since when the one that waits longest. */
  public Optional<Duration> oldest() {
    return waiting.values().stream().map(Wait::since).min(Duration::compareTo);
  }

  /** The beginning of a wait, noted in {@code waits} if it is new and there is room. */
  static Duration note(Map<Long, Wait> waits, long sequence, RelayStep step, Duration now) {
    var before = waits.get(sequence);
    if (before != null && before.step() == step) {
      return before.since();
    }
    if (before != null || waits.size() < WAITING_MAX) {
      waits.put(sequence, new Wait(step, now));
    }
    return now;
  }
}
