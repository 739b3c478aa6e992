package dev.sampo.core.packet.relay;

import dev.sampo.core.packet.Channel;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.packet.PacketState;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a relayer has to do for the packets that leave {@code source} by {@code channel}: bring them
 * to the destination, and bring back how they ended. It is decided by what both ledgers have
 * executed, so that nothing is proposed of which it is known that it is done; who proposes it is
 * not trusted.
 */
public record RelayPlan(
    RelayEnd source, RelayEnd destination, ChannelId channel, RelayTurns turns) {

  /** Most packets that a round looks at. */
  public static final int PACKETS_MAX = 1_000;

  /**
   * What is due at the time {@code now} of the relayer's own clock, which only measures how long
   * others were waited for. Reads the stores of both ledgers.
   */
  public RelayRound round(RelayCursor cursor, Duration now) {
    var state = source.state();
    var open = PacketState.channel(state, channel);
    if (open.isEmpty() || !open.get().peer().equals(destination.ledger())) {
      return new RelayRound(List.of(), cursor);
    }
    var packets = PacketState.pendingFrom(state, channel, cursor.next(), PACKETS_MAX);
    var waits = stillWaiting(cursor, packets);
    var work = new RoundWork(this, open.get(), new RoundWork.Clock(waits, now));
    work.keepFresh();
    int looked = 0;
    while (looked < packets.size() && work.hasRoom()) {
      work.consider(packets.get(looked));
      looked++;
    }
    return new RelayRound(work.due(), cursorAfter(cursor, packets, looked, open.get(), waits));
  }

  /** Without those that ended since, as far as this round looks. */
  private static TreeMap<Long, RelayCursor.Wait> stillWaiting(
      RelayCursor cursor, List<Packet> packets) {
    var waits = new TreeMap<>(cursor.waiting());
    boolean sawAll = packets.size() < PACKETS_MAX;
    long to = sawAll ? Long.MAX_VALUE : packets.getLast().sequence() + 1;
    var pending = packets.stream().map(Packet::sequence).toList();
    waits.subMap(Math.min(cursor.next(), to), to).keySet().retainAll(new TreeSet<>(pending));
    return waits;
  }

  private static RelayCursor cursorAfter(
      RelayCursor cursor,
      List<Packet> packets,
      int looked,
      Channel open,
      TreeMap<Long, RelayCursor.Wait> waits) {
    long floor = cursor.floor();
    if (cursor.next() == floor) {
      floor = packets.isEmpty() ? open.lastSequence() + 1 : packets.getFirst().sequence();
    }
    boolean isOver = looked == packets.size() && packets.size() < PACKETS_MAX;
    long next = isOver || looked == 0 ? floor : packets.get(looked - 1).sequence() + 1;
    waits.subMap(RelayCursor.CLIENT + 1, Math.max(floor, RelayCursor.CLIENT + 1)).clear();
    return new RelayCursor(floor, next, waits);
  }
}
