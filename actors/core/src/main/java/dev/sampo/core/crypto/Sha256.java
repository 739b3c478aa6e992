package dev.sampo.core.crypto;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4) over the concatenation of byte strings. */
public final class Sha256 {

  // Never updated, only cloned: that is quicker than to ask the providers for each hash.
  private static final MessageDigest FRESH = fresh();

  private final MessageDigest digest;

  private Sha256(MessageDigest digest) {
    this.digest = digest;
  }

  public static Sha256 start() {
    try {
      return new Sha256((MessageDigest) FRESH.clone());
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("the platform's SHA-256 can be cloned", impossible);
    }
  }

  private static MessageDigest fresh() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }

  public static Hash hash(byte[] bytes) {
    return start().update(bytes).finish();
  }

  public static Hash hash(Bytes bytes) {
    return start().update(bytes).finish();
  }

  public Sha256 update(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  public Sha256 update(Bytes bytes) {
    bytes.lendTo(digest::update);
    return this;
  }

  public Sha256 update(Hash hash) {
    return update(hash.value());
  }

  /** Adds one byte, such as the prefix that keeps leaves and inner nodes of a tree apart. */
  public Sha256 update(int singleByte) {
    digest.update((byte) singleByte);
    return this;
  }

  public Hash finish() {
    return new Hash(Bytes.owning(digest.digest()));
  }
}
