package dev.sampo.core.crypto;

import dev.sampo.core.spare.Spares;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;

/** SHA-256 (FIPS 180-4) over the concatenation of byte strings. */
public final class Sha256 {

  // To make one takes longer than most hashes do.
  private static final Spares<MessageDigest> DIGESTS = new Spares<>(Sha256::fresh);

  private final MessageDigest digest;
  private final Consumer<byte[]> feed;
  private boolean finished;

  private Sha256(MessageDigest digest) {
    this.digest = digest;
    this.feed = digest::update;
  }

  public static Sha256 start() {
    return new Sha256(DIGESTS.take());
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
    requireUnfinished();
    digest.update(bytes);
    return this;
  }

  public Sha256 update(Bytes bytes) {
    requireUnfinished();
    bytes.lendTo(feed);
    return this;
  }

  public Sha256 update(Hash hash) {
    return update(hash.value());
  }

  /** Adds one byte, such as the prefix that keeps leaves and inner nodes of a tree apart. */
  public Sha256 update(int singleByte) {
    requireUnfinished();
    digest.update((byte) singleByte);
    return this;
  }

  /** The digest; to be called once, by the thread that started. */
  public Hash finish() {
    requireUnfinished();
    finished = true;
    var hash = new Hash(Bytes.owning(digest.digest()));
    DIGESTS.giveBack(digest);
    return hash;
  }

  private void requireUnfinished() {
    if (finished) {
      throw new IllegalStateException("this hash is finished");
    }
  }
}
