package dev.sampo.core.types;

/** The identity of a ledger: the SHA-256 of its genesis document (the chainId of the protocol). */
public record LedgerId(Bytes value) implements Comparable<LedgerId> {

  /** Length in bytes. */
  public static final int LENGTH = 32;

  public LedgerId {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException("needs " + LENGTH + " bytes, got " + value.length());
    }
  }

  public static LedgerId fromHex(String hex) {
    return new LedgerId(Bytes.fromHex(hex));
  }

  public String hex() {
    return value.hex();
  }

  @Override
  public int compareTo(LedgerId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.slice(0, 4).hex();
  }
}
