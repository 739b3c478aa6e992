package dev.sampo.core.merkle;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import java.util.List;

/** The Merkle tree hash of RFC 6962 section 2.1: leaves prefixed by 0, inner nodes by 1. */
public final class MerkleTree {

  private MerkleTree() {}

  /** The root over {@code leaves}; SHA-256 of nothing for none. */
  public static Hash root(List<Bytes> leaves) {
    return rootOfHashes(leaves.stream().map(MerkleTree::leafHash).toList());
  }

  static Hash leafHash(Bytes leaf) {
    return Sha256.start().update(0).update(leaf).finish();
  }

  static Hash rootOfHashes(List<Hash> leaves) {
    if (leaves.isEmpty()) {
      return Sha256.hash(Bytes.EMPTY);
    }
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int left = Integer.highestOneBit(leaves.size() - 1);
    return innerHash(
        rootOfHashes(leaves.subList(0, left)), rootOfHashes(leaves.subList(left, leaves.size())));
  }

  static Hash innerHash(Hash left, Hash right) {
    return Sha256.start().update(1).update(left).update(right).finish();
  }
}
