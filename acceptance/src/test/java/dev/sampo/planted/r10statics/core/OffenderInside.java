package dev.sampo.planted.r10statics.core;

import java.util.concurrent.atomic.AtomicLong;

/** The reference is final, what it holds is not. */
final class OffenderInside {
  static final AtomicLong CALLS = new AtomicLong();

  private OffenderInside() {}
}
