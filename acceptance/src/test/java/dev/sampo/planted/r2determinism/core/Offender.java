package dev.sampo.planted.r2determinism.core;

/** Reads the clock of the machine. */
final class Offender {
  long now() {
    return System.nanoTime();
  }
}
