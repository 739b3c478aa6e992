package dev.sampo.core.packet;

import dev.sampo.core.execution.BlockContext;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.packet.PacketKeys.Direction;
import dev.sampo.core.packet.PacketOperation.AcknowledgePacket;
import dev.sampo.core.packet.PacketOperation.TimeoutPacket;
import dev.sampo.core.state.State;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.types.LedgerTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends packets, and ends each once: by its acknowledgement or by proof that it came too late. */
final class PacketSource {

  private final PacketHandler handler;

  PacketSource(PacketHandler handler) {
    this.handler = handler;
  }

  Outcome send(Packets.Sending sending, BlockContext block, State state) {
    var found = PacketState.channel(state, sending.channel());
    if (found.isEmpty()) {
      return PacketError.UNKNOWN_CHANNEL.failed();
    }
    var channel = found.get();
    var limit = new RateLimit(sending.channel(), channel.limits(), Direction.SENT);
    var fault =
        Clients.faultOf(state, channel.peer(), block.time())
            .or(channel::faultOfPause)
            .or(() -> faultOfTimeout(sending.timeout(), channel, state))
            .or(() -> limit.count(handler.loads(sending.content()), block.time(), state));
    if (fault.isPresent()) {
      return fault.get().failed();
    }
    var next = channel.withOneMoreSent();
    var packet =
        new Packet(
            new Packet.End(block.ledger(), sending.channel()),
            new Packet.End(channel.peer(), channel.peerChannel()),
            next.lastSequence(),
            sending.timeout(),
            handler.application(),
            sending.content(),
            Packet.VERSION);
    PacketState.putChannel(state, sending.channel(), next);
    state.put(packet.commitmentKey().name(), packet.encoded());
    return Outcome.ok(
        event("packet_sent", packet, "timeout", Long.toString(packet.timeout().millis())));
  }

  /** T9, and T1: measured from the newest time of the destination that is proven here. */
  private static Optional<PacketError> faultOfTimeout(
      LedgerTime timeout, Channel channel, StateReader state) {
    var client = PacketState.client(state, channel.peer()).orElseThrow();
    if (client.isWithoutAnchor()) {
      return Optional.of(PacketError.UNKNOWN_ANCHOR);
    }
    long ahead = timeout.millis() - client.newest().time().millis();
    return ahead < channel.limits().timeoutMin() || ahead > channel.limits().timeoutMax()
        ? Optional.of(PacketError.INVALID_TIMEOUT)
        : Optional.empty();
  }

  Outcome acknowledge(AcknowledgePacket acknowledge, BlockContext block, State state) {
    var packet = acknowledge.packet();
    var acknowledgement = acknowledge.acknowledgement();
    var end = event("packet_acknowledged", packet, "code", acknowledgement.code());
    return switch (standing(packet, block, state)) {
      case Standing.Over over -> over.outcome();
      case Standing.Pending _ ->
          acknowledge
              .proof()
              .faultOf(
                  packet.destination().ledger(),
                  packet.acknowledgementKey(),
                  Optional.of(acknowledgement.encoded()),
                  state)
              .map(PacketError::failed)
              .orElseGet(
                  () ->
                      acknowledgement.ok()
                          ? settle(packet, end, state)
                          : refund(packet, end, state));
    };
  }

  Outcome timeOut(TimeoutPacket timeout, BlockContext block, State state) {
    var packet = timeout.packet();
    var proof = timeout.proof();
    var peer = packet.destination().ledger();
    return switch (standing(packet, block, state)) {
      case Standing.Over over -> over.outcome();
      case Standing.Pending _ ->
          faultOfAnchorTime(packet, proof, state)
              .or(() -> proof.faultOf(peer, packet.receiptKey(), Optional.empty(), state))
              .map(PacketError::failed)
              .orElseGet(() -> refund(packet, event("packet_timed_out", packet), state));
    };
  }

  /** T1: the only clock is the destination's, by the header that the anchor is of. */
  private static Optional<PacketError> faultOfAnchorTime(
      Packet packet, PacketProof proof, StateReader state) {
    return PacketState.anchor(state, packet.destination().ledger(), proof.anchor())
        .filter(anchor -> anchor.time().isBefore(packet.timeout()))
        .map(_ -> PacketError.TIMEOUT_NOT_REACHED);
  }

  /** Whether a packet waits for its end. */
  private sealed interface Standing {

    /** It does, and proofs of its destination count. */
    record Pending() implements Standing {}

    /** There is nothing to be done, or nothing that may be done now. */
    record Over(Outcome outcome) implements Standing {}
  }

  private Standing standing(Packet packet, BlockContext block, StateReader state) {
    var here = packet.source();
    var misrouted = new Route(here, packet.destination()).faultOf(packet, handler, block, state);
    if (misrouted.isPresent()) {
      return new Standing.Over(misrouted.get().failed());
    }
    var channel = PacketState.channel(state, here.channel()).orElseThrow();
    var pending = PacketState.pending(state, here.channel(), packet.sequence());
    if (pending.isEmpty() && packet.sequence() <= channel.lastSequence()) {
      // T3: it has ended before.
      return new Standing.Over(Outcome.ok(event("packet_settled_already", packet)));
    }
    if (!pending.equals(Optional.of(packet))) {
      return new Standing.Over(PacketError.UNKNOWN_PACKET.failed());
    }
    return Clients.faultOf(state, channel.peer(), block.time())
        .<Standing>map(fault -> new Standing.Over(fault.failed()))
        .orElseGet(Standing.Pending::new);
  }

  private Outcome settle(Packet packet, Event end, State state) {
    state.delete(packet.commitmentKey().name());
    return after(end, handler.settle(packet, state));
  }

  private Outcome refund(Packet packet, Event end, State state) {
    // T4: no second refund, whatever the application does.
    state.delete(packet.commitmentKey().name());
    return after(end, handler.refund(packet, state));
  }

  private static Outcome after(Event end, Outcome ofApplication) {
    return switch (ofApplication) {
      case Outcome.Failed failed -> failed;
      case Outcome.Ok(var told) -> {
        var events = new ArrayList<Event>(List.of(end));
        events.addAll(told);
        yield new Outcome.Ok(events);
      }
    };
  }

  private static Event event(String type, Packet packet, String... more) {
    return Route.event(type, packet.source(), packet, more);
  }
}
