package dev.sampo.core.types;

/** A SHA-256 digest. */
public record Hash(Bytes value) implements Comparable<Hash> {

  /** Length in bytes. */
  public static final int LENGTH = 32;

  /** Thirty-two zero bytes: the value of an unused field, never the digest of anything known. */
  public static final Hash ZERO = new Hash(Bytes.owning(new byte[LENGTH]));

  public Hash {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException("needs " + LENGTH + " bytes, got " + value.length());
    }
  }

  public static Hash fromHex(String hex) {
    return new Hash(Bytes.fromHex(hex));
  }

  public String hex() {
    return value.hex();
  }

  // Written out, because hashes are compared all the time: what the compiler makes is slower.
  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && value.equals(hash.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(Hash other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.slice(0, 4).hex();
  }
}
