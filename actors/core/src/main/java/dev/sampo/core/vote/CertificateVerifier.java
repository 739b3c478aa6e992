package dev.sampo.core.vote;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.vote.Statement.Finalize;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Checks votes, certificates and proofs of finality of one epoch of one ledger against its
 * validator set (protocol 2.2, 2.18). Every check gives the first flaw found, or nothing if all is
 * valid. Thread-safe if the signature verifier is.
 */
public final class CertificateVerifier {

  private final LedgerId ledger;
  private final Epoch epoch;
  private final ValidatorSet validators;
  private final Hash validatorSetHash;
  private final SignatureVerifier signatures;

  public CertificateVerifier(
      LedgerId ledger, Epoch epoch, ValidatorSet validators, SignatureVerifier signatures) {
    this.ledger = ledger;
    this.epoch = epoch;
    this.validators = validators;
    this.validatorSetHash = Genesis.hashOf(validators);
    this.signatures = signatures;
  }

  public LedgerId ledger() {
    return ledger;
  }

  public Epoch epoch() {
    return epoch;
  }

  public ValidatorSet validators() {
    return validators;
  }

  public Optional<Flaw> verify(Vote vote) {
    return verify(vote.statement(), vote.signer(), vote.signature());
  }

  /** Checks one signature over {@code statement}. */
  public Optional<Flaw> verify(Statement statement, ValidatorIndex signer, Signature signature) {
    if (!statement.epoch().equals(epoch)) {
      return Optional.of(Flaw.OTHER_EPOCH);
    }
    if (!validators.contains(signer)) {
      return Optional.of(Flaw.NOT_A_VALIDATOR);
    }
    return verifySignature(statement.digest(ledger), signer, signature);
  }

  /** There is no certificate over a Propose or an Append statement. */
  public Optional<Flaw> verify(Certificate certificate) {
    var threshold = thresholdOf(certificate.statement());
    if (threshold.isEmpty()) {
      return Optional.of(Flaw.UNEXPECTED_STATEMENT);
    }
    if (!certificate.statement().epoch().equals(epoch)) {
      return Optional.of(Flaw.OTHER_EPOCH);
    }
    var votes = certificate.votes();
    if (votes.size() < threshold.getAsInt()) {
      return Optional.of(Flaw.TOO_FEW_SIGNERS);
    }
    // Signers ascend, so that the last has the highest index.
    if (!validators.contains(votes.getLast().signer())) {
      return Optional.of(Flaw.NOT_A_VALIDATOR);
    }
    var digest = certificate.statement().digest(ledger);
    for (var vote : votes) {
      var signed = vote.incarnation() == 0 ? digest : certificate.statedBy(vote).digest(ledger);
      var flaw = verifySignature(signed, vote.signer(), vote.signature());
      if (flaw.isPresent()) {
        return flaw;
      }
    }
    return Optional.empty();
  }

  private OptionalInt thresholdOf(Statement statement) {
    return switch (statement) {
      case Statement.Propose p -> OptionalInt.empty();
      case Statement.Append a -> OptionalInt.empty();
      case Statement.Ack a -> OptionalInt.of(validators.availabilityQuorum());
      case Statement.OfRecovery r -> OptionalInt.empty();
      case Statement.Notarize n -> OptionalInt.of(validators.quorum());
      case Statement.Nullify n -> OptionalInt.of(validators.quorum());
      case Statement.Finalize f -> OptionalInt.of(validators.quorum());
      case Statement.StateAttest s -> OptionalInt.of(validators.quorum());
    };
  }

  /** LC1 and LC2, for one epoch. */
  public Optional<Flaw> verify(FinalityProof proof) {
    if (!(proof.finalization().statement() instanceof Finalize finalized)) {
      return Optional.of(Flaw.UNEXPECTED_STATEMENT);
    }
    if (proof.target().type() == BlockType.EPOCH_TAIL) {
      return Optional.of(Flaw.BROKEN_CHAIN);
    }
    var last = proof.chain().getLast();
    if (!last.view().equals(finalized.view()) || !last.computeHash().equals(finalized.block())) {
      return Optional.of(Flaw.BROKEN_CHAIN);
    }
    return verifyChain(proof.chain()).or(() -> verify(proof.finalization()));
  }

  /**
   * Checks that each header is the parent of the next and that all are of this ledger and epoch.
   */
  public Optional<Flaw> verifyChain(List<BlockHeader> chain) {
    for (int i = 0; i < chain.size(); i++) {
      var flaw = verify(chain.get(i));
      if (flaw.isPresent()) {
        return flaw;
      }
      if (i > 0 && !isParent(chain.get(i - 1), chain.get(i))) {
        return Optional.of(Flaw.BROKEN_CHAIN);
      }
    }
    return Optional.empty();
  }

  /** Checks that the header claims to be of this ledger, epoch and validator set. */
  public Optional<Flaw> verify(BlockHeader header) {
    if (!header.ledger().equals(ledger)) {
      return Optional.of(Flaw.OTHER_LEDGER);
    }
    if (!header.epoch().equals(epoch)) {
      return Optional.of(Flaw.OTHER_EPOCH);
    }
    if (!header.content().validatorSet().equals(validatorSetHash)) {
      return Optional.of(Flaw.OTHER_VALIDATOR_SET);
    }
    return Optional.empty();
  }

  private static boolean isParent(BlockHeader parent, BlockHeader child) {
    return child.height().number() - 1 == parent.height().number()
        && child.parentView().equals(parent.view())
        && child.parent().equals(parent.computeHash());
  }

  private Optional<Flaw> verifySignature(Hash digest, ValidatorIndex signer, Signature signature) {
    return signatures.verifyVote(validators.key(signer), digest, signature)
        ? Optional.empty()
        : Optional.of(Flaw.BAD_SIGNATURE);
  }
}
