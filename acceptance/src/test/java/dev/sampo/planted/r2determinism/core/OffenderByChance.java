package dev.sampo.planted.r2determinism.core;

import java.util.UUID;

/** Draws a name at random. */
final class OffenderByChance {
  UUID name() {
    return UUID.randomUUID();
  }
}
