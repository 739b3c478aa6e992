package dev.sampo.node.relay;

import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.PacketState;
import dev.sampo.core.packet.relay.RelayPlan;
import dev.sampo.core.packet.relay.RelayTurns;
import dev.sampo.core.types.LedgerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What leaves a hosted ledger by a channel to another hosted ledger. */
record RelayLink(RelayedLedger source, RelayedLedger destination, ChannelId channel) {

  /** Of a ledger; channels beyond are not relayed by this node. */
  static final int CHANNELS_MAX = 256;

  /** Names a link. */
  record Key(LedgerId source, ChannelId channel) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int bySource = source.compareTo(other.source);
      return bySource != 0 ? bySource : channel.compareTo(other.channel);
    }
  }

  Key key() {
    return new Key(source.id(), channel);
  }

  boolean touches(LedgerId ledger) {
    return source.id().equals(ledger) || destination.id().equals(ledger);
  }

  /** Turns go round among the validators that both committees have: others host one of the two. */
  RelayPlan plan(Duration step) {
    var both = new ArrayList<>(source.genesis().validators().keys());
    both.retainAll(destination.genesis().validators().keys());
    var turns = new RelayTurns(both.indexOf(source.self()), both.size(), step);
    return new RelayPlan(source.end(), destination.end(), channel, turns);
  }

  /** All links among the given ledgers. Reads their stores. */
  static List<RelayLink> among(Map<LedgerId, RelayedLedger> ledgers) {
    var links = new ArrayList<RelayLink>();
    for (var source : ledgers.values()) {
      var state = source.reads().reader().state();
      for (var open : PacketState.channels(state, CHANNELS_MAX)) {
        var destination = ledgers.get(open.channel().peer());
        if (destination != null) {
          links.add(new RelayLink(source, destination, open.id()));
        }
      }
    }
    return links;
  }
}
