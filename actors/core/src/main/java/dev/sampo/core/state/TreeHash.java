package dev.sampo.core.state;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;

/**
 * The hashes of the state tree, a compact sparse Merkle tree over 256-bit paths: no leaf gives
 * EMPTY, one leaf its own hash, more the hash of the halves. The prefixes keep them apart from each
 * other and from the trees of RFC 6962.
 */
final class TreeHash {

  private static final int LEAF = 0x10;
  private static final int INNER = 0x11;

  static final Hash EMPTY = Sha256.hash(Bytes.fromHex("12"));

  private TreeHash() {}

  static Hash leaf(Hash path, Hash value) {
    return Sha256.start().update(LEAF).update(path).update(value).finish();
  }

  static Hash inner(Hash left, Hash right) {
    return Sha256.start().update(INNER).update(left).update(right).finish();
  }
}
