package dev.sampo.core.assets;

import dev.sampo.core.execution.Outcome;

/** Why the assets application does not carry out a transaction; the names are stable codes. */
public enum AssetError {
  /** The recipient has no account. */
  UNKNOWN_ACCOUNT,
  /** Nobody has issued the asset. */
  UNKNOWN_ASSET,
  /** The sender holds less than the amount. */
  INSUFFICIENT_BALANCE,
  /** The account to be opened is open. */
  ACCOUNT_EXISTS,
  /** Only who issued an asset first issues more of it. */
  NOT_ISSUER,
  /** The supply would exceed 2^63-1. */
  AMOUNT_OVERFLOW,
  /** An amount is 1 to 2^63-1. */
  INVALID_AMOUNT,
  /** The payload is not the canonical encoding of an operation. */
  MALFORMED_PAYLOAD,
  /** The content of a packet is not the canonical encoding of an amount on its way. */
  MALFORMED_PACKET,
  /** A voucher's name would have more channels than a name may. */
  VOUCHER_PATH_TOO_LONG,
  /** The channel's escrow holds less than the amount: more comes back than ever went out (T5). */
  ESCROW_SHORT,
  /** The account has left this ledger, or is leaving it (M2); its entry says where to. */
  MOVED,
  /** The account belongs to this ledger alone. */
  NOT_MOVABLE,
  /** What the account has sent to another ledger may still come back to it (M2). */
  REFUND_PENDING,
  /** The account holds more assets than fit into a packet. */
  TOO_MANY_HOLDINGS,
  /** Another ledger creates accounts with such names (M1). */
  NOT_HOME,
  /** This ledger is no part of an application that is spread over several. */
  NOT_SHARDED,
  /** This ledger has known the account in this generation, or in a later one (M3). */
  STALE_MOVE;

  Outcome failed() {
    return Outcome.failed(name());
  }
}
