package dev.sampo.core.crypto;

import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;

/**
 * Signs digests with one private key, deterministically (RFC 8032), so that signing again repeats
 * itself.
 */
public interface Signer {

  PublicKey publicKey();

  Signature sign(Hash digest);
}
