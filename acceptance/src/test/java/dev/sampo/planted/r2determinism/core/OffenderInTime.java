package dev.sampo.planted.r2determinism.core;

import java.time.Instant;

/** Reads the wall clock. */
final class OffenderInTime {
  Instant now() {
    return Instant.now();
  }
}
