package dev.sampo.core.consensus.simplex;

import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that is known of one view above the last final one (2.3). */
final class Slot {

  private final View view;
  private final VoteTally votes = new VoteTally();
  private final List<Statement> stated = new ArrayList<>();
  private SlotState state = new SlotState.Idle();
  private Optional<Hash> ownProposal = Optional.empty();
  private Optional<Proposal> proposal = Optional.empty();
  private Optional<Long> proposedAt = Optional.empty();
  private boolean secondProposalSeen;
  private boolean availabilityAsked;
  private Optional<Hash> available = Optional.empty();
  private boolean inlineAsked;
  private Optional<Hash> inlineValid = Optional.empty();
  private Optional<Certificate> notarization = Optional.empty();
  private Optional<Hash> notarizedBlock = Optional.empty();
  private Optional<Certificate> nullification = Optional.empty();
  private Optional<Long> enteredAt = Optional.empty();
  private Optional<Long> leftAt = Optional.empty();

  Slot(View view) {
    this.view = view;
  }

  View view() {
    return view;
  }

  VoteTally votes() {
    return votes;
  }

  SlotState state() {
    return state;
  }

  /** What this validator promised to say in this view; at most four statements. */
  List<Statement> stated() {
    return List.copyOf(stated);
  }

  /** Takes the transition of 2.3 that {@code statement} stands for, or throws. */
  void record(Statement statement) {
    switch (statement) {
      case Statement.Propose(_, _, var block) -> {
        if (ownProposal.isPresent()) {
          throw new InvariantViolation("a second proposal in view " + view + " (P6)");
        }
        ownProposal = Optional.of(block);
      }
      case Statement.Notarize(_, _, var block) -> state = state.notarize(block);
      case Statement.Nullify n -> state = state.nullify();
      case Statement.Finalize(_, _, var block) -> state = state.finalizeBlock(block);
      case Statement.Append a -> throw new InvariantViolation("no vote on order: " + a);
      case Statement.Ack a -> throw new InvariantViolation("no vote on order: " + a);
      case Statement.OfRecovery r -> throw new InvariantViolation("no vote on order: " + r);
      case Statement.StateAttest s -> throw new InvariantViolation("no vote on order: " + s);
    }
    stated.add(statement);
  }

  Optional<Hash> ownProposal() {
    return ownProposal;
  }

  Optional<Proposal> proposal() {
    return proposal;
  }

  void propose(Proposal first, long nanos) {
    proposal = Optional.of(first);
    proposedAt = Optional.of(nanos);
  }

  /** When the proposal came. */
  Optional<Long> proposedAt() {
    return proposedAt;
  }

  /** True the first time only: the mempool tells by itself when the batches are available (N4). */
  boolean askAvailability() {
    boolean first = !availabilityAsked;
    availabilityAsked = true;
    return first;
  }

  /** The batches that the block orders are available (N4). */
  void available(Hash block) {
    available = Optional.of(block);
  }

  boolean isAvailable(Hash block) {
    return available.equals(Optional.of(block));
  }

  /** True the first time only: the host tells when the signatures of clients are checked (X11). */
  boolean askInline() {
    boolean first = !inlineAsked;
    inlineAsked = true;
    return first;
  }

  /** All signatures of clients in the block's inline section are valid. */
  void inlineValid(Hash block) {
    inlineValid = Optional.of(block);
  }

  boolean isInlineValid(Hash block) {
    return inlineValid.equals(Optional.of(block));
  }

  /** True the first time only, so that one pair of proposals is reported. */
  boolean noteSecondProposal() {
    boolean first = !secondProposalSeen;
    secondProposalSeen = true;
    return first;
  }

  Optional<Certificate> notarization() {
    return notarization;
  }

  /** The hash that is notarized in this view. */
  Optional<Hash> notarizedBlock() {
    return notarizedBlock;
  }

  void notarize(Certificate certificate) {
    notarization = Optional.of(certificate);
    notarizedBlock = Optional.of(notarizedBlock(certificate.statement()));
  }

  Optional<Certificate> nullification() {
    return nullification;
  }

  void nullify(Certificate certificate) {
    nullification = Optional.of(certificate);
  }

  boolean hasCertificate() {
    return notarization.isPresent() || nullification.isPresent();
  }

  /** Both are kept: one view may have a notarization and a nullification (SY4). */
  List<Certificate> certificates() {
    var all = new ArrayList<Certificate>();
    notarization.ifPresent(all::add);
    nullification.ifPresent(all::add);
    return all;
  }

  Optional<Long> enteredAt() {
    return enteredAt;
  }

  void enter(long nanos) {
    enteredAt = Optional.of(nanos);
  }

  Optional<Long> leftAt() {
    return leftAt;
  }

  void leave(long nanos) {
    leftAt = Optional.of(nanos);
  }

  private static Hash notarizedBlock(Statement statement) {
    if (statement instanceof Statement.Notarize(_, _, var block)) {
      return block;
    }
    throw new InvariantViolation("not a notarization: " + statement);
  }
}
