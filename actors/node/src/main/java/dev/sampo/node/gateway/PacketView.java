package dev.sampo.node.gateway;

import dev.sampo.core.packet.Acknowledgement;
import dev.sampo.core.packet.Channel;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import java.util.Optional;

/**
 * How packets of one number stand at one end of a channel.
 *
 * @param standing of the one that was sent from here
 * @param answer to the one that came
 * @param height after whose block this is so, at least
 * @param blockTime of that block
 */
public record PacketView(
    Channel channel,
    Standing standing,
    Optional<Acknowledgement> answer,
    Height height,
    LedgerTime blockTime) {

  /** What is known here of the end of a packet that was sent from here. */
  public enum Standing {
    NOT_SENT,
    PENDING,
    SETTLED
  }
}
