package dev.sampo.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.message.PeerMessage.BatchResponse;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.PeerMessage.IncarnationAnnounced;
import dev.sampo.core.message.PeerMessage.IncarnationConfirmed;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.Recover;
import dev.sampo.core.message.PeerMessage.RecoverReply;
import dev.sampo.core.message.PeerMessage.StateCertificates;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.message.PeerMessage.TransactionGossip;
import dev.sampo.core.testing.TestBatches;
import dev.sampo.core.testing.TestCommittee;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Protocol 2.2: messages between validators")
final class PeerMessageCodecTest {

  private static final Signature SIGNATURE = new Signature(Bytes.owning(new byte[64]));
  private static final int HEAD_LENGTH = 32 + 8;

  private final TestCommittee committee = TestCommittee.of(4);
  private final Block empty = committee.chain(1).get(1);

  @Test
  void theLargestMessageOfEachKindFitsItsStream() {
    var certificates = Collections.nCopies(PeerMessageCodec.CERTIFICATES_MAX, largest());
    var headers = Collections.nCopies(PeerMessageCodec.HEADERS_MAX, empty.header());
    var votes = Collections.nCopies(PeerMessageCodec.ECHO_MAX, largestVote());
    var chain = Collections.nCopies(FinalityProof.CHAIN_LENGTH_MAX, empty.header());
    var proof = new FinalityProof(chain, largest());

    assertFits(PeerStream.BODIES, new Certificates(certificates, headers));
    assertFits(PeerStream.BODIES, new StateCertificates(certificates));
    assertFits(
        PeerStream.VOTES, new Status(Epoch.ZERO, View.of(2), View.of(1), Height.of(1), votes));
    assertFits(PeerStream.VOTES, new ConsensusVote(largestVote()));
    assertFits(PeerStream.VOTES, new Recover(largestVote()));
    assertFits(
        PeerStream.VOTES,
        new RecoverReply(
            largestVote(),
            Optional.of(largest()),
            Optional.of(largest()),
            Optional.of(largestVote())));
    assertFits(PeerStream.VOTES, new IncarnationAnnounced(largestVote()));
    assertFits(PeerStream.VOTES, new IncarnationConfirmed(largestVote()));
    assertFits(PeerStream.BODIES, new BlockResponse(largestBlock()));
    assertFits(PeerStream.BODIES, new Proposal(largestBlock(), SIGNATURE, sixtyFourKibibytes()));
    assertFits(PeerStream.BODIES, new FinalBlocks(List.of(largestBlock()), Optional.of(proof)));
    assertFits(PeerStream.BODIES, new FinalBlocks(finalBlocks(), Optional.of(proof)));
    assertFits(
        PeerStream.BODIES, new TransactionGossip(transactions(PeerMessageCodec.GOSSIP_BYTES_MAX)));
  }

  @Test
  void theLargestMessageAboutALaneFitsItsStream() {
    var small = TestBatches.batch(127, Long.MAX_VALUE, Cut.Tip.UNUSED, 1);
    int count = PeerMessageCodec.BATCHES_BYTES_MAX / small.encodedLength();
    var many = Collections.nCopies(Math.min(count, PeerMessageCodec.BATCHES_MAX), small);
    var proofs = Collections.nCopies(PeerMessageCodec.PROOFS_MAX, largestProof());

    assertThat(largestBatch().encodedLength())
        .isBetween(Batch.ENCODED_BYTES_MAX - 102, Batch.ENCODED_BYTES_MAX);
    assertFits(PeerStream.BODIES, new BatchAppended(largestBatch(), Optional.of(largestProof())));
    assertFits(PeerStream.BODIES, new BatchAppended(small, Optional.empty()));
    assertFits(
        PeerStream.VOTES,
        new BatchAck(new Vote(largestBatch().ack(), ValidatorIndex.of(127), SIGNATURE)));
    assertFits(PeerStream.BODIES, new AvailabilityProofs(proofs));
    assertFits(
        PeerStream.VOTES,
        new BatchRequest(
            Epoch.ZERO, ValidatorIndex.of(127), Height.of(Long.MAX_VALUE), small.tip()));
    assertFits(PeerStream.BODIES, new BatchResponse(List.of(largestBatch(), largestBatch())));
    assertFits(PeerStream.BODIES, new BatchResponse(many));
  }

  @Test
  void aFewProofsTravelWithTheVotes() {
    assertFits(PeerStream.VOTES, new AvailabilityProofs(Collections.nCopies(7, largestProof())));
    assertFits(PeerStream.BODIES, new AvailabilityProofs(Collections.nCopies(8, largestProof())));
  }

  @Test
  void aBatchBeyondItsLimitIsRefused() {
    var oversized = frameOf(batchOf(transactions(Batch.ENCODED_BYTES_MAX)));

    assertThat(oversized.length()).isLessThan(PeerStream.BODIES.frameBytesMax());
    assertRefused(oversized);
    assertRefused(frameOf(batchOf(List.of())));
    assertThat(PeerMessageCodec.decode(frameOf(largestBatch()))).isInstanceOf(Decoded.Ok.class);
  }

  /** A batch appended without a proof, whether or not anybody would write it so. */
  private Bytes frameOf(Batch batch) {
    return WireWriter.encode(
        out -> {
          batch.writeTo(out.fixed(committee.ledger().value()).u64(1).u8(13));
          out.bool(false);
        });
  }

  @Test
  void aResponseOfTooManyBytesIsRefused() {
    // Each of the batches is within its limit, and the frame within the stream's.
    var frame =
        WireWriter.encode(
            out ->
                out.fixed(committee.ledger().value())
                    .u64(1)
                    .u8(17)
                    .list(Collections.nCopies(3, largestBatch()), Batch::writeTo));

    assertThat(frame.length()).isLessThan(PeerStream.BODIES.frameBytesMax());
    assertRefused(frame);
  }

  @Test
  void aFewCertificatesTravelWithTheVotes() {
    var few = Collections.nCopies(7, largest());
    var many = Collections.nCopies(8, largest());

    assertFits(PeerStream.VOTES, new Certificates(few, List.of()));
    assertFits(PeerStream.BODIES, new Certificates(many, List.of()));
    assertFits(PeerStream.VOTES, new StateCertificates(few));
    assertFits(PeerStream.BODIES, new StateCertificates(many));
    for (int headers = 230; headers < 240; headers++) {
      var message = new Certificates(List.of(), Collections.nCopies(headers, empty.header()));
      boolean small = encode(message).length() <= PeerStream.VOTES.frameBytesMax();
      assertThat(PeerMessageCodec.streamOf(message))
          .isEqualTo(small ? PeerStream.VOTES : PeerStream.BODIES);
    }
  }

  @Test
  void lengthsAreKnownWithoutEncoding() {
    for (var certificate : List.of(largest(), committee.certificate(TestCommittee.nullifies(1)))) {
      assertThat(certificate.encodedLength())
          .isEqualTo(WireWriter.encode(certificate::writeTo).length());
    }
    for (var block : List.of(empty, largestBlock())) {
      assertThat(block.encodedLength()).isEqualTo(WireWriter.encode(block::writeTo).length());
    }
    var statements =
        List.of(
            new Statement.Propose(Epoch.ZERO, View.of(1), Hash.ZERO),
            new Statement.Notarize(Epoch.ZERO, View.of(1), Hash.ZERO),
            TestCommittee.nullifies(1),
            committee.finalizes(empty),
            committee.attests(empty),
            largestBatch().statement(),
            largestBatch().ack());
    for (var statement : statements) {
      assertThat(statement.encodedLength())
          .isEqualTo(WireWriter.encode(statement::writeTo).length());
    }
  }

  @Test
  void refusesToSendWhatNobodyWouldAccept() {
    var header = empty.header();
    var tooManyHeaders = Collections.nCopies(PeerMessageCodec.HEADERS_MAX + 1, header);
    var tooManyCertificates = Collections.nCopies(PeerMessageCodec.CERTIFICATES_MAX + 1, largest());
    var tooManyVotes = Collections.nCopies(PeerMessageCodec.ECHO_MAX + 1, largestVote());
    var tooManyBytes = transactions(PeerMessageCodec.GOSSIP_BYTES_MAX + 100_000);
    var tooManyBlocks = new ArrayList<>(finalBlocks());
    tooManyBlocks.add(largestBlock());

    assertNotEncodable(new Certificates(List.of(), tooManyHeaders));
    assertNotEncodable(new Certificates(tooManyCertificates, List.of()));
    assertNotEncodable(new StateCertificates(tooManyCertificates));
    assertNotEncodable(new Status(Epoch.ZERO, View.of(2), View.of(1), Height.of(1), tooManyVotes));
    assertNotEncodable(new TransactionGossip(tooManyBytes));
    assertNotEncodable(
        new AvailabilityProofs(
            Collections.nCopies(PeerMessageCodec.PROOFS_MAX + 1, largestProof())));
    assertNotEncodable(new BatchResponse(Collections.nCopies(3, largestBatch())));
    assertNotEncodable(
        new BatchResponse(
            Collections.nCopies(
                PeerMessageCodec.BATCHES_MAX + 1, TestBatches.batch(1, 0, Cut.Tip.UNUSED, 1))));
    assertNotEncodable(new FinalBlocks(tooManyBlocks, Optional.of(committee.proof(empty))));
    assertNotEncodable(
        new Proposal(
            empty, SIGNATURE, Collections.nCopies(PeerMessageCodec.JUSTIFICATION_MAX, largest())));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 18, 21, 255})
  void unknownMessagesAreRefused(int code) {
    var frame = new byte[HEAD_LENGTH + 1 + 32];
    frame[HEAD_LENGTH] = (byte) code;

    assertRefused(Bytes.owning(frame));
  }

  @Test
  void framesBeyondTheLimitAreRefusedUnread() {
    assertRefused(Bytes.owning(new byte[PeerStream.BODIES.frameBytesMax() + 1]));
    assertRefused(Bytes.EMPTY);
  }

  @Test
  void aCountThatLiesIsRefusedBeforeMemoryIsReserved() {
    var frame = encode(new Certificates(List.of(), List.of())).toByteArray();
    frame[HEAD_LENGTH + 1] = 0x7f;

    assertRefused(Bytes.owning(frame));
  }

  @Test
  @Tag("fault-65")
  void numbersOutOfRangeAreRefused() {
    var frame = encode(new BlockRequest(Hash.ZERO)).toByteArray();
    frame[32] = (byte) 0x80;
    assertRefused(Bytes.copyOf(frame));

    frame[32] = 0x7f;
    assertThat(PeerMessageCodec.decode(Bytes.copyOf(frame))).isInstanceOf(Decoded.Ok.class);
  }

  @Test
  @Tag("fault-66")
  void signersOutOfRangeAreRefused() {
    var vote = encode(new ConsensusVote(committee.vote(TestCommittee.nullifies(1), 3)));
    int signerAt = vote.length() - 64 - 2;
    for (int signer : new int[] {128, 129, 255, 256, 65_535}) {
      var frame = vote.toByteArray();
      frame[signerAt] = (byte) (signer >> 8);
      frame[signerAt + 1] = (byte) signer;
      assertRefused(Bytes.owning(frame));
    }
  }

  @Test
  void aBlockBeyondItsLimitIsRefused() {
    var oversized = new Block(empty.header(), empty.cut(), transactions(Block.ENCODED_BYTES_MAX));
    var frame =
        WireWriter.encode(
            out -> oversized.writeTo(out.fixed(committee.ledger().value()).u64(1).u8(6)));

    assertThat(frame.length()).isLessThan(PeerStream.BODIES.frameBytesMax());
    assertRefused(frame);
  }

  @Test
  void finalBlocksComeWithTheirProof() {
    var proof = Optional.of(committee.proof(empty));

    assertThatThrownBy(() -> new FinalBlocks(List.of(), proof))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FinalBlocks(List.of(empty), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Bytes encode(PeerMessage message) {
    return PeerMessageCodec.encode(new Envelope(committee.ledger(), View.of(1), message));
  }

  private void assertFits(PeerStream stream, PeerMessage message) {
    var envelope = new Envelope(committee.ledger(), View.of(1), message);
    var frame = PeerMessageCodec.encode(envelope);

    assertThat(PeerMessageCodec.streamOf(message)).isEqualTo(stream);
    assertThat(frame.length()).isLessThanOrEqualTo(stream.frameBytesMax());
    assertThat(PeerMessageCodec.decode(frame)).isEqualTo(new Decoded.Ok(envelope));
  }

  private void assertNotEncodable(PeerMessage message) {
    assertThatThrownBy(() -> encode(message)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertRefused(Bytes frame) {
    assertThat(PeerMessageCodec.decode(frame)).isInstanceOf(Decoded.Refused.class);
  }

  /** All validators of the largest set have signed the longest statement. */
  private Certificate largest() {
    return new Certificate(
        committee.attests(empty),
        IntStream.range(0, ValidatorSet.MAX_SIZE)
            .mapToObj(i -> new Certificate.Signed(ValidatorIndex.of(i), SIGNATURE))
            .toList());
  }

  /** All validators of the largest set have acknowledged one batch after they lost others. */
  private static Certificate largestProof() {
    return new Certificate(
        largestBatch().ack(),
        IntStream.range(0, ValidatorSet.MAX_SIZE)
            .mapToObj(
                i -> new Certificate.Signed(ValidatorIndex.of(i), SIGNATURE, Integer.MAX_VALUE))
            .toList());
  }

  private static Batch largestBatch() {
    return batchOf(transactions(Batch.ENCODED_BYTES_MAX - batchOf(List.of()).encodedLength()));
  }

  private static Batch batchOf(List<SignedTransaction> transactions) {
    return TestBatches.batch(
        127, Long.MAX_VALUE, Cut.Tip.UNUSED, transactions.toArray(SignedTransaction[]::new));
  }

  private Vote largestVote() {
    return new Vote(committee.attests(empty), ValidatorIndex.of(127), SIGNATURE);
  }

  private List<Certificate> sixtyFourKibibytes() {
    return Collections.nCopies(64 * 1024 / largest().encodedLength(), largest());
  }

  private Block largestBlock() {
    var inline = transactions(Block.ENCODED_BYTES_MAX - empty.encodedLength());
    return new Block(empty.header(), empty.cut(), inline);
  }

  private List<Block> finalBlocks() {
    int count = PeerMessageCodec.FINAL_BLOCKS_BYTES_MAX / empty.encodedLength();
    return Collections.nCopies(Math.min(count, PeerMessageCodec.FINAL_BLOCKS_MAX), empty);
  }

  /** Of just below {@code bytes} bytes in all. */
  private static List<SignedTransaction> transactions(int bytes) {
    var key = TestCommittee.signer("client").publicKey();
    var body = Bytes.owning(new byte[SignedTransaction.ENCODED_BYTES_MAX - 101]);
    var large = new SignedTransaction(body, SignedTransaction.ED25519, key, SIGNATURE);
    var transactions = new ArrayList<>(Collections.nCopies(bytes / large.encodedLength(), large));
    int rest = bytes % large.encodedLength();
    if (rest > 101) {
      transactions.add(
          new SignedTransaction(
              Bytes.owning(new byte[rest - 101]), SignedTransaction.ED25519, key, SIGNATURE));
    }
    return transactions;
  }
}
