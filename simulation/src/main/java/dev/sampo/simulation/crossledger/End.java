package dev.sampo.simulation.crossledger;

import dev.sampo.core.packet.ChannelId;

/** One end of a channel. */
record End(int ledger, ChannelId channel) {}
