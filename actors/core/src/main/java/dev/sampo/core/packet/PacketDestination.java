package dev.sampo.core.packet;

import dev.sampo.core.execution.BlockContext;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.packet.PacketKeys.Direction;
import dev.sampo.core.packet.PacketOperation.ReceivePacket;
import dev.sampo.core.state.State;
import dev.sampo.core.state.StateOverlay;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import java.util.ArrayList;
import java.util.Optional;

/** Receives packets: each once, before its timeout, whatever the application makes of it. */
final class PacketDestination {

  private static final Bytes RECEIVED = Bytes.fromHex("01");

  private final PacketHandler handler;

  PacketDestination(PacketHandler handler) {
    this.handler = handler;
  }

  Outcome receive(ReceivePacket receive, BlockContext block, State state) {
    var packet = receive.packet();
    var here = packet.destination();
    var misrouted = new Route(here, packet.source()).faultOf(packet, handler, block, state);
    if (misrouted.isPresent()) {
      return misrouted.get().failed();
    }
    var before = PacketState.acknowledgement(state, here.channel(), packet.sequence());
    if (before.isPresent()) {
      // T3: a replay of any age changes nothing, and is told what was answered.
      return Outcome.ok(
          Route.event("packet_received_already", here, packet, "code", before.get().code()));
    }
    var channel = PacketState.channel(state, here.channel()).orElseThrow();
    var limit = new RateLimit(here.channel(), channel.limits(), Direction.RECEIVED);
    var committed = Optional.of(packet.encoded());
    // T9: what fails here leaves no receipt, so that the packet may still come, or time out.
    var fault =
        Clients.faultOf(state, channel.peer(), block.time())
            .or(channel::faultOfPause)
            .or(() -> faultOfTime(packet, block.time()))
            .or(
                () ->
                    receive
                        .proof()
                        .faultOf(channel.peer(), packet.commitmentKey(), committed, state))
            .or(() -> limit.count(handler.loads(packet.content()), block.time(), state));
    return fault.isPresent() ? fault.get().failed() : takeIn(packet, state);
  }

  private static Optional<PacketError> faultOfTime(Packet packet, LedgerTime now) {
    return now.isBefore(packet.timeout())
        ? Optional.empty()
        : Optional.of(PacketError.PACKET_TIMED_OUT);
  }

  private Outcome takeIn(Packet packet, State state) {
    // T4: the receipt stands before the application is called, whatever becomes of the call.
    state.put(packet.receiptKey().name(), RECEIVED);
    var scratch = StateOverlay.ofTransaction(state);
    var events = new ArrayList<Event>();
    var acknowledgement =
        switch (handler.receive(packet, scratch)) {
          case Outcome.Failed(var code) -> new Acknowledgement(code);
          case Outcome.Ok(var told) -> {
            scratch.applyTo(state);
            events.addAll(told);
            yield Acknowledgement.OK;
          }
        };
    state.put(packet.acknowledgementKey().name(), acknowledgement.encoded());
    events.addFirst(
        Route.event(
            "packet_received", packet.destination(), packet, "code", acknowledgement.code()));
    return new Outcome.Ok(events);
  }
}
