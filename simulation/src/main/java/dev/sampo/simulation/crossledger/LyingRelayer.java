package dev.sampo.simulation.crossledger;

import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.packet.Acknowledgement;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.packet.PacketOperation;
import dev.sampo.core.packet.PacketOperation.AcknowledgePacket;
import dev.sampo.core.packet.PacketOperation.TimeoutPacket;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.transaction.AccountId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Does what nobody should believe: hands in again what was handed in before, here or elsewhere,
 * changed or as it was; keeps things back until it is too late; asks for refunds too early, or with
 * the word of another ledger. It updates clients so that its lies are looked at.
 */
final class LyingRelayer {

  private static final AccountId SELF = Accounts.RELAYERS.getLast();
  private static final long KEPT_MILLIS_MAX = 30_000;

  /** Handed in once this time has come. */
  private record Kept(Duration until, int ledger, Proven proven) {}

  private final List<Ledger> ledgers;
  private final List<Way> ways;
  private final History history;
  private final SplittableRandom random;
  private final Forgery forgery;
  private final List<Kept> kept = new ArrayList<>();

  LyingRelayer(List<Ledger> ledgers, List<Way> ways, History history, SplittableRandom random) {
    this.ledgers = ledgers;
    this.ways = ways;
    this.history = history;
    this.random = random;
    this.forgery = new Forgery(random.split());
  }

  void act(Duration now) {
    handInKept(now);
    switch (random.nextInt(8)) {
      case 0, 1 -> history.any().ifPresent(old -> handIn(old.ledger(), old.proven()));
      case 2 -> history.any().ifPresent(old -> handIn(anyLedger(), old.proven()));
      case 3 -> history.any().ifPresent(old -> handIn(old.ledger(), forged(old.proven())));
      case 4 -> anyPending().ifPresent(found -> keepArrival(found, now));
      case 5 -> anyPending().ifPresent(found -> keepAbsence(found, now));
      case 6 -> anyPending().ifPresent(this::refundByAnother);
      default -> anyPending().ifPresent(this::inventAcknowledgement);
    }
  }

  private int anyLedger() {
    return random.nextInt(ledgers.size());
  }

  private void handInKept(Duration now) {
    var due = kept.stream().filter(each -> each.until.compareTo(now) <= 0).toList();
    kept.removeAll(due);
    due.forEach(each -> handIn(each.ledger, each.proven));
  }

  private void keep(int ledger, Proven proven, Duration now) {
    history.add(ledger, proven);
    // Often just as long as a packet has to arrive, seldom much longer.
    long wait = random.nextLong(random.nextInt(4) == 0 ? KEPT_MILLIS_MAX : 6_000);
    kept.add(new Kept(now.plusMillis(wait), ledger, proven));
  }

  private void handIn(int ledger, Proven proven) {
    var to = ledgers.get(ledger);
    if (random.nextInt(4) == 0) {
      to.smuggle(SELF, proven.operation(), _ -> {});
    } else {
      to.smuggle(SELF, proven.update(), _ -> to.smuggle(SELF, proven.operation(), _ -> {}));
    }
  }

  private Proven forged(Proven proven) {
    var other = history.any().map(old -> old.proven().operation()).orElse(proven.operation());
    return new Proven(proven.update(), forgery.of(proven.operation(), other));
  }

  /** A packet on its way. */
  private record Found(Way way, Packet packet) {}

  private Optional<Found> anyPending() {
    var way = ways.get(random.nextInt(ways.size()));
    return ledgers
        .get(way.from().ledger())
        .read(reader -> Proven.pending(reader.state(), way.from().channel()))
        .filter(pending -> !pending.isEmpty())
        .map(pending -> new Found(way, pending.get(random.nextInt(pending.size()))));
  }

  /** A packet is brought when it may be too late. */
  private void keepArrival(Found found, Duration now) {
    ledgers
        .get(found.way.from().ledger())
        .find(reader -> Proven.receive(reader, found.packet))
        .ifPresent(proven -> keep(found.way.to().ledger(), proven, now));
  }

  /** That it was not received yet is said when it may have been, and before its time. */
  private void keepAbsence(Found found, Duration now) {
    ledgers
        .get(found.way.to().ledger())
        .find(reader -> Proven.absence(reader, found.packet))
        .ifPresent(proven -> keep(found.way.from().ledger(), proven, now));
  }

  /** A ledger that the packet never went to did not receive it. */
  private void refundByAnother(Found found) {
    int from = found.way.from().ledger();
    var peers =
        ways.stream()
            .filter(way -> way.to().ledger() == from)
            .map(way -> way.from().ledger())
            .filter(peer -> peer != found.way.to().ledger())
            .distinct()
            .toList();
    int witness = peers.isEmpty() ? from : peers.get(random.nextInt(peers.size()));
    ledgers
        .get(witness)
        .find(reader -> Proven.absence(reader, found.packet))
        .ifPresent(proven -> lie(from, proven));
  }

  /** The proof of absence is taken for one of an acknowledgement. */
  private void inventAcknowledgement(Found found) {
    ledgers
        .get(found.way.to().ledger())
        .find(reader -> answerOrAbsence(reader, found.packet))
        .ifPresent(proven -> lie(found.way.from().ledger(), invented(proven)));
  }

  private static Optional<Proven> answerOrAbsence(LedgerReader reader, Packet packet) {
    return Proven.acknowledge(reader, packet).or(() -> Proven.absence(reader, packet));
  }

  private Proven invented(Proven proven) {
    var refused = new Acknowledgement("UNKNOWN_ACCOUNT");
    var operation =
        switch (proven.operation()) {
          case AcknowledgePacket(var packet, var said, var proof) ->
              new AcknowledgePacket(packet, Forgery.opposite(said), proof);
          case TimeoutPacket(var packet, var proof) ->
              new AcknowledgePacket(packet, refused, proof);
          case PacketOperation.ReceivePacket other -> other;
          case UpdateClient other -> other;
          case PacketOperation.Bundle other -> other;
          case PacketOperation.ReportFork other -> other;
          case PacketOperation.Approve other -> other;
        };
    return new Proven(proven.update(), operation);
  }

  private void lie(int ledger, Proven proven) {
    history.add(ledger, proven);
    handIn(ledger, proven);
  }
}
