package dev.sampo.core.consensus.simplex;

import dev.sampo.core.consensus.Effect;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.util.Optional;

/** Counts votes, keeps the first of each, and reports what contradicts them (2.3, 2.14). */
final class Ballots {

  private final Replica replica;
  private final VoteArchive archive = new VoteArchive();

  Ballots(Replica replica) {
    this.replica = replica;
  }

  /** Counts the vote; a certificate if it completes one (C). */
  Optional<Certificate> count(Vote vote) {
    var view = viewOf(vote.statement());
    if (view.isEmpty() || !isMember(vote)) {
      return Optional.empty();
    }
    if (!view.get().isAfter(replica.finalView())) {
      archive.contradiction(view.get(), vote).ifPresent(this::report);
      return Optional.empty();
    }
    if (view.get().isAfter(replica.view().plus(Slots.WINDOW))) {
      return Optional.empty();
    }
    return note(view.get(), vote)
        ? replica
            .slots
            .at(view.get())
            .votes()
            .certificate(vote.statement(), replica.committee.quorum())
        : Optional.empty();
  }

  /** The votes inside a certificate are votes as well. */
  void absorb(View view, Certificate certificate) {
    for (var signed : certificate.votes()) {
      note(view, new Vote(certificate.statement(), signed.signer(), signed.signature()));
    }
  }

  /** Views that became final: their votes only serve as evidence from now on. */
  void archive(Slot slot) {
    archive.add(slot);
  }

  /**
   * W6: a valid signature of this validator that its log does not know means amnesia: it must not
   * speak again under this key.
   */
  void compareWithLog(Vote own) {
    var view = placeOf(own.statement());
    boolean open = view.isPresent() && view.get().isAfter(replica.finalView());
    boolean mine =
        own.signer().equals(replica.committee.self())
            && own.statement().epoch().equals(replica.epoch());
    boolean known = view.isPresent() && replica.isKnown(view.get());
    if (open && mine && known && !isRecorded(view.get(), own.statement())) {
      replica.outbox.halt("amnesia: a peer holds this validator's " + own.statement());
    }
  }

  /** The view that a vote on the order of blocks is about. */
  static Optional<View> viewOf(Statement statement) {
    return switch (statement) {
      case Statement.Notarize(_, var view, _) -> Optional.of(view);
      case Statement.Nullify(_, var view) -> Optional.of(view);
      case Statement.Finalize(_, var view, _) -> Optional.of(view);
      case Statement.Propose p -> Optional.empty();
      case Statement.StateAttest s -> Optional.empty();
      case Statement.Append a -> Optional.empty();
      case Statement.Ack a -> Optional.empty();
      case Statement.OfRecovery r -> Optional.empty();
    };
  }

  /** The view that a vote or proposal is about. */
  static Optional<View> placeOf(Statement statement) {
    return statement instanceof Statement.Propose(_, var view, _)
        ? Optional.of(view)
        : viewOf(statement);
  }

  private boolean note(View view, Vote vote) {
    compareWithLog(vote);
    var votes = replica.slots.at(view).votes();
    votes.contradiction(vote).ifPresent(this::report);
    return votes.add(vote);
  }

  private boolean isMember(Vote vote) {
    return vote.statement().epoch().equals(replica.epoch())
        && replica.committee.validators().contains(vote.signer());
  }

  private boolean isRecorded(View view, Statement statement) {
    return replica.slots.find(view).map(slot -> slot.stated().contains(statement)).orElse(false);
  }

  private void report(Evidence evidence) {
    replica.outbox.silently(new Effect.ReportEvidence(evidence));
  }
}
