package dev.sampo.planted.r6sealed.core;

/** Sealed, but a case of it is neither record nor enum. */
sealed interface OffenderEffect {
  /** Can change after it was sent. */
  final class Changing implements OffenderEffect {
    int times;
  }
}
