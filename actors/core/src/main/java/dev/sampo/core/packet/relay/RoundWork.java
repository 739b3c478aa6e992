package dev.sampo.core.packet.relay;

import dev.sampo.core.packet.Acknowledgement;
import dev.sampo.core.packet.Channel;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.packet.PacketOperation;
import dev.sampo.core.packet.PacketOperation.AcknowledgePacket;
import dev.sampo.core.packet.PacketOperation.ReceivePacket;
import dev.sampo.core.packet.PacketOperation.TimeoutPacket;
import dev.sampo.core.packet.PacketProof;
import dev.sampo.core.packet.PacketState;
import dev.sampo.core.packet.PeerClient;
import dev.sampo.core.packet.relay.RelayRound.Due;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.wire.WireWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One round of a {@link RelayPlan}: gathers what is due, up to a bound. */
final class RoundWork {

  private static final int DUE_MAX = 64;
  private static final int BYTES_MAX = 256 * 1024;

  /** Since when packets wait, and what time it is. */
  record Clock(Map<Long, RelayCursor.Wait> waits, Duration now) {}

  /** How a proof of one ledger gets to the other: by an anchor that is there, or by a new one. */
  private record Way(RelayEnd from, RelayEnd to, Optional<PeerClient> client) {

    static Way of(RelayEnd from, RelayEnd to) {
      return new Way(from, to, to.liveClient(from.ledger()));
    }

    Optional<Height> anchored() {
      return client.map(known -> known.newest().height()).filter(at -> at.isAfter(Height.ZERO));
    }

    /** The height that a new anchor would be of. */
    Optional<Height> ahead() {
      return client.flatMap(
          known -> from.provable().filter(at -> at.isAfter(known.newest().height())));
    }
  }

  private final RelayPlan plan;
  private final Clock clock;
  private final Way there;
  private final Way back;
  private final boolean receives;
  private final List<Due> due = new ArrayList<>();
  private int bytes;
  private boolean updatesThere;
  private boolean updatesBack;

  RoundWork(RelayPlan plan, Channel open, Clock clock) {
    this.plan = plan;
    this.clock = clock;
    this.there = Way.of(plan.source(), plan.destination());
    this.back = Way.of(plan.destination(), plan.source());
    this.receives =
        PacketState.channel(plan.destination().state(), open.peerChannel())
            .filter(
                end ->
                    !end.paused()
                        && end.isBoundTo(new Packet.End(plan.source().ledger(), plan.channel())))
            .isPresent();
  }

  List<Due> due() {
    return due;
  }

  boolean hasRoom() {
    return due.size() < DUE_MAX && bytes < BYTES_MAX;
  }

  /** A client without an anchor lets nothing be sent, and one that is left alone expires (T10). */
  void keepFresh() {
    boolean isDue =
        there
            .client()
            .filter(
                client -> client.isWithoutAnchor() || client.isAgeing(plan.destination().time()))
            .isPresent();
    if (!isDue) {
      clock.waits().remove(RelayCursor.CLIENT);
    } else if (isMyTurn(RelayCursor.CLIENT, RelayStep.UPDATE)) {
      there.ahead().ifPresent(this::updateThere);
    }
  }

  /** Adds the packet's next step, or the anchor that this needs, if it is this relayer's turn. */
  void consider(Packet packet) {
    var ends = packet.destination().channel();
    var answer = PacketState.acknowledgement(plan.destination().state(), ends, packet.sequence());
    if (answer.isPresent()) {
      acknowledge(packet, answer.get());
    } else if (plan.destination().time().isBefore(packet.timeout())) {
      receive(packet);
    } else if (!plan.destination().provableTime().isBefore(packet.timeout())) {
      timeOut(packet);
    }
  }

  private void receive(Packet packet) {
    if (receives && isMyTurn(packet.sequence(), RelayStep.RECEIVE)) {
      var key = packet.commitmentKey();
      var value = Optional.of(packet.encoded());
      proven(there, key, value)
          .ifPresentOrElse(
              proof ->
                  add(
                      new Due(
                          plan.destination().ledger(),
                          RelayStep.RECEIVE,
                          new ReceivePacket(packet, proof))),
              () -> aheadWith(there, key, value).ifPresent(this::updateThere));
    }
  }

  private void acknowledge(Packet packet, Acknowledgement answer) {
    if (isMyTurn(packet.sequence(), RelayStep.ACKNOWLEDGE)) {
      var key = packet.acknowledgementKey();
      var value = Optional.of(answer.encoded());
      proven(back, key, value)
          .ifPresentOrElse(
              proof -> addBack(RelayStep.ACKNOWLEDGE, new AcknowledgePacket(packet, answer, proof)),
              () -> aheadWith(back, key, value).ifPresent(this::updateBack));
    }
  }

  /** T1: the anchor's own time has to be the timeout or later. */
  private void timeOut(Packet packet) {
    if (isMyTurn(packet.sequence(), RelayStep.TIME_OUT)) {
      var key = packet.receiptKey();
      back.client()
          .filter(client -> !client.newest().time().isBefore(packet.timeout()))
          .flatMap(client -> proven(back, key, Optional.empty()))
          .ifPresentOrElse(
              proof -> addBack(RelayStep.TIME_OUT, new TimeoutPacket(packet, proof)),
              () -> aheadWith(back, key, Optional.empty()).ifPresent(this::updateBack));
    }
  }

  private boolean isMyTurn(long sequence, RelayStep step) {
    var since = RelayCursor.note(clock.waits(), sequence, step, clock.now());
    return clock.now().minus(since).compareTo(plan.turns().patience(sequence)) >= 0;
  }

  private static Optional<PacketProof> proven(Way way, StateKey key, Optional<Bytes> value) {
    return way.anchored().flatMap(at -> way.from().prove(at, key, value));
  }

  /** The height of a new anchor, if that would serve. */
  private static Optional<Height> aheadWith(Way way, StateKey key, Optional<Bytes> value) {
    return way.ahead().filter(at -> way.from().prove(at, key, value).isPresent());
  }

  private void updateThere(Height at) {
    if (!updatesThere) {
      updatesThere = true;
      update(there, at);
    }
  }

  private void updateBack(Height at) {
    if (!updatesBack) {
      updatesBack = true;
      update(back, at);
    }
  }

  private void update(Way way, Height at) {
    way.from()
        .update(at)
        .ifPresent(update -> add(new Due(way.to().ledger(), RelayStep.UPDATE, update)));
  }

  private void addBack(RelayStep step, PacketOperation operation) {
    add(new Due(plan.source().ledger(), step, operation));
  }

  private void add(Due next) {
    due.add(next);
    bytes += WireWriter.encode(next.operation()::writeTo).length();
  }
}
