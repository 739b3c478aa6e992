package dev.sampo.core.crypto;

import dev.sampo.core.cache.LruCache;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The verdicts of the suite ed25519 (X4), by Bouncy Castle and, if there is one, a quicker provider
 * that leads to the same ones. Thread-safe; remembers a bounded number of decoded keys.
 */
public final class Ed25519Suite implements SignatureVerifier {

  /** How many keys of clients are remembered by default. */
  public static final int CLIENT_KEYS_DEFAULT = 16_384;

  private static final int VALIDATOR_KEYS = 1024;

  /** The encoding of the neutral element. */
  private static final byte[] IDENTITY = identity();

  /** A key that passed the full check. */
  private record CheckedKey(
      Ed25519.PublicPoint point, Optional<java.security.PublicKey> prepared) {}

  // Apart, so that no flood of client keys makes votes slower.
  private final LruCache<PublicKey, Optional<CheckedKey>> clientKeys;
  private final LruCache<PublicKey, Optional<CheckedKey>> validatorKeys;
  private final Optional<CofactorlessEd25519> quick;

  public Ed25519Suite() {
    this(CLIENT_KEYS_DEFAULT, Optional.empty());
  }

  /** With a provider that is asked first. */
  public Ed25519Suite(int clientKeysMax, Optional<CofactorlessEd25519> quick) {
    this.clientKeys = new LruCache<>(clientKeysMax);
    this.validatorKeys = new LruCache<>(VALIDATOR_KEYS);
    this.quick = quick;
  }

  @Override
  public boolean verifyTransaction(PublicKey key, Hash digest, Signature signature) {
    var checked = checked(clientKeys, key);
    var message = digest.toByteArray();
    var bytes = signature.value().toByteArray();
    return checked.isPresent()
        && (isAcceptedQuickly(checked.get(), message, bytes)
            || isValid(checked.get(), message, bytes));
  }

  @Override
  public boolean verifyVote(PublicKey key, Hash digest, Signature signature) {
    var checked = checked(validatorKeys, key);
    var message = digest.toByteArray();
    var bytes = signature.value().toByteArray();
    if (checked.isEmpty()) {
      return false;
    }
    // A key of prime order leaves no other R than one of prime order, or the neutral element.
    if (isAcceptedQuickly(checked.get(), message, bytes)) {
      return !startsWithIdentity(bytes);
    }
    // R stands first in a signature, in the same encoding as a key, and has to be as good as one.
    return isValid(checked.get(), message, bytes) && Ed25519.validatePublicKeyFull(bytes, 0);
  }

  private boolean isAcceptedQuickly(CheckedKey key, byte[] message, byte[] signature) {
    return quick.isPresent()
        && key.prepared().isPresent()
        && quick.get().accepts(key.prepared().get(), message, signature);
  }

  private static boolean isValid(CheckedKey key, byte[] message, byte[] signature) {
    return Ed25519.verify(signature, 0, key.point(), message, 0, message.length);
  }

  private static boolean startsWithIdentity(byte[] signature) {
    return Arrays.equals(signature, 0, IDENTITY.length, IDENTITY, 0, IDENTITY.length);
  }

  private static byte[] identity() {
    var encoded = new byte[PublicKey.LENGTH];
    encoded[0] = 1;
    return encoded;
  }

  /** Nothing if the encoding is not canonical or the point is not of prime order. */
  private Optional<CheckedKey> checked(
      LruCache<PublicKey, Optional<CheckedKey>> keys, PublicKey key) {
    var known = keys.get(key);
    if (known.isPresent()) {
      return known.get();
    }
    var checked =
        Optional.ofNullable(Ed25519.validatePublicKeyFullExport(key.value().toByteArray(), 0))
            .map(point -> new CheckedKey(point, quick.flatMap(provider -> provider.prepare(key))));
    keys.put(key, checked);
    return checked;
  }
}
