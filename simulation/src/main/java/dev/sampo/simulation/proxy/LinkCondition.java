package dev.sampo.simulation.proxy;

import java.time.Duration;

/**
 * What the proxy does to a link, until told otherwise. Damage is drawn for each chunk: what one
 * read brings, at most 16 KiB.
 *
 * @param bytesPerSecond most that a connection carries in each direction; 0: no limit
 */
public record LinkCondition(Traffic traffic, Latency latency, long bytesPerSecond, Damage damage) {

  /** Whether a link carries anything. */
  public enum Traffic {
    FLOWS,
    /** Connections stay open and carry nothing; new ones are not answered. */
    BLACKHOLED,
    /** Connections are reset, and so is each new one at once. */
    REFUSED
  }

  /** How long a chunk takes at least and at most; chunks of a connection never overtake. */
  public record Latency(Duration min, Duration max) {

    public static final Latency NONE = new Latency(Duration.ZERO, Duration.ZERO);

    public Latency {
      if (min.isNegative() || max.compareTo(min) < 0) {
        throw new IllegalArgumentException("a delay is from 0 to its maximum");
      }
    }
  }

  /** How many chunks in a hundred have a bit flipped, or reset their connection. */
  public record Damage(int corruptPercent, int resetPercent) {

    public static final Damage NONE = new Damage(0, 0);

    public Damage {
      requirePercent(corruptPercent);
      requirePercent(resetPercent);
    }

    private static void requirePercent(int value) {
      if (value < 0 || value > 100) {
        throw new IllegalArgumentException("not a percentage: " + value);
      }
    }
  }

  /** Every byte arrives, at once. */
  public static final LinkCondition CLEAR =
      new LinkCondition(Traffic.FLOWS, Latency.NONE, 0, Damage.NONE);

  public LinkCondition {
    if (bytesPerSecond < 0) {
      throw new IllegalArgumentException("a rate is not negative");
    }
  }

  public LinkCondition with(Traffic changed) {
    return new LinkCondition(changed, latency, bytesPerSecond, damage);
  }

  public LinkCondition withDelay(Duration min, Duration max) {
    return new LinkCondition(traffic, new Latency(min, max), bytesPerSecond, damage);
  }

  public LinkCondition withRate(long changed) {
    return new LinkCondition(traffic, latency, changed, damage);
  }

  public LinkCondition withCorruption(int percent) {
    return new LinkCondition(
        traffic, latency, bytesPerSecond, new Damage(percent, damage.resetPercent()));
  }

  public LinkCondition withResets(int percent) {
    return new LinkCondition(
        traffic, latency, bytesPerSecond, new Damage(damage.corruptPercent(), percent));
  }
}
