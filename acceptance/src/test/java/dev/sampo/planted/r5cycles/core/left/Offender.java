package dev.sampo.planted.r5cycles.core.left;

import dev.sampo.planted.r5cycles.core.right.OffenderToo;

/** Knows the one that knows it. */
public record Offender(OffenderToo other) {
  /** The way back. */
  public interface Back {}
}
