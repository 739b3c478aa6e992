package dev.sampo.core.packet;

import dev.sampo.core.execution.Outcome;

/**
 * Why a ledger does not send, receive, acknowledge or time out a packet, or does not follow a peer;
 * the names are stable codes. Nothing is changed by what fails so.
 */
public enum PacketError {
  /** No light client here follows the ledger. */
  UNKNOWN_CLIENT,
  /** A light client here follows the ledger already. */
  CLIENT_EXISTS,
  /** Two histories of the peer were proven; governance has to resolve the client (T8). */
  CLIENT_FROZEN,
  /** Nothing new was proven of the peer for its trusting period; as if frozen (T10). */
  CLIENT_EXPIRED,
  /** The proof does not show what it should under the peer's validators (LC1 to LC3). */
  PEER_PROOF_REFUSED,
  /**
   * The proof is about a block beyond the trusting period, before the anchors that are kept, or
   * before what governance has resolved (T10).
   */
  PROOF_TOO_OLD,
  /** The proof is of an epoch whose validators are not known here. */
  UNSUPPORTED_EPOCH,
  /** The two proofs do not contradict each other in what counts (LC6, T10). */
  NO_FORK,
  /** There is no anchor at the height that the proof names, or none of the peer at all yet. */
  UNKNOWN_ANCHOR,
  /** The value, or the absence, does not follow from the anchor's state root. */
  NOT_PROVEN,
  /** There is no channel of this name. */
  UNKNOWN_CHANNEL,
  /** There is, or was, a channel of this name. */
  CHANNEL_EXISTS,
  /** The circuit breaker is open: nothing is sent or received (T7). */
  CHANNEL_PAUSED,
  /** As much as may pass in a window has passed (T7). */
  RATE_LIMITED,
  /** A timeout is too near to, or too far from, the newest known time of the destination (T9). */
  INVALID_TIMEOUT,
  /**
   * The packet is for another ledger or application, of an unknown version, or of a channel that is
   * not bound to its other end (T9).
   */
  MISROUTED_PACKET,
  /** Block time has reached the packet's timeout: it is never received (T1). */
  PACKET_TIMED_OUT,
  /** The anchor is from before the packet's timeout, so that it may still be received (T1). */
  TIMEOUT_NOT_REACHED,
  /** No such packet was sent from here. */
  UNKNOWN_PACKET,
  /** The sender is no operator. */
  NOT_OPERATOR,
  /** The action makes no sense on this ledger. */
  INVALID_ACTION;

  Outcome failed() {
    return Outcome.failed(name());
  }
}
