package dev.sampo.core.consensus;

/**
 * Tells from samples of the share of the processors that is used whether a host is busy (TI7).
 * Short bursts do not count, and one that is busy stays so until it clearly has time again.
 */
public final class HostLoad {

  /** A host is busy from here on, and no longer below the other. */
  static final double BUSY_FROM = 0.9;

  static final double FREE_BELOW = 0.75;

  /** What one sample weighs. */
  private static final double WEIGHT = 0.25;

  private double smoothed;
  private boolean busy;

  /**
   * Returns whether the host is busy.
   *
   * @param used from 0 to 1; what the system does not know (NaN, negative) counts as no load
   */
  public boolean sample(double used) {
    double known = used >= 0 ? used : 0;
    smoothed += WEIGHT * (known - smoothed);
    busy = smoothed >= (busy ? FREE_BELOW : BUSY_FROM);
    return busy;
  }
}
