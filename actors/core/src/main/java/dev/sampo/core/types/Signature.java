package dev.sampo.core.types;

/** An Ed25519 signature in its RFC 8032 encoding; not yet checked. */
public record Signature(Bytes value) implements Comparable<Signature> {

  /** Length in bytes. */
  public static final int LENGTH = 64;

  public Signature {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException("needs " + LENGTH + " bytes, got " + value.length());
    }
  }

  public static Signature fromHex(String hex) {
    return new Signature(Bytes.fromHex(hex));
  }

  public String hex() {
    return value.hex();
  }

  @Override
  public int compareTo(Signature other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.slice(0, 4).hex();
  }
}
