package dev.sampo.core.vote;

/** Why something signed is refused; expected from any peer, and counted. */
public enum Flaw {
  /** It is about another ledger. */
  OTHER_LEDGER,
  /** It is about an epoch for which no validator set is known here. */
  OTHER_EPOCH,
  /** A signer is not in the validator set. */
  NOT_A_VALIDATOR,
  /** Fewer signers than the quorum. */
  TOO_FEW_SIGNERS,
  /** A signature is not valid for what it stands under. */
  BAD_SIGNATURE,
  /** A statement of this kind has no place here. */
  UNEXPECTED_STATEMENT,
  /** Signed by another validator than the one that may say this. */
  UNEXPECTED_SIGNER,
  /** A body is not the one that its header commits to. */
  BODY_MISMATCH,
  /** Headers or blocks do not follow each other, or not up to what was certified. */
  BROKEN_CHAIN,
  /** A header names another validator set than the one of its epoch. */
  OTHER_VALIDATOR_SET,
  /** A client's signature in it is not valid. */
  BAD_TRANSACTION
}
