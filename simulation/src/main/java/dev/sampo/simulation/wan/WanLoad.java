package dev.sampo.simulation.wan;

import dev.sampo.core.genesis.LaneParameters;
import dev.sampo.core.genesis.LedgerParameters;
import java.util.Locale;

/** Which way transactions take into blocks, and how many there are at a time. */
public enum WanLoad {
  /** One transaction at a time, inline. */
  INLINE_IDLE(true, false),
  /** A transaction of each validator in every four views, spread evenly, inline. */
  INLINE_BUSY(true, true),
  /** One transaction at a time, by the lane of its validator. */
  LANES_IDLE(false, false),
  /** A batch of each validator in every four thirds of a view, spread evenly. */
  LANES_BUSY(false, true);

  private final boolean isInline;
  private final boolean isBusy;

  WanLoad(boolean isInline, boolean isBusy) {
    this.isInline = isInline;
    this.isBusy = isBusy;
  }

  boolean isBusy() {
    return isBusy;
  }

  /** How many one-way delays lie between two transactions of one validator, under load. */
  double delaysApart() {
    return isInline ? 8 : 3;
  }

  /** How many transactions come while so many views of two delays pass; 0 if not under load. */
  public int inViews(int validators, int views) {
    return isBusy ? (int) Math.ceil(2 * views * validators / delaysApart()) : 0;
  }

  /** As in reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** By lanes goes what has no room inline: the share of each validator is one byte (L0). */
  LedgerParameters parameters(int validators) {
    var shipped = LedgerParameters.DEFAULT;
    return new LedgerParameters(
            isInline ? shipped.inlineBytesMax() : validators,
            shipped.maxValidityMillis(),
            shipped.maxLiveIds(),
            shipped.attestEvery(),
            shipped.idleMillis())
        .withLanes(LaneParameters.DEFAULT);
  }
}
