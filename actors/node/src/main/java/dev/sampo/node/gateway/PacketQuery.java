package dev.sampo.node.gateway;

import dev.sampo.core.packet.ChannelId;

/**
 * Which packets are asked for.
 *
 * @param channel by its name on the ledger that is asked
 * @param sequence of the one that was sent, and of the one that came; from 1 on
 */
public record PacketQuery(ChannelId channel, long sequence) {

  public PacketQuery {
    if (sequence < 1) {
      throw new IllegalArgumentException("packets are numbered from 1 on");
    }
  }
}
