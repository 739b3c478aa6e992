package dev.sampo.core.light;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import java.util.Optional;

/**
 * Checks proofs against the validators of epoch 0 and nothing else (LC1 to LC3): what it says of a
 * proof depends on no other proof. It answers every input, and never throws at one.
 */
public final class ProofVerifier {

  private final LedgerId ledger;
  private final ValidatorSet validators;
  private final Hash validatorSetHash;
  private final SignatureVerifier verifier;

  public ProofVerifier(LedgerId ledger, ValidatorSet validators, SignatureVerifier verifier) {
    this.ledger = ledger;
    this.validators = validators;
    this.validatorSetHash = Genesis.hashOf(validators);
    this.verifier = verifier;
  }

  /** Why the proof does not show that its headers are final; nothing if it does. */
  public Optional<Refusal> faultOf(FinalityProof proof) {
    return faultOfChain(proof).or(() -> faultOfSigners(proof.finalization()));
  }

  /** The roots that {@code state} certifies, if they are about a block of a chain that is final. */
  public Verdict<CertifiedState> certified(FinalityProof finality, Certificate state) {
    var fault = faultOfSigners(state);
    if (fault.isPresent()) {
      return new Verdict.Refused<>(fault.get());
    }
    return inChain(finality, state)
        .<Verdict<CertifiedState>>map(Verdict.Verified::new)
        .orElseGet(() -> new Verdict.Refused<>(Refusal.STATE_NOT_IN_CHAIN));
  }

  /** The header that the certificate is about and its roots, whether or not anyone signed them. */
  public static Optional<CertifiedState> inChain(FinalityProof finality, Certificate state) {
    if (!(state.statement() instanceof Statement.StateAttest statement)) {
      return Optional.empty();
    }
    return finality.chain().stream()
        .filter(header -> header.computeHash().equals(statement.block()))
        .filter(header -> header.type() != BlockType.EPOCH_TAIL)
        .filter(header -> header.height().equals(statement.height()))
        .filter(header -> header.epoch().equals(statement.epoch()))
        .findFirst()
        .map(header -> new CertifiedState(statement, header));
  }

  private Optional<Refusal> faultOfChain(FinalityProof proof) {
    if (proof.target().type() == BlockType.EPOCH_TAIL) {
      return Optional.of(Refusal.NOT_IN_LEDGER);
    }
    for (var header : proof.chain()) {
      var fault = faultOf(header);
      if (fault.isPresent()) {
        return fault;
      }
    }
    for (int i = 1; i < proof.chain().size(); i++) {
      if (!follows(proof.chain().get(i), proof.chain().get(i - 1))) {
        return Optional.of(Refusal.BROKEN_CHAIN);
      }
    }
    var last = proof.chain().getLast();
    boolean isFinal =
        proof.finalization().statement() instanceof Statement.Finalize(var epoch, var view, var of)
            && epoch.equals(last.epoch())
            && view.equals(last.view())
            && of.equals(last.computeHash());
    return isFinal ? Optional.empty() : Optional.of(Refusal.NOT_FINALIZED);
  }

  private Optional<Refusal> faultOf(BlockHeader header) {
    if (!header.ledger().equals(ledger)) {
      return Optional.of(Refusal.WRONG_LEDGER);
    }
    if (!header.epoch().equals(Epoch.ZERO)) {
      return Optional.of(Refusal.UNKNOWN_EPOCH);
    }
    return header.content().validatorSet().equals(validatorSetHash)
        ? Optional.empty()
        : Optional.of(Refusal.WRONG_VALIDATOR_SET);
  }

  private static boolean follows(BlockHeader child, BlockHeader parent) {
    return child.parent().equals(parent.computeHash())
        && child.parentView().equals(parent.view())
        && child.view().isAfter(parent.view())
        // Counted down: whoever made the headers may have chosen the highest height there is.
        && child.height().number() - 1 == parent.height().number()
        && child.time().isAfter(parent.time());
  }

  private Optional<Refusal> faultOfSigners(Certificate certificate) {
    if (!certificate.statement().epoch().equals(Epoch.ZERO)) {
      return Optional.of(Refusal.UNKNOWN_EPOCH);
    }
    if (certificate.votes().size() < validators.quorum()) {
      return Optional.of(Refusal.TOO_FEW_SIGNERS);
    }
    var digest = certificate.statement().digest(ledger);
    for (var vote : certificate.votes()) {
      if (!validators.contains(vote.signer())) {
        return Optional.of(Refusal.UNKNOWN_SIGNER);
      }
      if (!verifier.verifyVote(validators.key(vote.signer()), digest, vote.signature())) {
        return Optional.of(Refusal.BAD_SIGNATURE);
      }
    }
    return Optional.empty();
  }
}
