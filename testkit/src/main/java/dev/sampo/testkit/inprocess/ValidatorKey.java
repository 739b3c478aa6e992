package dev.sampo.testkit.inprocess;

import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A validator's key, which follows from the seed of the ledger. */
record ValidatorKey(Bytes secret, Signer signer) {

  /** In the order of their public keys, which is that of the indices. */
  static List<ValidatorKey> of(int count, long seed) {
    return IntStream.range(0, count)
        .mapToObj(i -> "validator " + i + " " + seed)
        .map(text -> Sha256.hash(text.getBytes(StandardCharsets.UTF_8)).value())
        .map(secret -> new ValidatorKey(secret, Ed25519Signer.fromSeed(secret)))
        .sorted(Comparator.comparing(ValidatorKey::publicKey))
        .toList();
  }

  PublicKey publicKey() {
    return signer.publicKey();
  }
}
