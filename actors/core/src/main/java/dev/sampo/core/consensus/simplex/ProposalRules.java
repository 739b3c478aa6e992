package dev.sampo.core.consensus.simplex;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.wire.WireWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** N1: whether a proposal may be voted for as far as its content goes. Nothing here executes. */
final class ProposalRules {

  /** maxSkew of W8: how far ahead of the local clock a block's time may be. */
  static final Duration SKEW_MAX = Duration.ofMillis(500);

  /** What N1 says of a proposal. */
  sealed interface Verdict {

    record Acceptable() implements Verdict {}

    /** Everyone decides so for ever (N1a): nullify and file evidence (N5). */
    record Invalid(String reason) implements Verdict {}

    /** N1b, W8: the vote is delayed, the block may be honest. */
    record TooEarly(Duration by) implements Verdict {}

    /** W16: the proposal lacks the state certificate that it refers to. */
    record StateCertificateMissing() implements Verdict {}
  }

  private final Committee committee;
  private final int advanceMax;
  private final int inlineBytesMax;
  private final boolean areInlineVerified;
  private final int lagBlocksMax;

  ProposalRules(Committee committee, Genesis genesis) {
    this.committee = committee;
    this.advanceMax = genesis.parameters().lanes().advanceMax();
    this.inlineBytesMax = genesis.parameters().inlineBytesMax();
    this.areInlineVerified = genesis.parameters().isAttested();
    this.lagBlocksMax = genesis.parameters().backlog().blocksMax();
  }

  /** X11: whether N1 includes the signatures of clients in the inline section. */
  boolean areInlineVerified() {
    return areInlineVerified;
  }

  int inlineBytesMax() {
    return inlineBytesMax;
  }

  /** W3: the type follows from what is carried. */
  static BlockType typeOf(Cut cut, Cut parent, List<SignedTransaction> inline) {
    return inline.isEmpty() && cut.equals(parent) ? BlockType.EMPTY : BlockType.NORMAL;
  }

  /**
   * Whether the block can be the leader's proposal at all. Others are ignored: that a body does not
   * belong to its header, say, proves nothing against the leader.
   */
  boolean isFromLeader(Block block) {
    var header = block.header();
    return header.version() == BlockHeader.VERSION
        && header.ledger().equals(committee.ledger())
        && header.epoch().equals(committee.epoch())
        && header.view().number() >= 1
        && header.proposer().equals(committee.leader(header.view()))
        && block.bodyMatchesHeader();
  }

  /** Judges a block of the leader whose parent is held. */
  Verdict judge(Proposal proposal, Block parent, List<Certificate> states, LedgerTime now) {
    var block = proposal.block();
    var fault = fault(block, parent);
    if (fault.isPresent()) {
      return new Verdict.Invalid(fault.get());
    }
    if (!isStateCertified(proposal, parent, states)) {
      return new Verdict.StateCertificateMissing();
    }
    long earliest = now.plusMillis(SKEW_MAX.toMillis()).millis();
    long ahead = block.header().time().millis() - earliest;
    boolean leastPossible = block.header().time().equals(parent.header().time().plusMillis(1));
    return ahead > 0 && !leastPossible
        ? new Verdict.TooEarly(Duration.ofMillis(ahead))
        : new Verdict.Acceptable();
  }

  /** N1a, W17: from header, body, parent and ledger parameters alone. */
  private Optional<String> fault(Block block, Block parent) {
    return placeFault(block.header(), parent.header()).or(() -> contentFault(block, parent));
  }

  private Optional<String> placeFault(BlockHeader header, BlockHeader parent) {
    if (!header.parentView().isBefore(header.view())
        || !header.parentView().equals(parent.view())) {
      return Optional.of("parent view");
    }
    if (!header.height().equals(parent.height().next())) {
      return Optional.of("height");
    }
    return header.time().isAfter(parent.time()) ? Optional.empty() : Optional.of("time");
  }

  private Optional<String> contentFault(Block block, Block parent) {
    var content = block.header().content();
    var parentContent = parent.header().content();
    if (!content.validatorSet().equals(committee.validatorSetHash())) {
      return Optional.of("validator set");
    }
    if (!content.nextValidatorSet().equals(Hash.ZERO)) {
      return Optional.of("next validator set");
    }
    if (!follows(block.cut(), parent.cut())) {
      return Optional.of("cut");
    }
    if (block.header().type() != typeOf(block.cut(), parent.cut(), block.inline())) {
      return Optional.of("type");
    }
    long bytes = block.inline().stream().mapToLong(SignedTransaction::encodedLength).sum();
    if (block.inline().size() > Block.INLINE_COUNT_MAX || bytes > inlineBytesMax) {
      return Optional.of("size");
    }
    boolean stateGrows = content.stateHeight().isAfter(parentContent.stateHeight());
    boolean stateStays =
        content.stateHeight().equals(parentContent.stateHeight())
            && content.stateCertificate().equals(parentContent.stateCertificate());
    long lag = block.height().number() - content.stateHeight().number();
    if (lag > lagBlocksMax && block.header().type() != BlockType.EMPTY) {
      return Optional.of("backlog");
    }
    boolean stateIsPast = content.stateHeight().isBefore(block.height());
    return stateStays || (stateGrows && stateIsPast)
        ? Optional.empty()
        : Optional.of("state reference");
  }

  /** 7.2: no lane goes back, changes what was ordered, or goes too far ahead. */
  private boolean follows(Cut cut, Cut parent) {
    if (cut.tips().size() != committee.size()) {
      return false;
    }
    for (int lane = 0; lane < committee.size(); lane++) {
      var tip = cut.tips().get(lane);
      var before = parent.tips().get(lane);
      long advance = tip.height().number() - before.height().number();
      boolean isAllowed = advance == 0 ? tip.equals(before) : advance > 0 && advance <= advanceMax;
      if (!isAllowed) {
        return false;
      }
    }
    return true;
  }

  /** W16: a newer state reference needs its certificate, sent along or known here. */
  private boolean isStateCertified(Proposal proposal, Block parent, List<Certificate> states) {
    var content = proposal.block().header().content();
    return content.stateHeight().equals(parent.header().content().stateHeight())
        || isCertified(content, proposal.justification())
        || isCertified(content, states);
  }

  private boolean isCertified(BlockHeader.Content content, List<Certificate> certificates) {
    for (var certificate : certificates) {
      if (certifies(certificate, content)) {
        return true;
      }
    }
    return false;
  }

  private boolean certifies(Certificate certificate, BlockHeader.Content content) {
    return certificate.statement() instanceof Statement.StateAttest attested
        && attested.epoch().equals(committee.epoch())
        && attested.height().equals(content.stateHeight())
        && certificate.votes().size() >= committee.quorum()
        && stateHash(attested).equals(content.stateCertificate());
  }

  /** stateCertHash of 2.2: of the attested body, not of the signatures. */
  static Hash stateHash(Statement attested) {
    return Sha256.hash(WireWriter.encode(attested::writeTo));
  }
}
