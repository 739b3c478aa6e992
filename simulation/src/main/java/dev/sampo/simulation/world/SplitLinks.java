package dev.sampo.simulation.world;

import dev.sampo.core.types.ValidatorIndex;
import java.time.Duration;

/**
 * Which peers hear a validator's newest copy, and are heard by it, and which its older ones, while
 * several run: drawn for each round of time and each peer, the one, the other, or both.
 */
final class SplitLinks {

  private static final Duration ROUND = Duration.ofMillis(700);
  private static final int NEWEST = 1;
  private static final int OLDER = 2;
  private static final long SALT = 0x636f_7069_6573L;

  private final long salt;

  SplitLinks(ValidatorIndex of) {
    this.salt = EventQueue.mix(SALT + of.number());
  }

  boolean reaches(boolean newest, ValidatorIndex peer, long nanos) {
    long round = nanos / ROUND.toNanos();
    long draw = EventQueue.mix(salt ^ EventQueue.mix(round * 64 + peer.number()));
    int mask = 1 + (int) Math.floorMod(draw, (long) (NEWEST | OLDER));
    return (mask & (newest ? NEWEST : OLDER)) != 0;
  }
}
