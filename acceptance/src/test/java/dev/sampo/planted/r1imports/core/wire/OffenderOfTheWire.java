package dev.sampo.planted.r1imports.core.wire;

import org.bouncycastle.util.Arrays;

/** Uses the library that only cryptography may use. */
final class OffenderOfTheWire {
  boolean same(byte[] left, byte[] right) {
    return Arrays.areEqual(left, right);
  }
}
