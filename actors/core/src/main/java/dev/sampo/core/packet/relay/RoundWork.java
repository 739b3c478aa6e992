package dev.sampo.core.packet.relay;

import dev.sampo.core.packet.Acknowledgement;
import dev.sampo.core.packet.Channel;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.packet.PacketOperation.AcknowledgePacket;
import dev.sampo.core.packet.PacketOperation.ReceivePacket;
import dev.sampo.core.packet.PacketOperation.TimeoutPacket;
import dev.sampo.core.packet.PacketState;
import dev.sampo.core.packet.relay.RelayRound.Due;
import dev.sampo.core.types.LedgerTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One round of a {@link RelayPlan}: gathers what is due, up to a bound. */
final class RoundWork {

  /** Packets that a round takes a step further. */
  private static final int DUE_MAX = 240;

  private static final int BYTES_MAX = 256 * 1024;

  /** Since when packets wait, and what time it is. */
  record Clock(Map<Long, RelayCursor.Wait> waits, Duration now) {}

  private final RelayPlan plan;
  private final Clock clock;
  private final ProofWay there;
  private final ProofWay back;
  private final boolean receives;

  /** Of the destination; a round that looks at many packets reads them once. */
  private final LedgerTime time;

  private final LedgerTime provableTime;
  private final DueAt atDestination;
  private final DueAt atSource;

  RoundWork(RelayPlan plan, Channel open, Clock clock) {
    this.plan = plan;
    this.clock = clock;
    this.there = new ProofWay(plan.source(), plan.destination());
    this.back = new ProofWay(plan.destination(), plan.source());
    this.time = plan.destination().time();
    this.provableTime = plan.destination().provableTime();
    this.atDestination = new DueAt(plan.destination().ledger());
    this.atSource = new DueAt(plan.source().ledger());
    this.receives =
        PacketState.channel(plan.destination().state(), open.peerChannel())
            .filter(
                end ->
                    !end.paused()
                        && end.isBoundTo(new Packet.End(plan.source().ledger(), plan.channel())))
            .isPresent();
  }

  List<Due> due() {
    return Stream.concat(atDestination.all().stream(), atSource.all().stream()).toList();
  }

  boolean hasRoom() {
    return atDestination.count() + atSource.count() < DUE_MAX
        && atDestination.bytes() + atSource.bytes() < BYTES_MAX;
  }

  /** A client without an anchor lets nothing be sent, and one that is left alone expires (T10). */
  void keepFresh() {
    boolean isDue =
        there
            .client()
            .filter(client -> client.isWithoutAnchor() || client.isAgeing(time))
            .isPresent();
    if (!isDue) {
      clock.waits().remove(RelayCursor.CLIENT);
    } else if (isMyTurn(RelayCursor.CLIENT, RelayStep.UPDATE)) {
      there.newer().ifPresent(atDestination::add);
    }
  }

  /** Adds the packet's next step, with the anchor that this needs, if it is this relayer's turn. */
  void consider(Packet packet) {
    if (isLeftToOthers(packet.sequence())) {
      return;
    }
    var ends = packet.destination().channel();
    var answer = PacketState.acknowledgement(plan.destination().state(), ends, packet.sequence());
    if (answer.isPresent()) {
      acknowledge(packet, answer.get());
    } else if (time.isBefore(packet.timeout())) {
      receive(packet);
    } else if (!provableTime.isBefore(packet.timeout())) {
      timeOut(packet);
    }
  }

  private void receive(Packet packet) {
    if (receives && isMyTurn(packet.sequence(), RelayStep.RECEIVE)) {
      there
          .shown(packet.commitmentKey(), Optional.of(packet.encoded()), _ -> true)
          .ifPresent(
              by -> atDestination.add(new ReceivePacket(packet, by.proof()), by.restsUpon()));
    }
  }

  private void acknowledge(Packet packet, Acknowledgement answer) {
    if (isMyTurn(packet.sequence(), RelayStep.ACKNOWLEDGE)) {
      back.shown(packet.acknowledgementKey(), Optional.of(answer.encoded()), _ -> true)
          .ifPresent(
              by ->
                  atSource.add(new AcknowledgePacket(packet, answer, by.proof()), by.restsUpon()));
    }
  }

  /** T1: the anchor's own time has to be the timeout or later. */
  private void timeOut(Packet packet) {
    if (isMyTurn(packet.sequence(), RelayStep.TIME_OUT)) {
      back.shown(packet.receiptKey(), Optional.empty(), time -> !time.isBefore(packet.timeout()))
          .ifPresent(by -> atSource.add(new TimeoutPacket(packet, by.proof()), by.restsUpon()));
    }
  }

  /** What waited for somebody else before, and may still: nothing need be read to know that. */
  private boolean isLeftToOthers(long sequence) {
    var noted = clock.waits().get(sequence);
    return noted != null && !hasTurn(sequence, noted.since());
  }

  private boolean isMyTurn(long sequence, RelayStep step) {
    return hasTurn(sequence, RelayCursor.note(clock.waits(), sequence, step, clock.now()));
  }

  private boolean hasTurn(long sequence, Duration since) {
    return clock.now().minus(since).compareTo(plan.turns().patience(sequence)) >= 0;
  }
}
