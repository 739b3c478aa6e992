package dev.sampo.core.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.crypto.Ed25519Suite;
import dev.sampo.core.crypto.RememberingVerifier;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.testing.TestCommittee;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate.Signed;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Protocol 2.2, 2.18: certificates and proofs of finality")
final class CertificateVerifierTest {

  private static final Statement.Nullify NULLIFY = TestCommittee.nullifies(5);

  private final TestCommittee committee = TestCommittee.of(4);
  private final CertificateVerifier verifier = verifier(committee, Epoch.ZERO);

  private static CertificateVerifier verifier(TestCommittee committee, Epoch epoch) {
    return new CertificateVerifier(
        committee.ledger(), epoch, committee.validators(), new Ed25519Suite());
  }

  static Stream<Statement> statements() {
    var hash = Hash.fromHex("77".repeat(32));
    return Stream.of(
        new Statement.Notarize(Epoch.ZERO, View.of(1), hash),
        NULLIFY,
        new Statement.Finalize(Epoch.ZERO, View.of(Long.MAX_VALUE), hash),
        TestCommittee.of(4).attests(TestCommittee.of(4).genesis().block()));
  }

  @ParameterizedTest
  @MethodSource("statements")
  void anyQuorumIsEnough(Statement statement) {
    for (int left = 0; left < 4; left++) {
      int absent = left;
      var votes =
          IntStream.range(0, 4)
              .filter(i -> i != absent)
              .mapToObj(i -> committee.vote(statement, i))
              .toList();
      assertThat(verifier.verify(Certificate.of(statement, votes))).isEmpty();
    }
    assertThat(verifier.verify(committee.certificate(statement, 4))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 10, 16, 67, 128})
  @Tag("fault-64")
  void oneLessThanAQuorumIsTooFew(int size) {
    var larger = TestCommittee.of(size);
    int quorum = larger.validators().quorum();
    var certificates = verifier(larger, Epoch.ZERO);

    assertThat(certificates.verify(larger.certificate(NULLIFY, quorum))).isEmpty();
    for (int count = 0; count < quorum; count++) {
      assertThat(certificates.verify(larger.certificate(NULLIFY, count)))
          .contains(Flaw.TOO_FEW_SIGNERS);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "4, 2", "5, 2", "6, 3", "7, 3", "10, 4", "16, 6", "128, 43"})
  @Tag("fault-64")
  @DisplayName("2.1, L3: a proof of availability needs a = max(f+1, n-q+1) of n")
  void aProofOfAvailabilityNeedsItsOwnQuorum(int size, int availabilityQuorum) {
    var larger = TestCommittee.of(size);
    var certificates = verifier(larger, Epoch.ZERO);
    var ack =
        new Statement.Ack(Epoch.ZERO, ValidatorIndex.of(0), 0, Height.of(1), Hash.ZERO, false, 0);

    assertThat(larger.validators().availabilityQuorum()).isEqualTo(availabilityQuorum);
    assertThat(certificates.verify(larger.certificate(ack, availabilityQuorum))).isEmpty();
    assertThat(certificates.verify(larger.certificate(ack, availabilityQuorum - 1)))
        .contains(Flaw.TOO_FEW_SIGNERS);
  }

  @Test
  @DisplayName("RE4: a proof of availability names the incarnation of each signer, and binds it")
  void aProofNamesTheIncarnationsOfItsSigners() throws Malformed {
    var ack =
        new Statement.Ack(Epoch.ZERO, ValidatorIndex.of(0), 0, Height.of(1), Hash.ZERO, false, 0);
    var first = Certificate.of(ack, List.of(committee.vote(ack, 0), committee.vote(ack, 3)));
    var proof = Certificate.of(ack, List.of(committee.vote(ack, 0), committee.vote(ack.by(7), 3)));
    assertThat(proof.votes()).extracting(Certificate.Signed::incarnation).containsExactly(0, 7);
    assertThat(verifier.verify(proof)).isEmpty();

    var encoded = WireWriter.encode(proof::writeTo);
    assertThat(encoded.length()).isEqualTo(proof.encodedLength());
    assertThat(WireReader.decode(encoded, Certificate::readFrom)).isEqualTo(proof);
    // 0 for all costs one byte.
    assertThat(encoded.length() - first.encodedLength()).isEqualTo(2 + 4);

    var claimed = new ArrayList<>(proof.votes());
    claimed.set(0, new Certificate.Signed(ValidatorIndex.of(0), claimed.get(0).signature(), 1));
    assertThat(verifier.verify(new Certificate(ack, claimed))).contains(Flaw.BAD_SIGNATURE);
  }

  @Test
  @DisplayName("2.2, RE4: incarnations in a proof have one encoding, and only a proof has any")
  void incarnationsHaveOneEncoding() {
    var ack =
        new Statement.Ack(Epoch.ZERO, ValidatorIndex.of(0), 0, Height.of(1), Hash.ZERO, false, 0);
    var proof =
        WireWriter.encode(
            Certificate.of(ack, List.of(committee.vote(ack, 0), committee.vote(ack, 3)))::writeTo);
    var bare = proof.slice(0, proof.length() - 1);

    assertMalformed(WireWriter.encode(out -> out.fixed(bare).u8(1).u16(0).u32(0)));
    assertMalformed(WireWriter.encode(out -> out.fixed(bare).u8(1).u16(1).u32(1)));
    assertMalformed(WireWriter.encode(out -> out.fixed(bare).u8(2).u16(3).u32(1).u16(0).u32(1)));
    assertMalformed(WireWriter.encode(out -> out.fixed(bare).u8(2).u16(3).u32(1).u16(3).u32(1)));
    assertMalformed(
        WireWriter.encode(
            out -> {
              ack.by(1).writeTo(out);
              out.fixed(proof.slice(ack.encodedLength(), proof.length()));
            }));
    var ofView = List.of(new Certificate.Signed(ValidatorIndex.of(0), vote(0).signature(), 1));
    assertThatThrownBy(() -> new Certificate(NULLIFY, ofView))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Certificate(ack.by(1), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("2.2: there is no certificate over the statement of a batch")
  void nobodyCertifiesABatch() {
    var append =
        new Statement.Append(
            Epoch.ZERO, ValidatorIndex.of(0), 0, Height.of(1), Hash.ZERO, 1, Hash.ZERO);

    assertThat(verifier.verify(committee.certificate(append))).contains(Flaw.UNEXPECTED_STATEMENT);
  }

  @Test
  @Tag("fault-64")
  void aSignerCountsOnce() throws Malformed {
    var votes = List.of(vote(0), vote(1), vote(1));

    assertThatThrownBy(() -> Certificate.of(NULLIFY, votes))
        .isInstanceOf(IllegalArgumentException.class);
    // On the wire a bitmap cannot name a signer twice, and counts exactly its signatures.
    var two = WireWriter.encode(Certificate.of(NULLIFY, List.of(vote(0), vote(1)))::writeTo);
    var surplus = WireWriter.encode(out -> out.fixed(two).fixed(vote(1).signature().value()));
    assertThatThrownBy(() -> WireReader.decode(surplus, Certificate::readFrom))
        .isInstanceOf(Malformed.class);
    assertThat(verifier.verify(WireReader.decode(two, Certificate::readFrom)))
        .contains(Flaw.TOO_FEW_SIGNERS);
  }

  @Test
  @Tag("fault-64")
  void aQuorumOfSignaturesByOneValidatorIsNone() {
    var own = vote(0).signature();
    var forged =
        new Certificate(
            NULLIFY, List.of(signed(0, own), signed(1, own), signed(2, own), signed(3, own)));

    assertThat(verifier.verify(forged)).contains(Flaw.BAD_SIGNATURE);
  }

  @Test
  @Tag("fault-64")
  void whoIsNoMemberDoesNotCount() {
    var strangers = TestCommittee.of(7);
    var votes = new ArrayList<>(List.of(vote(0), vote(1)));
    votes.add(strangers.vote(NULLIFY, 6));

    assertThat(verifier.verify(Certificate.of(NULLIFY, votes))).contains(Flaw.NOT_A_VALIDATOR);
    assertThat(verifier.verify(strangers.vote(NULLIFY, 6))).contains(Flaw.NOT_A_VALIDATOR);
  }

  @Test
  @Tag("fault-64")
  void aMembersPlaceCannotBeTakenByAnotherKey() {
    var strangers = TestCommittee.of(7);
    var forged = strangers.certificate(NULLIFY, 3);

    assertThat(verifier.verify(forged)).contains(Flaw.BAD_SIGNATURE);
  }

  @Test
  @Tag("fault-64")
  void otherEpochsAreRefusedAlsoIfTheKeysAreTheSame() {
    var later = new Statement.Nullify(Epoch.of(1), View.of(5));

    assertThat(verifier.verify(committee.certificate(later))).contains(Flaw.OTHER_EPOCH);
    assertThat(verifier.verify(committee.vote(later, 0))).contains(Flaw.OTHER_EPOCH);
    assertThat(verifier(committee, Epoch.of(1)).verify(committee.certificate(NULLIFY)))
        .contains(Flaw.OTHER_EPOCH);
  }

  @Test
  @Tag("fault-64")
  void signaturesOfAnotherEpochDoNotCarryOver() {
    var later = new Statement.Nullify(Epoch.of(1), View.of(5));
    var moved = new Certificate(NULLIFY, committee.certificate(later).votes());

    assertThat(verifier.verify(moved)).contains(Flaw.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @MethodSource("statements")
  @Tag("fault-64")
  void signaturesUnderOtherStatementsDoNotCount(Statement statement) {
    var others =
        Stream.concat(
                statements(), Stream.of(new Statement.Propose(Epoch.ZERO, View.of(1), Hash.ZERO)))
            .filter(other -> !other.equals(statement));

    others.forEach(
        other -> {
          var mixed = new ArrayList<>(committee.certificate(statement).votes());
          mixed.set(1, signed(1, committee.vote(other, 1).signature()));
          assertThat(verifier.verify(new Certificate(statement, mixed)))
              .contains(Flaw.BAD_SIGNATURE);
        });
  }

  @Test
  @Tag("fault-64")
  void oneBadSignatureSpoilsAnyCertificateAtAnyPlace() {
    for (int place = 0; place < 4; place++) {
      var votes = new ArrayList<>(committee.certificate(NULLIFY, 4).votes());
      votes.set(place, signed(place, new Signature(Bytes.owning(new byte[64]))));
      assertThat(verifier.verify(new Certificate(NULLIFY, votes))).contains(Flaw.BAD_SIGNATURE);
    }
  }

  @Test
  @Tag("fault-64")
  void signaturesForAnotherLedgerDoNotCount() {
    var elsewhere =
        new CertificateVerifier(
            new LedgerId(Hash.ZERO.value()),
            Epoch.ZERO,
            committee.validators(),
            new Ed25519Suite());

    assertThat(elsewhere.verify(committee.certificate(NULLIFY))).contains(Flaw.BAD_SIGNATURE);
  }

  @Test
  void thereIsNoCertificateOfAProposal() {
    var propose = new Statement.Propose(Epoch.ZERO, View.of(1), Hash.ZERO);

    assertThat(verifier.verify(committee.certificate(propose))).contains(Flaw.UNEXPECTED_STATEMENT);
    assertThat(verifier.verify(committee.vote(propose, 0))).isEmpty();
  }

  @Test
  @Tag("fault-65")
  void theLastViewAndHeightAreNumbersLikeOthers() {
    var nullify = new Statement.Nullify(Epoch.ZERO, View.of(Long.MAX_VALUE));

    assertThat(verifier.verify(committee.certificate(nullify))).isEmpty();
    for (long illegal : new long[] {0, -1, Long.MIN_VALUE}) {
      var encoded = new byte[1 + 8 + 8];
      encoded[0] = 3;
      for (int i = 0; i < 8; i++) {
        encoded[9 + i] = (byte) (illegal >>> 8 * (7 - i));
      }
      assertThatThrownBy(() -> WireReader.decode(Bytes.owning(encoded), Statement::readFrom))
          .isInstanceOf(Malformed.class);
    }
  }

  @Test
  @Tag("fault-66")
  void aBitmapHasNoBitsWithoutSignaturesAndNoLengthWithoutBits() {
    var statement = WireWriter.encode(NULLIFY::writeTo);
    var signature = Bytes.owning(new byte[64]);

    // A bit of more signers than signatures, fewer, an unused octet, and more than 128 validators.
    assertMalformed(WireWriter.encode(out -> out.fixed(statement).u8(1).u8(3).fixed(signature)));
    assertMalformed(WireWriter.encode(out -> out.fixed(statement).u8(1).u8(0)));
    assertMalformed(
        WireWriter.encode(out -> out.fixed(statement).u8(2).u8(1).u8(0).fixed(signature)));
    assertMalformed(
        WireWriter.encode(
            out -> {
              out.fixed(statement).u8(17);
              IntStream.range(0, 16).forEach(i -> out.u8(0));
              out.u8(1).fixed(signature);
            }));
    assertMalformed(WireWriter.encode(out -> out.fixed(statement).u8(255)));
  }

  @Test
  void signaturesSeenInVotesAreNotVerifiedAgain() {
    var asked = new ArrayList<Signature>();
    var counting =
        new SignatureVerifier() {
          private final Ed25519Suite suite = new Ed25519Suite();

          @Override
          public boolean verifyTransaction(PublicKey key, Hash digest, Signature signature) {
            throw new AssertionError("a vote is no transaction");
          }

          @Override
          public boolean verifyVote(PublicKey key, Hash digest, Signature signature) {
            asked.add(signature);
            return suite.verifyVote(key, digest, signature);
          }
        };
    var remembering =
        new CertificateVerifier(
            committee.ledger(),
            Epoch.ZERO,
            committee.validators(),
            new RememberingVerifier(counting, 100));
    remembering.verify(vote(0));
    remembering.verify(vote(2));
    asked.clear();

    assertThat(remembering.verify(committee.certificate(NULLIFY))).isEmpty();
    assertThat(asked).containsExactly(vote(1).signature());
    assertThat(remembering.verify(committee.certificate(NULLIFY))).isEmpty();
    assertThat(asked).hasSize(1);
  }

  @Test
  void provesFinalityDirectlyAndByDescendants() {
    var chain = committee.chain(3);

    assertThat(verifier.verify(committee.proof(chain.get(3)))).isEmpty();
    assertThat(verifier.verify(committee.proof(chain.get(1), chain.get(2), chain.get(3))))
        .isEmpty();
  }

  @Test
  void aProofNeedsEveryLinkOfItsChain() {
    var chain = committee.chain(3);

    assertThat(verifier.verify(committee.proof(chain.get(1), chain.get(3))))
        .contains(Flaw.BROKEN_CHAIN);
    assertThat(verifier.verify(committee.proof(chain.get(2), chain.get(1))))
        .contains(Flaw.BROKEN_CHAIN);
  }

  @Test
  void aProofNeedsTheFinalizationOfItsLastHeader() {
    var chain = committee.chain(2);
    var target = List.of(chain.get(1).header());
    var notarize = new Statement.Notarize(Epoch.ZERO, chain.get(1).view(), chain.get(1).hash());

    var ofAnother =
        new FinalityProof(target, committee.certificate(committee.finalizes(chain.get(2))));
    var otherView =
        new FinalityProof(
            target,
            committee.certificate(
                new Statement.Finalize(Epoch.ZERO, View.of(9), chain.get(1).hash())));
    var notarized = new FinalityProof(target, committee.certificate(notarize));
    var tooFew =
        new FinalityProof(target, committee.certificate(committee.finalizes(chain.get(1)), 2));

    assertThat(verifier.verify(ofAnother)).contains(Flaw.BROKEN_CHAIN);
    assertThat(verifier.verify(otherView)).contains(Flaw.BROKEN_CHAIN);
    assertThat(verifier.verify(notarized)).contains(Flaw.UNEXPECTED_STATEMENT);
    assertThat(verifier.verify(tooFew)).contains(Flaw.TOO_FEW_SIGNERS);
  }

  @Test
  @DisplayName("LC2: the target of a proof is never EPOCH_TAIL")
  void aTailBlockIsNoTarget() {
    var tail = retyped(committee.chain(1).get(1), BlockType.EPOCH_TAIL);

    assertThat(verifier.verify(committee.proof(tail))).contains(Flaw.BROKEN_CHAIN);
  }

  @Test
  @DisplayName("LC1: headers name the ledger, epoch and validator set")
  void headersOfOtherLedgersEpochsAndSetsProveNothing() {
    var block = committee.chain(1).get(1);
    var otherSet = TestCommittee.of(7);
    var proof = committee.proof(block);

    assertThat(verifier(committee, Epoch.of(1)).verify(proof)).contains(Flaw.OTHER_EPOCH);
    assertThat(verifier(otherSet, Epoch.ZERO).verify(proof)).contains(Flaw.OTHER_LEDGER);
    assertThat(
            new CertificateVerifier(
                    committee.ledger(), Epoch.ZERO, otherSet.validators(), new Ed25519Suite())
                .verify(proof))
        .contains(Flaw.OTHER_VALIDATOR_SET);
  }

  private static Block retyped(Block block, BlockType type) {
    var header = block.header();
    return new Block(
        new BlockHeader(
            header.version(),
            header.ledger(),
            header.position(),
            header.time(),
            header.proposer(),
            type,
            header.content()),
        block.cut(),
        block.inline());
  }

  private Vote vote(int signer) {
    return committee.vote(NULLIFY, signer);
  }

  private static Signed signed(int signer, Signature signature) {
    return new Signed(ValidatorIndex.of(signer), signature);
  }

  private static void assertMalformed(Bytes encoded) {
    assertThatThrownBy(() -> WireReader.decode(encoded, Certificate::readFrom))
        .isInstanceOf(Malformed.class);
  }
}
