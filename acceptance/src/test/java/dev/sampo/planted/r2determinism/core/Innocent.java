package dev.sampo.planted.r2determinism.core;

import java.time.Instant;

/** Is told the time. */
final class Innocent {
  byte[] at(Instant told) {
    var bytes = new byte[Long.BYTES];
    var millis = new byte[] {(byte) told.toEpochMilli()};
    System.arraycopy(millis, 0, bytes, 0, millis.length);
    return bytes;
  }
}
