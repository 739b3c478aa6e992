package dev.sampo.core.light;

/** Why a light client does not believe a proof. */
public enum Refusal {
  /** It is about another ledger. */
  WRONG_LEDGER,
  /** It is about an epoch whose validators the client does not know. */
  UNKNOWN_EPOCH,
  /** A header names another validator set than the one the client trusts. */
  WRONG_VALIDATOR_SET,
  /** A header is not the parent of the next, in hash, height or time. */
  BROKEN_CHAIN,
  /** The target is an EPOCH_TAIL, which is no part of the ledger (W4). */
  NOT_IN_LEDGER,
  /** The certificate is not a finalization of the last header. */
  NOT_FINALIZED,
  /** The state certificate is not one, or about no block of the chain (W5). */
  STATE_NOT_IN_CHAIN,
  /** A certificate has too few signers. */
  TOO_FEW_SIGNERS,
  /** A certificate names a signer that is no validator. */
  UNKNOWN_SIGNER,
  /** A signature of a certificate does not verify. */
  BAD_SIGNATURE,
  /** The value, or its absence, does not follow from the certified root. */
  VALUE_NOT_PROVEN,
  /** The receipt does not follow from the certified root. */
  RECEIPT_NOT_PROVEN,
  /** It and an earlier proof show two histories: more than a third of the validators lie. */
  FORK,
  /** The client has seen a fork and believes nothing any more (W4). */
  FROZEN
}
