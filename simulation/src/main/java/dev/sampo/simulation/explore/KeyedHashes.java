package dev.sampo.simulation.explore;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.wire.WireWriter;
import java.util.LinkedHashMap;

/**
 * Signatures that are hashes of key and digest: as deterministic as Ed25519, and cheap. Nobody here
 * forges, since only the machines of a scenario sign.
 */
final class KeyedHashes implements SignatureVerifier {

  private record Signed(Statement statement, ValidatorIndex signer) {}

  private static final int REMEMBERED_MAX = 100_000;

  private final LedgerId ledger;
  private final ValidatorSet validators;
  private final LinkedHashMap<Signed, Signature> signatures = new LinkedHashMap<>();

  KeyedHashes(LedgerId ledger, ValidatorSet validators) {
    this.ledger = ledger;
    this.validators = validators;
  }

  Signature sign(Statement statement, ValidatorIndex signer) {
    if (signatures.size() > REMEMBERED_MAX) {
      signatures.clear();
    }
    return signatures.computeIfAbsent(
        new Signed(statement, signer),
        asked -> signature(validators.key(signer), statement.digest(ledger)));
  }

  @Override
  public boolean verifyTransaction(PublicKey key, Hash digest, Signature signature) {
    return signature(key, digest).equals(signature);
  }

  @Override
  public boolean verifyVote(PublicKey key, Hash digest, Signature signature) {
    return signature(key, digest).equals(signature);
  }

  private static Signature signature(PublicKey key, Hash digest) {
    var half = Sha256.start().update(key.value()).update(digest).finish();
    return new Signature(WireWriter.encode(out -> out.hash(half).hash(half)));
  }
}
