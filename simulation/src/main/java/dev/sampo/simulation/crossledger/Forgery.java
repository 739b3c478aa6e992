package dev.sampo.simulation.crossledger;

import dev.sampo.core.packet.Acknowledgement;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.packet.PacketOperation;
import dev.sampo.core.packet.PacketOperation.AcknowledgePacket;
import dev.sampo.core.packet.PacketOperation.Bundle;
import dev.sampo.core.packet.PacketOperation.OnPacket;
import dev.sampo.core.packet.PacketOperation.ReceivePacket;
import dev.sampo.core.packet.PacketOperation.TimeoutPacket;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.packet.PacketProof;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.vote.Certificate;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SplittableRandom;

/** Changes one thing about what somebody says of a packet. */
final class Forgery {

  private static final int DISTANCE_MAX = 20;

  private final SplittableRandom random;

  Forgery(SplittableRandom random) {
    this.random = random;
  }

  /** {@code operation} with something else in it; {@code other} may lend a proof. */
  PacketOperation of(PacketOperation operation, PacketOperation other) {
    return switch (operation) {
      case ReceivePacket(var packet, var proof) ->
          random.nextBoolean()
              ? new ReceivePacket(forged(packet), proof)
              : new ReceivePacket(packet, forged(proof, other));
      case AcknowledgePacket(var packet, var acknowledgement, var proof) ->
          random.nextBoolean()
              ? new AcknowledgePacket(packet, opposite(acknowledgement), proof)
              : new AcknowledgePacket(forged(packet), acknowledgement, forged(proof, other));
      case TimeoutPacket(var packet, var proof) ->
          random.nextBoolean()
              ? new TimeoutPacket(forged(packet), proof)
              : new TimeoutPacket(packet, forged(proof, other));
      case UpdateClient(var finality, var state) ->
          new UpdateClient(finality, withoutOneVote(state));
      case Bundle bundle -> forged(bundle, other);
      case PacketOperation.ReportFork report -> report;
      case PacketOperation.Approve approve -> approve;
    };
  }

  /** With one part that lies, or that comes twice; without the anchor, often. */
  private Bundle forged(Bundle bundle, PacketOperation other) {
    var parts = new ArrayList<>(bundle.parts());
    int place = random.nextInt(parts.size());
    if (random.nextBoolean() && parts.size() < Bundle.PARTS_MAX) {
      parts.add(parts.get(place));
    } else {
      parts.set(place, (OnPacket) of(parts.get(place), other));
    }
    return new Bundle(random.nextBoolean() ? bundle.update() : Optional.empty(), parts);
  }

  static Acknowledgement opposite(Acknowledgement acknowledgement) {
    return acknowledgement.ok() ? new Acknowledgement("UNKNOWN_ACCOUNT") : Acknowledgement.OK;
  }

  private static Certificate withoutOneVote(Certificate certificate) {
    var votes = certificate.votes();
    return new Certificate(certificate.statement(), votes.subList(0, votes.size() - 1));
  }

  private PacketProof forged(PacketProof proof, PacketOperation other) {
    long height = Math.max(1, proof.anchor().number() + distance());
    return switch (random.nextInt(3)) {
      case 0 -> new PacketProof(Height.of(height), proof.tree());
      case 1 -> new PacketProof(proof.anchor(), proofOf(other, proof).tree());
      default -> proofOf(other, proof);
    };
  }

  private static PacketProof proofOf(PacketOperation operation, PacketProof otherwise) {
    return switch (operation) {
      case ReceivePacket(_, var proof) -> proof;
      case AcknowledgePacket(_, _, var proof) -> proof;
      case TimeoutPacket(_, var proof) -> proof;
      case Bundle bundle -> proofOf(bundle.parts().getFirst(), otherwise);
      case UpdateClient _, PacketOperation.ReportFork _, PacketOperation.Approve _ -> otherwise;
    };
  }

  private Packet forged(Packet packet) {
    int what = random.nextInt(4);
    return new Packet(
        packet.source(),
        packet.destination(),
        what == 0 ? Math.max(1, packet.sequence() + distance()) : packet.sequence(),
        what == 1
            ? LedgerTime.ofMillis(Math.max(0, packet.timeout().millis() + 1_000L * distance()))
            : packet.timeout(),
        packet.application(),
        what >= 2 ? flipped(packet.content()) : packet.content(),
        packet.version());
  }

  private int distance() {
    return random.nextInt(-DISTANCE_MAX, DISTANCE_MAX + 1);
  }

  private Bytes flipped(Bytes content) {
    var bytes = content.toByteArray();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return Bytes.owning(bytes);
  }
}
