package dev.sampo.core.light;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Checks proofs against the validators of epoch 0, which it trusts. It remembers the newest {@link
 * #HEADERS_MAX} final headers that it has seen; a proof that contradicts one of them freezes it for
 * good (W4). Not thread-safe.
 */
public final class LightClient {

  /** How many headers are compared with later proofs. */
  public static final int HEADERS_MAX = 8_192;

  private final ProofVerifier proofs;
  private final NavigableMap<Height, Hash> seen = new TreeMap<>();
  private boolean frozen;

  public LightClient(LedgerId ledger, ValidatorSet validators, SignatureVerifier verifier) {
    this.proofs = new ProofVerifier(ledger, validators, verifier);
  }

  public static LightClient of(Genesis genesis, SignatureVerifier verifier) {
    return new LightClient(genesis.ledgerId(), genesis.validators(), verifier);
  }

  /** Whether two histories were proven, so that nothing is believed any more. */
  public boolean isFrozen() {
    return frozen;
  }

  /** Gives the header whose finality is proven. */
  public Verdict<BlockHeader> verify(FinalityProof proof) {
    return faultOf(proof)
        .<Verdict<BlockHeader>>map(Verdict.Refused::new)
        .orElseGet(() -> new Verdict.Verified<>(proof.target()));
  }

  /** Gives the value and the header of the block after which the key had it. */
  public Verdict<ProvenValue> verify(StateProof proof) {
    return verifyUnder(
        proof.finality(),
        proof.state(),
        Refusal.VALUE_NOT_PROVEN,
        certified ->
            proof.tree().proves(certified.statement().stateRoot(), proof.key(), proof.value())
                ? Optional.of(new ProvenValue(proof.key(), proof.value(), certified.header()))
                : Optional.empty());
  }

  /** Gives the receipt and the header of the block that executed the transaction. */
  public Verdict<ProvenReceipt> verify(ReceiptProof proof) {
    return verifyUnder(
        proof.finality(),
        proof.state(),
        Refusal.RECEIPT_NOT_PROVEN,
        certified ->
            proof.path().proves(certified.statement().receiptsRoot(), proof.receipt().encoded())
                ? Optional.of(new ProvenReceipt(proof.receipt(), certified.header()))
                : Optional.empty());
  }

  private <T> Verdict<T> verifyUnder(
      FinalityProof finality,
      Certificate state,
      Refusal otherwise,
      Function<CertifiedState, Optional<T>> proven) {
    var fault = faultOf(finality);
    if (fault.isPresent()) {
      return new Verdict.Refused<>(fault.get());
    }
    return switch (proofs.certified(finality, state)) {
      case Verdict.Refused(var reason) -> new Verdict.Refused<>(reason);
      case Verdict.Verified(var certified) ->
          proven
              .apply(certified)
              .<Verdict<T>>map(Verdict.Verified::new)
              .orElseGet(() -> new Verdict.Refused<>(otherwise));
    };
  }

  private Optional<Refusal> faultOf(FinalityProof proof) {
    return frozen
        ? Optional.of(Refusal.FROZEN)
        : proofs.faultOf(proof).or(() -> contradiction(proof));
  }

  private Optional<Refusal> contradiction(FinalityProof proof) {
    for (var header : proof.chain()) {
      if (header.type() == BlockType.EPOCH_TAIL) {
        continue;
      }
      var hash = header.computeHash();
      var before = seen.put(header.height(), hash);
      if (before != null && !before.equals(hash)) {
        frozen = true;
        return Optional.of(Refusal.FORK);
      }
    }
    while (seen.size() > HEADERS_MAX) {
      seen.pollFirstEntry();
    }
    return Optional.empty();
  }
}
