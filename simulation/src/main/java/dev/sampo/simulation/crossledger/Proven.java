package dev.sampo.simulation.crossledger;

import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.light.StateProof;
import dev.sampo.core.packet.Acknowledgement;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.packet.PacketOperation;
import dev.sampo.core.packet.PacketOperation.AcknowledgePacket;
import dev.sampo.core.packet.PacketOperation.ReceivePacket;
import dev.sampo.core.packet.PacketOperation.TimeoutPacket;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.packet.PacketProof;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.wire.Malformed;
import java.util.List;
import java.util.Optional;

/** Something to do with a packet at one ledger, and the anchor of the other that it needs. */
record Proven(UpdateClient update, PacketOperation operation) {

  private static final int PACKETS_MAX = 200;

  /** What a ledger has sent through a channel without knowing yet how it ended. */
  static List<Packet> pending(StateReader state, ChannelId channel) {
    var path = "commitment/" + channel;
    // 0 follows / in ASCII.
    return state.range(Bytes.ofAscii(path + "/"), Bytes.ofAscii(path + "0"), PACKETS_MAX).stream()
        .map(entry -> read(entry.value()))
        .toList();
  }

  private static Packet read(Bytes commitment) {
    try {
      return Packet.decode(commitment);
    } catch (Malformed damaged) {
      throw new IllegalStateException("a commitment is no packet", damaged);
    }
  }

  /** Read at the packet's source; nothing until what it says is certified. */
  static Optional<Proven> receive(LedgerReader source, Packet packet) {
    return source
        .prove(packet.commitmentKey())
        .filter(proof -> proof.value().isPresent())
        .map(proof -> new Proven(update(proof), new ReceivePacket(packet, proofOf(proof))));
  }

  /** Read at the packet's destination. */
  static Optional<Proven> acknowledge(LedgerReader destination, Packet packet) {
    return destination
        .prove(packet.acknowledgementKey())
        .flatMap(
            proof ->
                proof
                    .value()
                    .map(Proven::readAcknowledgement)
                    .map(
                        acknowledgement ->
                            new Proven(
                                update(proof),
                                new AcknowledgePacket(packet, acknowledgement, proofOf(proof)))));
  }

  private static Acknowledgement readAcknowledgement(Bytes value) {
    try {
      return Acknowledgement.decode(value);
    } catch (Malformed damaged) {
      throw new IllegalStateException("no acknowledgement", damaged);
    }
  }

  /** Read at the packet's destination; nothing before its time, or if it was received. */
  static Optional<Proven> timeOut(LedgerReader destination, Packet packet) {
    return absence(destination, packet)
        .filter(
            proven ->
                !proven.update.finality().target().time().isBefore(packet.timeout())
                    && destination.state().get(packet.receiptKey().name()).isEmpty());
  }

  /** That a ledger holds no receipt of the packet, or what looks so: whatever there is to see. */
  static Optional<Proven> absence(LedgerReader destination, Packet packet) {
    return destination
        .prove(packet.receiptKey())
        .map(proof -> new Proven(update(proof), new TimeoutPacket(packet, proofOf(proof))));
  }

  /** The newest anchor that a ledger can give others. */
  static Optional<UpdateClient> newest(LedgerReader ledger) {
    return ledger
        .newestStateCertificate()
        .flatMap(
            certificate ->
                ledger
                    .finalityProof(heightOf(certificate))
                    .map(finality -> new UpdateClient(finality, certificate)));
  }

  private static Height heightOf(Certificate certificate) {
    return switch (certificate.statement()) {
      case Statement.StateAttest attest -> attest.height();
      case Statement other -> throw new IllegalStateException("no state certificate: " + other);
    };
  }

  private static UpdateClient update(StateProof proof) {
    return new UpdateClient(proof.finality(), proof.state());
  }

  private static PacketProof proofOf(StateProof proof) {
    return new PacketProof(proof.finality().target().height(), proof.tree());
  }
}
