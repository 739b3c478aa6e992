package dev.sampo.simulation.wan;

import java.util.Locale;

/** How a transaction came into its block. */
public enum Way {
  /** Passed on to the leader, in the inline section. */
  INLINE,
  /** In a batch that the leader held a proof of availability for. */
  CERTIFIED,
  /** In a batch that the leader held, without a proof (P3). */
  OPTIMISTIC;

  /** As in reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
