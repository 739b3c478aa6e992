package dev.sampo.core.types;

/** An Ed25519 public key in its RFC 8032 encoding; not yet checked to be a valid point. */
public record PublicKey(Bytes value) implements Comparable<PublicKey> {

  /** Length in bytes. */
  public static final int LENGTH = 32;

  public PublicKey {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException("needs " + LENGTH + " bytes, got " + value.length());
    }
  }

  public static PublicKey fromHex(String hex) {
    return new PublicKey(Bytes.fromHex(hex));
  }

  public String hex() {
    return value.hex();
  }

  @Override
  public int compareTo(PublicKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.slice(0, 4).hex();
  }
}
