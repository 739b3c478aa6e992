package dev.sampo.planted.r10statics.core;

/** Shared by every ledger of the process. */
final class Offender {
  static int calls;

  private Offender() {}
}
