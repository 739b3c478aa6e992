package dev.sampo.core.crypto;

import dev.sampo.core.cache.LruCache;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The verdicts of the suite ed25519 (X4). Thread-safe; remembers a bounded number of decoded keys.
 */
public final class Ed25519Suite implements SignatureVerifier {

  /** How many keys of clients are remembered by default: about 6 MiB. */
  public static final int CLIENT_KEYS_DEFAULT = 16_384;

  private static final int VALIDATOR_KEYS = 1024;

  // Apart, so that no flood of client keys makes votes slower.
  private final LruCache<PublicKey, Optional<Ed25519.PublicPoint>> clientKeys;
  private final LruCache<PublicKey, Optional<Ed25519.PublicPoint>> validatorKeys;

  public Ed25519Suite() {
    this(CLIENT_KEYS_DEFAULT);
  }

  public Ed25519Suite(int clientKeysMax) {
    this.clientKeys = new LruCache<>(clientKeysMax);
    this.validatorKeys = new LruCache<>(VALIDATOR_KEYS);
  }

  @Override
  public boolean verifyTransaction(PublicKey key, Hash digest, Signature signature) {
    return isValid(clientKeys, key, digest, signature.value().toByteArray());
  }

  @Override
  public boolean verifyVote(PublicKey key, Hash digest, Signature signature) {
    var bytes = signature.value().toByteArray();
    // R stands first in a signature, in the same encoding as a key, and has to be as good as one.
    return isValid(validatorKeys, key, digest, bytes) && Ed25519.validatePublicKeyFull(bytes, 0);
  }

  private static boolean isValid(
      LruCache<PublicKey, Optional<Ed25519.PublicPoint>> keys,
      PublicKey key,
      Hash digest,
      byte[] signature) {
    var point = pointOf(keys, key);
    return point.isPresent()
        && Ed25519.verify(signature, 0, point.get(), digest.value().toByteArray(), 0, Hash.LENGTH);
  }

  /** The point, unless the encoding is not canonical or the point is not of prime order. */
  private static Optional<Ed25519.PublicPoint> pointOf(
      LruCache<PublicKey, Optional<Ed25519.PublicPoint>> keys, PublicKey key) {
    var known = keys.get(key);
    if (known.isPresent()) {
      return known.get();
    }
    var point =
        Optional.ofNullable(Ed25519.validatePublicKeyFullExport(key.value().toByteArray(), 0));
    keys.put(key, point);
    return point;
  }
}
