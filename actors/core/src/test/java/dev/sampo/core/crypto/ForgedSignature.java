package dev.sampo.core.crypto;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * A signature whose parts are chosen freely: only the holder of a key can make such, but may at
 * will.
 */
record ForgedSignature(PublicKey key, Hash digest, Signature signature) {

  private static final BigInteger SECRET = new BigInteger("31415926535897932384626433832795028841");
  private static final BigInteger NONCE = new BigInteger("27182818284590452353602874713526624977");
  private static final Hash DIGEST = Sha256.hash(Bytes.fromHex("00112233"));

  /** A = secret*B + inKey, R = nonce*B + inNonce, S fulfilling the cofactored equation. */
  static ForgedSignature withTorsion(EdwardsPoint inKey, EdwardsPoint inNonce) {
    var key = EdwardsPoint.BASE.times(SECRET).plus(inKey).encoded();
    return solve(key, SECRET, EdwardsPoint.BASE.times(NONCE).plus(inNonce).encoded(), NONCE);
  }

  /** A = secret*B and an encoding of a point of small order for R. */
  static ForgedSignature withSmallNonce(Bytes nonce) {
    var key = EdwardsPoint.BASE.times(SECRET).encoded();
    return solve(key, SECRET, nonce, BigInteger.ZERO);
  }

  /** Encodings of points of small order for both A and R, and S = 0. */
  static ForgedSignature ofSmallOrder(Bytes key, Bytes nonce) {
    return solve(key, BigInteger.ZERO, nonce, BigInteger.ZERO);
  }

  /** The same with another multiple of L in S. */
  ForgedSignature withScalarRaisedBy(BigInteger distance) {
    var nonce = signature.value().slice(0, 32);
    var scalar = EdwardsPoint.ofLittleEndian(signature.value().slice(32, 64)).add(distance);
    return new ForgedSignature(key, digest, join(nonce, scalar));
  }

  private static ForgedSignature solve(
      Bytes key, BigInteger secret, Bytes nonce, BigInteger nonceScalar) {
    var h = challenge(nonce, key, DIGEST);
    var scalar = nonceScalar.add(h.multiply(secret)).mod(EdwardsPoint.L);
    return new ForgedSignature(new PublicKey(key), DIGEST, join(nonce, scalar));
  }

  private static BigInteger challenge(Bytes nonce, Bytes key, Hash digest) {
    try {
      var sha512 = MessageDigest.getInstance("SHA-512");
      sha512.update(nonce.toByteArray());
      sha512.update(key.toByteArray());
      sha512.update(digest.value().toByteArray());
      return EdwardsPoint.ofLittleEndian(Bytes.owning(sha512.digest())).mod(EdwardsPoint.L);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static Signature join(Bytes nonce, BigInteger scalar) {
    var both = new byte[Signature.LENGTH];
    nonce.copyTo(both, 0);
    EdwardsPoint.littleEndian(scalar).copyTo(both, 32);
    return new Signature(Bytes.owning(both));
  }
}
