package dev.sampo.core.transaction;

import dev.sampo.core.types.Hash;

/** Names a transaction: a hash of its body, independent of its signature (protocol 2.23). */
public record TransactionId(Hash hash) implements Comparable<TransactionId> {

  public static TransactionId fromHex(String hex) {
    return new TransactionId(Hash.fromHex(hex));
  }

  public String hex() {
    return hash.hex();
  }

  @Override
  public int compareTo(TransactionId other) {
    return hash.compareTo(other.hash);
  }
}
