package dev.sampo.core.consensus;

import dev.sampo.core.types.LedgerTime;

/**
 * When an input happened.
 *
 * @param nanos monotonic time of this process in nanoseconds, for timers
 * @param wallClock the local clock, only for timestamps of blocks
 */
public record Moment(long nanos, LedgerTime wallClock) {}
