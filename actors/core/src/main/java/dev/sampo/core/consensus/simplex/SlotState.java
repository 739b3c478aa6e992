package dev.sampo.core.consensus.simplex;

import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.types.Hash;

/** What this validator has promised in one view; the transitions are exactly those of 2.3. */
sealed interface SlotState {

  record Idle() implements SlotState {}

  record Notarized(Hash block) implements SlotState {}

  record Nullified() implements SlotState {}

  record NotarizedNullified(Hash block) implements SlotState {}

  record Finalized(Hash block) implements SlotState {}

  /** N7: not after Nullify; not twice. */
  default boolean mayNotarize() {
    return this instanceof Idle;
  }

  /** Z1, Z2, Z3. */
  default boolean mayNullify() {
    return this instanceof Idle || this instanceof Notarized;
  }

  /** The state test of rule F, which lemma 2 rests on. */
  default boolean mayFinalize() {
    return this instanceof Idle || this instanceof Notarized;
  }

  default SlotState notarize(Hash block) {
    return switch (this) {
      case Idle() -> new Notarized(block);
      case Notarized n -> throw forbidden("notarize");
      case Nullified n -> throw forbidden("notarize");
      case NotarizedNullified n -> throw forbidden("notarize");
      case Finalized f -> throw forbidden("notarize");
    };
  }

  default SlotState nullify() {
    return switch (this) {
      case Idle() -> new Nullified();
      case Notarized(var block) -> new NotarizedNullified(block);
      case Nullified n -> throw forbidden("nullify");
      case NotarizedNullified n -> throw forbidden("nullify");
      case Finalized f -> throw forbidden("nullify");
    };
  }

  default SlotState finalizeBlock(Hash block) {
    return switch (this) {
      case Idle() -> new Finalized(block);
      case Notarized n -> new Finalized(block);
      case Nullified n -> throw forbidden("finalize");
      case NotarizedNullified n -> throw forbidden("finalize");
      case Finalized f -> throw forbidden("finalize");
    };
  }

  private InvariantViolation forbidden(String vote) {
    return new InvariantViolation("must not " + vote + " in state " + this + " (2.3)");
  }
}
