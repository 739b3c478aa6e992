package dev.sampo.core.crypto;

import dev.sampo.core.spare.Spares;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 (FIPS 180-4) over the concatenation of byte strings. One that is finished serves for a
 * later hash, so that nobody may keep it.
 */
public final class Sha256 {

  // To make one takes longer than most hashes do.
  private static final Spares<Sha256> SPARES = new Spares<>(Sha256::new);

  private final MessageDigest digest = fresh();
  private final Bytes.Reader<Sha256, RuntimeException> feed = this::update;
  private final byte[] octets = new byte[Hash.LENGTH];
  private boolean finished;

  private Sha256() {}

  public static Sha256 start() {
    var spare = SPARES.take();
    spare.finished = false;
    return spare;
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
    return bytes.lend(feed);
  }

  public Sha256 update(Hash hash) {
    hash.copyTo(octets, 0);
    return update(octets);
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
    try {
      digest.digest(octets, 0, octets.length);
    } catch (DigestException tooShort) {
      throw new IllegalStateException("a digest has " + Hash.LENGTH + " bytes", tooShort);
    }
    var hash = Hash.of(octets, 0);
    SPARES.giveBack(this);
    return hash;
  }

  private void requireUnfinished() {
    if (finished) {
      throw new IllegalStateException("this hash is finished");
    }
  }
}
