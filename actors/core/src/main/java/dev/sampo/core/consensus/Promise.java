package dev.sampo.core.consensus;

import dev.sampo.core.block.Block;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;

/** A durable record that an engine makes before it speaks (protocol 2.4). */
public sealed interface Promise {

  /** A vote, a proposal or an answer of this validator (RE2), durable before it is signed. */
  record Stated(Statement statement) implements Promise {}

  /** A block that a proposal or notarize vote of this validator vouches for. */
  record BlockHeld(Block block) implements Promise {}

  /** A certificate by which a view was left, or that a vote rests upon. */
  record CertificateHeld(Certificate certificate) implements Promise {}

  /**
   * Everything up to this view is final and stored with the ledger: older promises may be
   * forgotten.
   */
  record FinalUpTo(View view, Hash block) implements Promise {}

  /**
   * What was promised before is lost; the validator speaks again from {@code from} on, and what it
   * said in views below is unknown (RE3, D12).
   *
   * @param incarnation counts the recoveries of this validator that others know of
   */
  record RecoveredFrom(Epoch epoch, View from, int incarnation) implements Promise {}

  /** Whether it still forbids or proves anything once views up to {@code finalView} are stored. */
  default boolean binds(View finalView) {
    return switch (this) {
      case Stated(var statement) -> viewOf(statement).isAfter(finalView);
      case BlockHeld(var block) -> block.view().isAfter(finalView);
      case CertificateHeld(var certificate) -> viewOf(certificate.statement()).isAfter(finalView);
      case FinalUpTo(var view, _) -> !view.isBefore(finalView);
      // It also tells the incarnation of the validator, for the rest of the epoch (RE4).
      case RecoveredFrom r -> true;
    };
  }

  private static View viewOf(Statement statement) {
    return switch (statement) {
      case Statement.Propose(_, var view, _) -> view;
      case Statement.Notarize(_, var view, _) -> view;
      case Statement.Nullify(_, var view) -> view;
      case Statement.Finalize(_, var view, _) -> view;
      case Statement.Append a -> throw new IllegalArgumentException("stored with its batch: " + a);
      case Statement.Ack a -> throw new IllegalArgumentException("stored with its batch: " + a);
      // Whoever asked may be told something else later: it is written for the fence alone (V1).
      case Statement.RecoverReply r -> View.ZERO;
      case Statement.Recover r -> throw new IllegalArgumentException("no promise: " + r);
      case Statement.Incarnate i -> throw new IllegalArgumentException("no promise: " + i);
      case Statement.IncarnationStored i ->
          throw new IllegalArgumentException("stored with the lanes: " + i);
      case Statement.StateAttest s ->
          throw new IllegalArgumentException("stored with the ledger (D7), not here: " + s);
    };
  }
}
