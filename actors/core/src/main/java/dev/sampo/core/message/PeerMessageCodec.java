package dev.sampo.core.message;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.Cut;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage.Attestation;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.message.PeerMessage.BatchResponse;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.PeerMessage.FinalBlocksRequest;
import dev.sampo.core.message.PeerMessage.IncarnationAnnounced;
import dev.sampo.core.message.PeerMessage.IncarnationConfirmed;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.Recover;
import dev.sampo.core.message.PeerMessage.RecoverReply;
import dev.sampo.core.message.PeerMessage.StateCertificates;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.message.PeerMessage.TransactionGossip;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Vote;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The canonical encoding of messages between validators (protocol 2.2): ledger, last final view,
 * the code of the message, its fields. Within the bounds here every message fits the frames of its
 * stream.
 */
public final class PeerMessageCodec {

  /** Most certificates in one justification; P4 keeps them below 64 KiB. */
  public static final int JUSTIFICATION_MAX = 1024;

  /** Most certificates in one message; more are sent in several. */
  public static final int CERTIFICATES_MAX = 128;

  /** Most headers in one message. */
  public static final int HEADERS_MAX = 1024;

  /** Most votes in one echo; S3 sends no more than 64. */
  public static final int ECHO_MAX = 256;

  /** Most transactions in one message. */
  public static final int GOSSIP_MAX = 4096;

  /** Most bytes of encoded transactions in one message. */
  public static final int GOSSIP_BYTES_MAX = 1024 * 1024;

  /** Most blocks in one answer. */
  public static final int FINAL_BLOCKS_MAX = 1024;

  /** Most bytes of encoded blocks in one answer; the largest block fits. */
  public static final int FINAL_BLOCKS_BYTES_MAX = 1536 * 1024;

  /** Most proofs of availability in one message. */
  public static final int PROOFS_MAX = 128;

  /** Most batches in one answer. */
  public static final int BATCHES_MAX = 1024;

  /** Most bytes of encoded batches in one answer; the largest batch fits. */
  public static final int BATCHES_BYTES_MAX = 1536 * 1024;

  private static final int COUNT_LENGTH = 4;
  private static final int ENVELOPE_LENGTH = LedgerId.LENGTH + 8 + 1;

  private PeerMessageCodec() {}

  /** Throws {@link IllegalArgumentException} if one of our own messages breaks a bound. */
  public static Bytes encode(Envelope envelope) {
    var message = envelope.message();
    var frame =
        WireWriter.encode(
            expectedLength(message),
            out -> {
              out.fixed(envelope.ledger().value()).u64(envelope.lastFinal().number());
              write(message, out);
            });
    requireWithin(streamOf(message).frameBytesMax(), frame.length(), "bytes in a frame");
    return frame;
  }

  /** The ledger that a frame names; nothing if it is too short to. The rest may be anything. */
  public static Optional<LedgerId> ledgerOf(Bytes frame) {
    return frame.length() < LedgerId.LENGTH
        ? Optional.empty()
        : Optional.of(new LedgerId(frame.slice(0, LedgerId.LENGTH)));
  }

  /** Never throws, whatever the bytes. */
  public static Decoded decode(Bytes frame) {
    if (frame.length() > PeerStream.BODIES.frameBytesMax()) {
      return new Decoded.Refused("a frame of " + frame.length() + " bytes");
    }
    try {
      return new Decoded.Ok(WireReader.decode(frame, PeerMessageCodec::readEnvelope));
    } catch (Malformed malformed) {
      return new Decoded.Refused(String.valueOf(malformed.getMessage()));
    }
  }

  /** The stream that the message travels on; its frame always fits. */
  public static PeerStream streamOf(PeerMessage message) {
    return switch (message) {
      case ConsensusVote v -> PeerStream.VOTES;
      case Recover r -> PeerStream.VOTES;
      case RecoverReply r -> PeerStream.VOTES;
      case IncarnationAnnounced a -> PeerStream.VOTES;
      case IncarnationConfirmed c -> PeerStream.VOTES;
      case CertificateRequest r -> PeerStream.VOTES;
      case BlockRequest r -> PeerStream.VOTES;
      case Status s -> PeerStream.VOTES;
      case FinalBlocksRequest r -> PeerStream.VOTES;
      case BatchRequest r -> PeerStream.VOTES;
      case BatchAck a -> PeerStream.VOTES;
      case AvailabilityProofs(var proofs) -> streamFor(COUNT_LENGTH + lengthOf(proofs));
      case BatchAppended b -> PeerStream.BODIES;
      case BatchResponse r -> PeerStream.BODIES;
      case Attestation a -> PeerStream.VOTES;
      case Certificates(var certificates, var headers) ->
          streamFor(2 * COUNT_LENGTH + lengthOf(certificates) + lengthOfHeaders(headers));
      case StateCertificates(var certificates) -> streamFor(COUNT_LENGTH + lengthOf(certificates));
      case Proposal p -> PeerStream.BODIES;
      case BlockResponse r -> PeerStream.BODIES;
      case TransactionGossip g -> PeerStream.BODIES;
      case FinalBlocks b -> PeerStream.BODIES;
    };
  }

  private static PeerStream streamFor(long length) {
    return ENVELOPE_LENGTH + length <= PeerStream.VOTES.frameBytesMax()
        ? PeerStream.VOTES
        : PeerStream.BODIES;
  }

  private static long lengthOf(List<Certificate> certificates) {
    return certificates.stream().mapToLong(Certificate::encodedLength).sum();
  }

  private static long lengthOfHeaders(List<BlockHeader> headers) {
    return (long) headers.size() * BlockHeader.ENCODED_LENGTH;
  }

  private static int expectedLength(PeerMessage message) {
    return switch (message) {
      case Proposal(var block, _, _) -> block.encodedLength() + 8192;
      case BlockResponse(var block) -> block.encodedLength() + ENVELOPE_LENGTH;
      case BatchAppended(var batch, _) -> batch.encodedLength() + 8192;
      default -> 1024;
    };
  }

  private static void write(PeerMessage message, WireWriter out) {
    switch (message) {
      case Proposal(var block, var signature, var justification) -> {
        block.writeTo(out.u8(1));
        out.fixed(signature.value());
        writeList(out, JUSTIFICATION_MAX, justification, Certificate::writeTo);
      }
      case ConsensusVote(var vote) -> vote.writeTo(out.u8(2));
      case Certificates(var certificates, var headers) -> {
        writeList(out.u8(3), CERTIFICATES_MAX, certificates, Certificate::writeTo);
        writeList(out, HEADERS_MAX, headers, BlockHeader::writeTo);
      }
      case CertificateRequest(var epoch, var from, var to) ->
          out.u8(4).u64(epoch.number()).u64(from.number()).u64(to.number());
      case BlockRequest(var block) -> out.u8(5).hash(block);
      case BlockResponse(var block) -> block.writeTo(out.u8(6));
      case Status(var epoch, var view, var finalView, var finalHeight, var echo) -> {
        out.u8(7).u64(epoch.number()).u64(view.number());
        out.u64(finalView.number()).u64(finalHeight.number());
        writeList(out, ECHO_MAX, echo, Vote::writeTo);
      }
      case TransactionGossip(var transactions) -> {
        long length = transactions.stream().mapToLong(SignedTransaction::encodedLength).sum();
        requireWithin(GOSSIP_BYTES_MAX, length, "bytes of transactions");
        writeList(out.u8(8), GOSSIP_MAX, transactions, SignedTransaction::writeTo);
      }
      case FinalBlocksRequest(var from) -> out.u8(9).u64(from.number());
      case FinalBlocks(var blocks, var proof) -> {
        long length = blocks.stream().mapToLong(Block::encodedLength).sum();
        requireWithin(FINAL_BLOCKS_BYTES_MAX, length, "bytes of blocks");
        writeList(out.u8(10), FINAL_BLOCKS_MAX, blocks, Block::writeTo);
        proof.ifPresent(present -> present.writeTo(out));
      }
      case Attestation(var vote) -> vote.writeTo(out.u8(11));
      case StateCertificates(var certificates) ->
          writeList(out.u8(12), CERTIFICATES_MAX, certificates, Certificate::writeTo);
      case BatchAppended(var batch, var proof) -> {
        batch.writeTo(out.u8(13));
        writeOptional(out, proof);
      }
      case BatchAck(var vote) -> vote.writeTo(out.u8(14));
      case AvailabilityProofs(var proofs) ->
          writeList(out.u8(15), PROOFS_MAX, proofs, Certificate::writeTo);
      case BatchRequest(var epoch, var lane, var above, var batch) -> {
        out.u8(16).u64(epoch.number()).u16(lane.number()).u64(above.number());
        batch.writeTo(out);
      }
      case BatchResponse(var batches) -> {
        long length = batches.stream().mapToLong(Batch::encodedLength).sum();
        requireWithin(BATCHES_BYTES_MAX, length, "bytes of batches");
        writeList(out.u8(17), BATCHES_MAX, batches, Batch::writeTo);
      }
      case Recover(var vote) -> vote.writeTo(out.u8(18));
      case RecoverReply reply -> write(reply, out.u8(19));
      case IncarnationAnnounced(var vote) -> vote.writeTo(out.u8(20));
      case IncarnationConfirmed(var vote) -> vote.writeTo(out.u8(21));
    }
  }

  private static void write(RecoverReply reply, WireWriter out) {
    reply.vote().writeTo(out);
    writeOptional(out, reply.left());
    writeOptional(out, reply.finality());
    out.bool(reply.announcement().isPresent());
    reply.announcement().ifPresent(present -> present.writeTo(out));
  }

  private static Envelope readEnvelope(WireReader in) throws Malformed {
    return new Envelope(new LedgerId(in.fixed(LedgerId.LENGTH)), View.of(in.u64()), read(in));
  }

  private static PeerMessage read(WireReader in) throws Malformed {
    int code = in.u8();
    return switch (code) {
      case 1 ->
          new Proposal(
              Block.readFrom(in),
              new Signature(in.fixed(Signature.LENGTH)),
              in.list(JUSTIFICATION_MAX, Certificate::readFrom));
      case 2 -> new ConsensusVote(Vote.readFrom(in));
      case 3 ->
          new Certificates(
              in.list(CERTIFICATES_MAX, Certificate::readFrom),
              in.list(HEADERS_MAX, BlockHeader::readFrom));
      case 4 -> new CertificateRequest(readEpoch(in), View.of(in.u64()), View.of(in.u64()));
      case 5 -> new BlockRequest(in.hash());
      case 6 -> new BlockResponse(Block.readFrom(in));
      case 7 ->
          new Status(
              readEpoch(in),
              View.of(in.u64()),
              View.of(in.u64()),
              Height.of(in.u64()),
              in.list(ECHO_MAX, Vote::readFrom));
      case 8 -> new TransactionGossip(readTransactions(in));
      case 9 -> new FinalBlocksRequest(Height.of(in.u64()));
      case 10 -> readFinalBlocks(in);
      case 11 -> new Attestation(Vote.readFrom(in));
      case 12 -> new StateCertificates(in.list(CERTIFICATES_MAX, Certificate::readFrom));
      case 13 -> new BatchAppended(Batch.readFrom(in), readOptional(in));
      case 14 -> new BatchAck(Vote.readFrom(in));
      case 15 -> new AvailabilityProofs(in.list(PROOFS_MAX, Certificate::readFrom));
      case 16 ->
          new BatchRequest(
              readEpoch(in),
              ValidatorIndex.of(in.u16()),
              Height.of(in.u64()),
              Cut.Tip.readFrom(in));
      case 17 ->
          new BatchResponse(
              in.within(
                  COUNT_LENGTH + BATCHES_BYTES_MAX,
                  bounded -> bounded.list(BATCHES_MAX, Batch::readFrom)));
      case 18 -> new Recover(Vote.readFrom(in));
      case 19 ->
          new RecoverReply(
              Vote.readFrom(in),
              readOptional(in),
              readOptional(in),
              in.bool() ? Optional.of(Vote.readFrom(in)) : Optional.empty());
      case 20 -> new IncarnationAnnounced(Vote.readFrom(in));
      case 21 -> new IncarnationConfirmed(Vote.readFrom(in));
      default -> throw new Malformed("unknown message " + code);
    };
  }

  private static void writeOptional(WireWriter out, Optional<Certificate> certificate) {
    out.bool(certificate.isPresent());
    certificate.ifPresent(present -> present.writeTo(out));
  }

  private static Optional<Certificate> readOptional(WireReader in) throws Malformed {
    return in.bool() ? Optional.of(Certificate.readFrom(in)) : Optional.empty();
  }

  private static Epoch readEpoch(WireReader in) throws Malformed {
    return Epoch.of(in.u64());
  }

  private static List<SignedTransaction> readTransactions(WireReader in) throws Malformed {
    return in.within(
        COUNT_LENGTH + GOSSIP_BYTES_MAX,
        bounded -> bounded.list(GOSSIP_MAX, SignedTransaction::readFrom));
  }

  private static FinalBlocks readFinalBlocks(WireReader in) throws Malformed {
    var blocks =
        in.within(
            COUNT_LENGTH + FINAL_BLOCKS_BYTES_MAX,
            bounded -> bounded.list(FINAL_BLOCKS_MAX, Block::readFrom));
    // The proof is there exactly if there is a block for it.
    return new FinalBlocks(
        blocks, blocks.isEmpty() ? Optional.empty() : Optional.of(FinalityProof.readFrom(in)));
  }

  private static <T> void writeList(
      WireWriter out, int countMax, List<T> values, BiConsumer<T, WireWriter> element) {
    requireWithin(countMax, values.size(), "elements in a list");
    out.list(values, element);
  }

  private static void requireWithin(long max, long actual, String what) {
    if (actual > max) {
      throw new IllegalArgumentException(actual + " " + what + ", at most " + max);
    }
  }
}
