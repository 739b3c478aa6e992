package dev.sampo.core.message;

import dev.sampo.core.vote.Flaw;

/** Whether a message may be handed to its role. */
public sealed interface MessageVerdict {

  /** Every signature in it is valid, and every body is the one that its header commits to. */
  record Accepted(Verified<? extends PeerMessage> message) implements MessageVerdict {}

  /** Dropped and counted; the peer was heard all the same. */
  record Refused(Flaw flaw) implements MessageVerdict {}
}
