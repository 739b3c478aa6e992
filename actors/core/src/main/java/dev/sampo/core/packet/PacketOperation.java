package dev.sampo.core.packet;

import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a transaction may ask of an application about packets. All but {@link Approve} may come from
 * any account: who carries proofs is not trusted.
 */
public sealed interface PacketOperation {

  /** Takes one packet a step further, by a proof of its other end. */
  sealed interface OnPacket extends PacketOperation
      permits ReceivePacket, AcknowledgePacket, TimeoutPacket {

    Packet packet();

    PacketProof proof();
  }

  /** Receives a packet at its destination; {@code proof} shows its commitment at the source. */
  record ReceivePacket(Packet packet, PacketProof proof) implements OnPacket {}

  /** Settles a packet at its source; {@code proof} shows its acknowledgement. */
  record AcknowledgePacket(Packet packet, Acknowledgement acknowledgement, PacketProof proof)
      implements OnPacket {}

  /** Refunds a packet at its source; {@code proof} shows that it was not received in time. */
  record TimeoutPacket(Packet packet, PacketProof proof) implements OnPacket {}

  /** Proves a state of the peer that {@code finality} is about: a new anchor. */
  record UpdateClient(FinalityProof finality, Certificate state) implements PacketOperation {}

  /** Proves two histories of one peer: its client freezes. */
  record ReportFork(FinalityProof first, FinalityProof second) implements PacketOperation {}

  /** An operator's word for a proposal, which is carried out at the threshold. */
  record Approve(Proposal proposal) implements PacketOperation {}

  /**
   * Several operations by one signature, each of which succeeds or fails by itself.
   *
   * @param update comes first, so that the others may rest upon its anchor
   * @param parts 1 to {@link #PARTS_MAX}, in the order in which they are carried out
   */
  record Bundle(Optional<UpdateClient> update, List<OnPacket> parts) implements PacketOperation {

    /** Most parts: so many fit the limits of one transaction, see {@link PacketHandler}. */
    public static final int PARTS_MAX = 15;

    /** Most siblings of all proofs together: so many hashes does it cost to check them. */
    public static final int SIBLINGS_MAX = 1_024;

    public Bundle {
      parts = List.copyOf(parts);
      if (parts.isEmpty() || parts.size() > PARTS_MAX) {
        throw new IllegalArgumentException("a bundle has 1 to " + PARTS_MAX + " parts");
      }
      if (siblings(parts) > SIBLINGS_MAX) {
        throw new IllegalArgumentException("proofs with more than " + SIBLINGS_MAX + " siblings");
      }
    }

    /** How many siblings the proofs of these parts have together. */
    public static int siblings(List<OnPacket> parts) {
      return parts.stream().mapToInt(part -> part.proof().tree().siblings().size()).sum();
    }

    /** By how many bytes a part lengthens a bundle, as its first or after another. */
    public static int lengthOf(OnPacket part, Optional<OnPacket> before) {
      var proofs =
          before.map(OnPacket::proof).map(ProofSeries::after).orElseGet(ProofSeries::start);
      return WireWriter.encode(out -> writePart(part, proofs, out)).length();
    }

    /** The update, if there is one, and the parts. */
    public List<PacketOperation> operations() {
      return Stream.<PacketOperation>concat(update.stream(), parts.stream()).toList();
    }
  }

  /** Writes the code of the case, 5 to 10 or 12, and what it has. */
  default void writeTo(WireWriter out) {
    switch (this) {
      case OnPacket part -> {
        writeHead(part, out);
        part.proof().writeTo(out);
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
      case Bundle(var update, var parts) -> {
        out.u8(12).list(update.stream().toList(), UpdateClient::writeTo);
        var proofs = ProofSeries.start();
        out.list(parts, (part, each) -> writePart(part, proofs, each));
      }
    }
  }

  private static void writePart(OnPacket part, ProofSeries proofs, WireWriter out) {
    writeHead(part, out);
    proofs.write(part.proof(), out);
  }

  /** Everything but the proof. */
  private static void writeHead(OnPacket part, WireWriter out) {
    switch (part) {
      case ReceivePacket(var packet, _) -> packet.writeTo(out.u8(5));
      case AcknowledgePacket(var packet, var acknowledgement, _) -> {
        packet.writeTo(out.u8(6));
        acknowledgement.writeTo(out);
      }
      case TimeoutPacket(var packet, _) -> packet.writeTo(out.u8(7));
    }
  }

  /** Reads what the case has whose code is {@code code}. */
  static PacketOperation readFrom(int code, WireReader in) throws Malformed {
    return switch (code) {
      case 5, 6, 7 -> readOnPacket(code, in, PacketProof::readFrom);
      case 8 -> readUpdate(in);
      case 9 -> new ReportFork(FinalityProof.readFrom(in), FinalityProof.readFrom(in));
      case 10 -> new Approve(Proposal.readFrom(in));
      case 12 -> readBundle(in);
      default -> throw new Malformed("unknown operation");
    };
  }

  private static Bundle readBundle(WireReader in) throws Malformed {
    var update = in.list(1, each -> readUpdate(expecting(8, each)));
    var proofs = ProofSeries.start();
    var parts = in.list(Bundle.PARTS_MAX, each -> readOnPacket(each.u8(), each, proofs::read));
    return new Bundle(update.stream().findFirst(), parts);
  }

  private static WireReader expecting(int code, WireReader in) throws Malformed {
    if (in.u8() != code) {
      throw new Malformed("not the operation that belongs there");
    }
    return in;
  }

  private static UpdateClient readUpdate(WireReader in) throws Malformed {
    return new UpdateClient(FinalityProof.readFrom(in), Certificate.readFrom(in));
  }

  private static OnPacket readOnPacket(
      int code, WireReader in, WireReader.Decoder<PacketProof> proof) throws Malformed {
    return switch (code) {
      case 5 -> new ReceivePacket(Packet.readFrom(in), proof.read(in));
      case 6 ->
          new AcknowledgePacket(Packet.readFrom(in), Acknowledgement.readFrom(in), proof.read(in));
      case 7 -> new TimeoutPacket(Packet.readFrom(in), proof.read(in));
      default -> throw new Malformed("unknown operation on a packet");
    };
  }
}
