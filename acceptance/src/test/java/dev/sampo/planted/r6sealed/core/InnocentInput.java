package dev.sampo.planted.r6sealed.core;

/** Sealed through and through. */
sealed interface InnocentInput {
  /** A group of cases. */
  sealed interface Timer extends InnocentInput {}

  /** A case with data. */
  record Fired(long view) implements Timer {}

  /** Cases without. */
  enum Signal implements InnocentInput {
    STOPPED
  }
}
