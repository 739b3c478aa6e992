package dev.sampo.core.packet;

import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * What a transaction may ask of an application about packets. All but {@link Approve} may come from
 * any account: who carries proofs is not trusted.
 */
public sealed interface PacketOperation {

  /** Receives a packet at its destination; {@code proof} shows its commitment at the source. */
  record ReceivePacket(Packet packet, PacketProof proof) implements PacketOperation {}

  /** Settles a packet at its source; {@code proof} shows its acknowledgement. */
  record AcknowledgePacket(Packet packet, Acknowledgement acknowledgement, PacketProof proof)
      implements PacketOperation {}

  /** Refunds a packet at its source; {@code proof} shows that it was not received in time. */
  record TimeoutPacket(Packet packet, PacketProof proof) implements PacketOperation {}

  /** Proves a state of the peer that {@code finality} is about: a new anchor. */
  record UpdateClient(FinalityProof finality, Certificate state) implements PacketOperation {}

  /** Proves two histories of one peer: its client freezes. */
  record ReportFork(FinalityProof first, FinalityProof second) implements PacketOperation {}

  /** An operator's word for a proposal, which is carried out at the threshold. */
  record Approve(Proposal proposal) implements PacketOperation {}

  /** Writes the code of the case, 5 to 10, and its parts. */
  default void writeTo(WireWriter out) {
    switch (this) {
      case ReceivePacket(var packet, var proof) -> {
        packet.writeTo(out.u8(5));
        proof.writeTo(out);
      }
      case AcknowledgePacket(var packet, var acknowledgement, var proof) -> {
        packet.writeTo(out.u8(6));
        acknowledgement.writeTo(out);
        proof.writeTo(out);
      }
      case TimeoutPacket(var packet, var proof) -> {
        packet.writeTo(out.u8(7));
        proof.writeTo(out);
      }
      case UpdateClient(var finality, var state) -> {
        finality.writeTo(out.u8(8));
        state.writeTo(out);
      }
      case ReportFork(var first, var second) -> {
        first.writeTo(out.u8(9));
        second.writeTo(out);
      }
      case Approve(var proposal) -> proposal.writeTo(out.u8(10));
    }
  }

  /** Reads the parts of the case whose code is {@code code}. */
  static PacketOperation readFrom(int code, WireReader in) throws Malformed {
    return switch (code) {
      case 5 -> new ReceivePacket(Packet.readFrom(in), PacketProof.readFrom(in));
      case 6 ->
          new AcknowledgePacket(
              Packet.readFrom(in), Acknowledgement.readFrom(in), PacketProof.readFrom(in));
      case 7 -> new TimeoutPacket(Packet.readFrom(in), PacketProof.readFrom(in));
      case 8 -> new UpdateClient(FinalityProof.readFrom(in), Certificate.readFrom(in));
      case 9 -> new ReportFork(FinalityProof.readFrom(in), FinalityProof.readFrom(in));
      case 10 -> new Approve(Proposal.readFrom(in));
      default -> throw new Malformed("unknown operation");
    };
  }
}
