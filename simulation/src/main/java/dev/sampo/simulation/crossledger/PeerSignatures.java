package dev.sampo.simulation.crossledger;

import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checks votes of the validators of all ledgers of a network, each by its own world. */
final class PeerSignatures implements SignatureVerifier {

  private final Map<PublicKey, SignatureVerifier> worlds = new LinkedHashMap<>();

  void add(ValidatorSet validators, SignatureVerifier world) {
    validators.keys().forEach(key -> worlds.put(key, world));
  }

  @Override
  public boolean verifyTransaction(PublicKey key, Hash digest, Signature signature) {
    throw new IllegalStateException("an application checks no transactions");
  }

  @Override
  public boolean verifyVote(PublicKey key, Hash digest, Signature signature) {
    var world = worlds.get(key);
    return world != null && world.verifyVote(key, digest, signature);
  }
}
