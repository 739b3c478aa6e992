package dev.sampo.planted.r5cycles.core.right;

import dev.sampo.planted.r5cycles.core.left.Offender;

/** Closes the cycle. */
public record OffenderToo(Offender.Back back) {}
