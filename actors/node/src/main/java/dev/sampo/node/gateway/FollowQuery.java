package dev.sampo.node.gateway;

import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.types.Height;

/** What a reader asks a replica for. */
public sealed interface FollowQuery {

  /**
   * Final blocks from {@code from} on, and state certificates from {@code certifiedFrom} on with
   * the newest behind them: two messages, {@code FinalBlocks} and {@code StateCertificates}.
   */
  record Blocks(Height from, Height certifiedFrom) implements FollowQuery {}

  /** Batches of a lane: one message, {@code BatchResponse}. */
  record Batches(BatchRequest request) implements FollowQuery {}
}
