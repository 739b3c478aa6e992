package dev.sampo.core.consensus.simplex;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.WireWriter;

/** Values for tests. */
final class Fixtures {

  private Fixtures() {}

  static Hash hash(int number) {
    return Sha256.hash(WireWriter.encode(out -> out.u32(number)));
  }
}
