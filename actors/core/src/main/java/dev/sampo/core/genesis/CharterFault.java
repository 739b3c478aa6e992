package dev.sampo.core.genesis;

import dev.sampo.core.types.ValidatorIndex;

/** Why a charter does not bind the validators of its genesis. */
public sealed interface CharterFault {

  /** A consent of somebody who is no validator of the genesis. */
  record UnknownSigner(ValidatorIndex index) implements CharterFault {}

  /** A consent that the key of the validator did not sign, or signed for something else. */
  record BadSignature(ValidatorIndex index) implements CharterFault {}

  /** A validator of the genesis that has not consented. */
  record MissingConsent(ValidatorIndex index) implements CharterFault {}

  /** For people. */
  default String text() {
    return switch (this) {
      case UnknownSigner(var index) -> "there is no validator " + index + " in the genesis";
      case BadSignature(var index) -> "the signature of validator " + index + " is not valid";
      case MissingConsent(var index) -> "validator " + index + " has not consented";
    };
  }
}
