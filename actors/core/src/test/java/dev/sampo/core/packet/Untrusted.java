package dev.sampo.core.packet;

import static dev.sampo.core.packet.TwoLedgers.GOLD;
import static dev.sampo.core.packet.TwoLedgers.GOLD_ON_B;
import static dev.sampo.core.packet.TwoLedgers.SALT;
import static dev.sampo.core.packet.TwoLedgers.SALT_ON_A;
import static dev.sampo.core.packet.TwoLedgers.TO_A;
import static dev.sampo.core.packet.TwoLedgers.TO_B;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.TestLedger;
import dev.sampo.core.packet.PacketOperation.AcknowledgePacket;
import dev.sampo.core.packet.PacketOperation.Bundle;
import dev.sampo.core.packet.PacketOperation.OnPacket;
import dev.sampo.core.packet.PacketOperation.ReceivePacket;
import dev.sampo.core.packet.PacketOperation.TimeoutPacket;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** People who send, and a relayer who drops, repeats, reorders, delays and forges, by chance. */
final class Untrusted {

  private static final List<AccountId> SENDERS = List.of(TestLedger.ALICE, TestLedger.BOB);
  private static final List<AccountId> RECIPIENTS =
      List.of(TestLedger.ALICE, TestLedger.BOB, TestLedger.CAROL, new AccountId("nobody"));

  /** What the relayer holds, to be delivered at any time, any number of times, or never. */
  private record Message(Side to, PacketOperation operation) {}

  private final TwoLedgers ledgers;
  private final RandomGenerator random;
  private final List<Packet> sent = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();

  Untrusted(TwoLedgers ledgers, RandomGenerator random) {
    this.ledgers = ledgers;
    this.random = random;
  }

  /** All packets that were ever sent. */
  List<Packet> sent() {
    return sent;
  }

  /** Adds a block or two to one of the ledgers, and gives which. */
  Side step() {
    var side = random.nextBoolean() ? ledgers.a : ledgers.b;
    switch (random.nextInt(10)) {
      case 0, 1 -> send(side);
      case 2 -> side.pass(1 + random.nextInt(15_000));
      case 3 -> side.submit(update(other(side)));
      default -> {
        return relay(side);
      }
    }
    return side;
  }

  private Side other(Side side) {
    return side == ledgers.a ? ledgers.b : ledgers.a;
  }

  private void send(Side side) {
    boolean isA = side == ledgers.a;
    List<AssetId> assets = isA ? List.of(GOLD, SALT_ON_A) : List.of(SALT, GOLD_ON_B);
    var channel = isA ? TO_B : TO_A;
    var payload =
        Assets.sendAcross(
            channel,
            any(assets),
            any(RECIPIENTS),
            1 + random.nextInt(300),
            other(side).in(9_000 + random.nextInt(90_000)));
    if (side.submit(any(SENDERS), payload).equals("OK")) {
      sent.add(side.lastSent(channel));
    }
  }

  private UpdateClient update(Side of) {
    return of.update(1 + random.nextLong(of.height()));
  }

  private Side relay(Side side) {
    collect(side);
    var message = messages.isEmpty() ? new Message(side, update(other(side))) : any(messages);
    var operation = random.nextInt(4) == 0 ? forged(message.operation) : message.operation;
    var to = random.nextInt(20) == 0 ? other(message.to) : message.to;
    if (random.nextInt(3) > 0 && message.to == to) {
      to.submit(other(to).update(anchorOf(message.operation)));
    }
    to.submit(
        operation instanceof OnPacket part && random.nextInt(3) == 0
            ? bundle(part, to)
            : operation);
    return to;
  }

  /** With others that are for that ledger, some of them forged, some twice. */
  private Bundle bundle(OnPacket part, Side to) {
    var parts = new ArrayList<OnPacket>(List.of(part));
    for (var message : messages) {
      if (message.to == to
          && parts.size() < Bundle.PARTS_MAX
          && random.nextInt(3) == 0
          && message.operation instanceof OnPacket other) {
        parts.add(random.nextInt(4) == 0 ? (OnPacket) forged(other) : other);
      }
    }
    var anchor =
        random.nextBoolean() ? Optional.of(update(other(to))) : Optional.<UpdateClient>empty();
    return new Bundle(anchor, parts);
  }

  private long anchorOf(PacketOperation operation) {
    return switch (operation) {
      case ReceivePacket(_, var proof) -> proof.anchor().number();
      case AcknowledgePacket(_, _, var proof) -> proof.anchor().number();
      case TimeoutPacket(_, var proof) -> proof.anchor().number();
      case UpdateClient _, Bundle _, PacketOperation.ReportFork _, PacketOperation.Approve _ -> 1;
    };
  }

  /** Looks at the other ledger for something to prove to {@code side} now. */
  private void collect(Side side) {
    if (sent.isEmpty()) {
      return;
    }
    var packet = any(sent);
    var from = other(side);
    if (packet.destination().ledger().equals(side.id())) {
      messages.add(new Message(side, from.receive(packet)));
      return;
    }
    messages.add(new Message(side, from.timeOut(packet)));
    if (from.answered(packet).isPresent()) {
      messages.add(new Message(side, from.acknowledge(packet)));
    }
  }

  private PacketOperation forged(PacketOperation operation) {
    return switch (operation) {
      case ReceivePacket(var packet, var proof) ->
          random.nextBoolean()
              ? new ReceivePacket(forged(packet), proof)
              : new ReceivePacket(packet, forged(proof));
      case AcknowledgePacket(var packet, var acknowledgement, var proof) ->
          random.nextBoolean()
              ? new AcknowledgePacket(forged(packet), acknowledgement, proof)
              : new AcknowledgePacket(
                  packet,
                  acknowledgement.ok() ? new Acknowledgement("FORGED") : Acknowledgement.OK,
                  proof);
      case TimeoutPacket(var packet, var proof) ->
          random.nextBoolean()
              ? new TimeoutPacket(forged(packet), proof)
              : new TimeoutPacket(packet, forged(proof));
      case UpdateClient _, Bundle _, PacketOperation.ReportFork _, PacketOperation.Approve _ ->
          operation;
    };
  }

  private PacketProof forged(PacketProof proof) {
    return random.nextBoolean()
        ? new PacketProof(Height.of(1 + random.nextLong(200)), proof.tree())
        : new PacketProof(
            proof.anchor(),
            any(List.of(ledgers.a, ledgers.b)).prove(any(sent).receiptKey()).tree());
  }

  private Packet forged(Packet packet) {
    var content = packet.content().toByteArray();
    content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
    return new Packet(
        packet.source(),
        packet.destination(),
        random.nextBoolean() ? packet.sequence() : 1 + random.nextLong(20),
        packet.timeout(),
        packet.application(),
        Bytes.owning(content),
        packet.version());
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
