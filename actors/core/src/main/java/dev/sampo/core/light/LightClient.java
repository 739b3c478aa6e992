package dev.sampo.core.light;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
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

  private final LedgerId ledger;
  private final ValidatorSet validators;
  private final Hash validatorSetHash;
  private final SignatureVerifier verifier;
  private final NavigableMap<Height, Hash> seen = new TreeMap<>();
  private boolean frozen;

  public LightClient(LedgerId ledger, ValidatorSet validators, SignatureVerifier verifier) {
    this.ledger = ledger;
    this.validators = validators;
    this.validatorSetHash = Genesis.hashOf(validators);
    this.verifier = verifier;
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
            proof.tree().proves(certified.statement.stateRoot(), proof.key(), proof.value())
                ? Optional.of(new ProvenValue(proof.key(), proof.value(), certified.header))
                : Optional.empty());
  }

  /** Gives the receipt and the header of the block that executed the transaction. */
  public Verdict<ProvenReceipt> verify(ReceiptProof proof) {
    return verifyUnder(
        proof.finality(),
        proof.state(),
        Refusal.RECEIPT_NOT_PROVEN,
        certified ->
            proof.receipt().height().equals(certified.header.height())
                    && proof
                        .path()
                        .proves(certified.statement.receiptsRoot(), proof.receipt().encoded())
                ? Optional.of(new ProvenReceipt(proof.receipt(), certified.header))
                : Optional.empty());
  }

  /** Roots with a quorum behind them, and the header of the block that they are about. */
  private record Certified(Statement.StateAttest statement, BlockHeader header) {}

  private <T> Verdict<T> verifyUnder(
      FinalityProof finality,
      Certificate state,
      Refusal otherwise,
      Function<Certified, Optional<T>> proven) {
    var fault = faultOf(finality).or(() -> faultOfSigners(state));
    if (fault.isPresent()) {
      return new Verdict.Refused<>(fault.get());
    }
    var certified = certified(finality, state);
    if (certified.isEmpty()) {
      return new Verdict.Refused<>(Refusal.STATE_NOT_IN_CHAIN);
    }
    return proven
        .apply(certified.get())
        .<Verdict<T>>map(Verdict.Verified::new)
        .orElseGet(() -> new Verdict.Refused<>(otherwise));
  }

  private static Optional<Certified> certified(FinalityProof finality, Certificate state) {
    if (!(state.statement() instanceof Statement.StateAttest statement)) {
      return Optional.empty();
    }
    return finality.chain().stream()
        .filter(header -> header.computeHash().equals(statement.block()))
        .filter(header -> header.type() != BlockType.EPOCH_TAIL)
        .filter(header -> header.height().equals(statement.height()))
        .filter(header -> header.epoch().equals(statement.epoch()))
        .findFirst()
        .map(header -> new Certified(statement, header));
  }

  private Optional<Refusal> faultOf(FinalityProof proof) {
    if (frozen) {
      return Optional.of(Refusal.FROZEN);
    }
    return faultOfChain(proof)
        .or(() -> faultOfSigners(proof.finalization()))
        .or(() -> contradiction(proof));
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
        && child.height().equals(parent.height().next())
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
