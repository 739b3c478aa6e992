package dev.sampo.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut;
import dev.sampo.core.crypto.Ed25519Suite;
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
import dev.sampo.core.testing.TestCommittee;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.CertificateVerifier;
import dev.sampo.core.vote.Flaw;
import dev.sampo.core.vote.RecoveryNonce;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("What a peer's message must be before a role sees it")
final class MessageVerifierTest {

  private static final int SELF = 0;
  private static final int SENDER = 1;
  private static final Signature SIGNATURE = new Signature(Bytes.owning(new byte[64]));
  private static final RecoveryNonce NONCE = new RecoveryNonce(Bytes.owning(new byte[16]));

  private final TestCommittee committee = TestCommittee.of(4);
  private final Statement nullify = TestCommittee.nullifies(2);
  private final List<Block> chain = committee.chain(3);
  private final Block block = committee.child(chain.get(1), List.of(committee.transaction("a", 1)));
  private final MessageVerifier verifier =
      new MessageVerifier(
          new CertificateVerifier(
              committee.ledger(), Epoch.ZERO, committee.validators(), new Ed25519Suite()),
          ValidatorIndex.of(SELF),
          transaction -> !transaction.equals(committee.transaction("forged", 1)));

  @Test
  void unsignedRequestsAreAccepted() {
    assertAccepted(new CertificateRequest(Epoch.ZERO, View.of(1), View.of(Long.MAX_VALUE)));
    assertAccepted(new BlockRequest(Hash.ZERO));
    assertAccepted(new FinalBlocksRequest(Height.of(Long.MAX_VALUE)));
  }

  @Test
  void messagesOfOtherLedgersAreRefused() {
    var elsewhere =
        new Envelope(new LedgerId(Hash.ZERO.value()), View.ZERO, new BlockRequest(Hash.ZERO));

    assertThat(verifier.verify(ValidatorIndex.of(SENDER), elsewhere))
        .isEqualTo(new MessageVerdict.Refused(Flaw.OTHER_LEDGER));
  }

  @Test
  void aVoteComesFromItsSigner() {
    assertAccepted(new ConsensusVote(committee.vote(nullify, SENDER)));
    assertRefused(Flaw.UNEXPECTED_SIGNER, new ConsensusVote(committee.vote(nullify, 2)));
  }

  @Test
  void aVoteIsSignedByItsSigner() {
    var forged =
        new Vote(nullify, ValidatorIndex.of(SENDER), committee.vote(nullify, 2).signature());

    assertRefused(Flaw.BAD_SIGNATURE, new ConsensusVote(forged));
  }

  @Test
  void proposalsAndAttestationsAreNoVotes() {
    var propose = new Statement.Propose(Epoch.ZERO, View.of(1), Hash.ZERO);
    var attest = committee.attests(block);

    assertRefused(Flaw.UNEXPECTED_STATEMENT, new ConsensusVote(committee.vote(propose, SENDER)));
    assertRefused(Flaw.UNEXPECTED_STATEMENT, new ConsensusVote(committee.vote(attest, SENDER)));
    assertRefused(Flaw.UNEXPECTED_STATEMENT, new Attestation(committee.vote(nullify, SENDER)));
  }

  @Test
  void anAttestationComesFromItsSigner() {
    var attest = committee.attests(block);

    assertAccepted(new Attestation(committee.vote(attest, SENDER)));
    assertRefused(Flaw.UNEXPECTED_SIGNER, new Attestation(committee.vote(attest, 3)));
  }

  @Test
  @DisplayName("S3: an echo is what the recipient said")
  void anEchoIsSignedByTheRecipient() {
    assertAccepted(status(List.of()));
    assertAccepted(status(List.of(committee.vote(nullify, SELF))));
    assertRefused(Flaw.UNEXPECTED_SIGNER, status(List.of(committee.vote(nullify, SENDER))));
    assertRefused(
        Flaw.BAD_SIGNATURE,
        status(
            List.of(
                new Vote(
                    nullify,
                    ValidatorIndex.of(SELF),
                    committee.vote(nullify, SENDER).signature()))));
  }

  @Test
  void aProposalIsSignedByItsProposer() {
    assertAccepted(proposal(block, 1));
    assertRefused(Flaw.BAD_SIGNATURE, proposal(block, 2));
    // Signed for another block of the same view.
    var other = committee.child(chain.get(1), List.of(committee.transaction("b", 1)));
    assertRefused(
        Flaw.BAD_SIGNATURE, new Proposal(block, proposal(other, 1).leaderSignature(), List.of()));
  }

  @Test
  void aVoteForABlockIsNoProposalOfIt() {
    var notarize = new Statement.Notarize(Epoch.ZERO, block.view(), block.hash());

    assertRefused(
        Flaw.BAD_SIGNATURE,
        new Proposal(block, committee.vote(notarize, 1).signature(), List.of()));
  }

  @Test
  void aBodyIsTheOneOfItsHeader() {
    var swapped = new Block(block.header(), block.cut(), List.of(committee.transaction("b", 1)));

    assertRefused(Flaw.BODY_MISMATCH, proposal(swapped, 1));
    assertRefused(Flaw.BODY_MISMATCH, new BlockResponse(swapped));
    assertAccepted(new BlockResponse(block));
  }

  @Test
  @Tag("fault-64")
  void everyCertificateOfAMessageIsValid() {
    var good = committee.certificate(nullify);
    var bad = committee.certificate(nullify, 2);

    assertAccepted(new Proposal(block, proposal(block, 1).leaderSignature(), List.of(good, good)));
    assertRefused(
        Flaw.TOO_FEW_SIGNERS,
        new Proposal(block, proposal(block, 1).leaderSignature(), List.of(good, bad)));
    assertAccepted(new Certificates(List.of(good), List.of(block.header())));
    assertRefused(Flaw.TOO_FEW_SIGNERS, new Certificates(List.of(good, bad), List.of()));
  }

  @Test
  void headersOfOtherLedgersAreRefused() {
    var foreign = TestCommittee.of(7).chain(1).get(1);

    assertRefused(Flaw.OTHER_LEDGER, new Certificates(List.of(), List.of(foreign.header())));
    assertRefused(Flaw.OTHER_LEDGER, new BlockResponse(foreign));
  }

  @Test
  void stateCertificatesAreAboutTheState() {
    assertAccepted(new StateCertificates(List.of(committee.certificate(committee.attests(block)))));
    assertRefused(
        Flaw.UNEXPECTED_STATEMENT, new StateCertificates(List.of(committee.certificate(nullify))));
    assertRefused(
        Flaw.TOO_FEW_SIGNERS,
        new StateCertificates(List.of(committee.certificate(committee.attests(block), 2))));
  }

  @Test
  @DisplayName("SY1: one finalization proves a whole chain of blocks")
  void finalBlocksAreLinkedAndProven() {
    var three = chain.subList(1, 4);

    assertAccepted(new FinalBlocks(List.of(), Optional.empty()));
    assertAccepted(new FinalBlocks(three, Optional.of(committee.proof(three.getLast()))));
    assertAccepted(
        new FinalBlocks(
            three.subList(0, 2), Optional.of(committee.proof(three.get(1), three.get(2)))));
  }

  @Test
  void finalBlocksWithoutALinkOrProofAreRefused() {
    var three = chain.subList(1, 4);
    var gap = List.of(three.get(0), three.get(2));

    assertRefused(
        Flaw.BROKEN_CHAIN, new FinalBlocks(gap, Optional.of(committee.proof(three.get(2)))));
    assertRefused(
        Flaw.BROKEN_CHAIN,
        new FinalBlocks(three.reversed(), Optional.of(committee.proof(three.get(0)))));
    assertRefused(
        Flaw.BROKEN_CHAIN,
        new FinalBlocks(three, Optional.of(committee.proof(three.get(1), three.get(2)))));
  }

  @Test
  void finalBlocksHaveTheirOwnBodies() {
    var swapped = new Block(block.header(), block.cut(), List.of(committee.transaction("b", 1)));

    assertAccepted(
        new FinalBlocks(List.of(chain.get(1), block), Optional.of(committee.proof(block))));
    assertRefused(
        Flaw.BODY_MISMATCH,
        new FinalBlocks(List.of(chain.get(1), swapped), Optional.of(committee.proof(block))));
  }

  @Test
  void oneBadTransactionSpoilsTheGossip() {
    var good = committee.transaction("a", 1);

    assertAccepted(new TransactionGossip(List.of(good)));
    assertRefused(
        Flaw.BAD_TRANSACTION,
        new TransactionGossip(List.of(good, committee.transaction("forged", 1))));
  }

  @Test
  @DisplayName("X1b: a bad transaction in a block is void, it never spoils the block")
  void transactionsInBlocksAreNotJudged() {
    assertAccepted(
        proposal(committee.child(chain.get(1), List.of(committee.transaction("forged", 1))), 1));
  }

  @Test
  @DisplayName("L1, L2: a batch comes from its owner, signed, with the transactions it names")
  void aBatchIsItsOwners() {
    var batch = batch(SENDER, SENDER);

    assertAccepted(new BatchAppended(batch, Optional.empty()));
    assertRefused(Flaw.UNEXPECTED_SIGNER, new BatchAppended(batch(2, 2), Optional.empty()));
    assertRefused(Flaw.BAD_SIGNATURE, new BatchAppended(batch(SENDER, 2), Optional.empty()));
    assertRefused(Flaw.BODY_MISMATCH, new BatchAppended(swapped(batch), Optional.empty()));
  }

  @Test
  @DisplayName("X11: clients' signatures in a batch are judged by execution alone")
  void transactionsInBatchesAreNotJudged() {
    assertAccepted(
        new BatchAppended(
            batch(SENDER, SENDER, committee.transaction("forged", 1)), Optional.empty()));
  }

  @Test
  @Tag("fault-64")
  @DisplayName("L3: a proof of availability is signed by a of the validators")
  void aProofHasEnoughSigners() {
    var batch = batch(SENDER, SENDER);
    var proof = committee.certificate(batch.ack(), 2);
    var one = committee.certificate(batch.ack(), 1);
    var nullification = committee.certificate(nullify);

    assertAccepted(new BatchAppended(batch, Optional.of(proof)));
    assertAccepted(new AvailabilityProofs(List.of(proof)));
    assertAccepted(new AvailabilityProofs(List.of()));
    assertRefused(Flaw.TOO_FEW_SIGNERS, new BatchAppended(batch, Optional.of(one)));
    assertRefused(Flaw.TOO_FEW_SIGNERS, new AvailabilityProofs(List.of(proof, one)));
    assertRefused(Flaw.UNEXPECTED_STATEMENT, new BatchAppended(batch, Optional.of(nullification)));
    assertRefused(Flaw.UNEXPECTED_STATEMENT, new AvailabilityProofs(List.of(proof, nullification)));
  }

  @Test
  @Tag("fault-64")
  void aProofIsOfTheAcknowledgementItNames() {
    var ack = batch(SENDER, SENDER).ack();
    var other = batch(2, 2).ack();
    var forged =
        Certificate.of(
            ack,
            List.of(
                committee.vote(ack, 0),
                new Vote(ack, ValidatorIndex.of(3), committee.vote(other, 3).signature())));

    assertRefused(Flaw.BAD_SIGNATURE, new AvailabilityProofs(List.of(forged)));
  }

  @Test
  @DisplayName("L2: an acknowledgement comes from its signer")
  void anAcknowledgementComesFromItsSigner() {
    var ack = batch(SELF, SELF).ack();

    assertAccepted(new BatchAck(committee.vote(ack, SENDER)));
    assertRefused(Flaw.UNEXPECTED_SIGNER, new BatchAck(committee.vote(ack, 2)));
    assertRefused(
        Flaw.BAD_SIGNATURE,
        new BatchAck(new Vote(ack, ValidatorIndex.of(SENDER), committee.vote(ack, 2).signature())));
    assertRefused(Flaw.UNEXPECTED_STATEMENT, new BatchAck(committee.vote(nullify, SENDER)));
  }

  @Test
  void whatIsSaidAboutLanesIsNoVote() {
    var batch = batch(SENDER, SENDER);

    assertRefused(
        Flaw.UNEXPECTED_STATEMENT, new ConsensusVote(committee.vote(batch.ack(), SENDER)));
    assertRefused(Flaw.UNEXPECTED_STATEMENT, new ConsensusVote(batch.asVote()));
    assertRefused(Flaw.UNEXPECTED_STATEMENT, new BatchAck(batch.asVote()));
  }

  @Test
  @DisplayName("L6: anybody may answer with anybody's batches, each of which must be good")
  void batchesOfAResponseAreSignedByTheirOwners() {
    var ofSecond = batch(2, 2);
    var ofThird = batch(3, 3);

    assertAccepted(new BatchResponse(List.of()));
    assertAccepted(new BatchResponse(List.of(ofSecond, ofThird)));
    assertRefused(Flaw.BAD_SIGNATURE, new BatchResponse(List.of(ofSecond, batch(3, 2))));
    assertRefused(Flaw.BODY_MISMATCH, new BatchResponse(List.of(ofSecond, swapped(ofThird))));
    assertRefused(Flaw.NOT_A_VALIDATOR, new BatchResponse(List.of(batch(4, 3))));
  }

  @Test
  void aRequestNamesALaneThatExists() {
    var tip = batch(3, 3).tip();

    assertAccepted(new BatchRequest(Epoch.ZERO, ValidatorIndex.of(3), Height.ZERO, tip));
    assertRefused(
        Flaw.NOT_A_VALIDATOR, new BatchRequest(Epoch.ZERO, ValidatorIndex.of(4), Height.ZERO, tip));
  }

  private Batch batch(int lane, int signer) {
    return batch(lane, signer, committee.transaction("a", 1));
  }

  private Batch batch(int lane, int signer, SignedTransaction transaction) {
    var transactions = List.of(transaction);
    var owner = ValidatorIndex.of(lane);
    var statement = Batch.statement(Epoch.ZERO, owner, 0, Cut.Tip.UNUSED, transactions);
    return new Batch(statement, transactions, committee.vote(statement, signer).signature());
  }

  /** With other transactions under the same statement. */
  private Batch swapped(Batch batch) {
    return new Batch(
        batch.statement(), List.of(committee.transaction("b", 1)), batch.asVote().signature());
  }

  @Test
  void aRecoveryIsAskedForByItsSigner() {
    var question = new Statement.Recover(Epoch.ZERO, NONCE);

    assertAccepted(new Recover(committee.vote(question, SENDER)));
    assertRefused(Flaw.UNEXPECTED_SIGNER, new Recover(committee.vote(question, 2)));
    assertRefused(Flaw.UNEXPECTED_STATEMENT, new Recover(committee.vote(nullify, SENDER)));
    assertRefused(Flaw.UNEXPECTED_STATEMENT, new ConsensusVote(committee.vote(question, SENDER)));
  }

  @Test
  void anAnswerToARecoveryProvesItsView() {
    var left = Optional.of(committee.certificate(nullify));
    var none = Optional.<Certificate>empty();
    var finality = Optional.of(committee.certificate(committee.finalizes(chain.get(1))));

    assertAccepted(new RecoverReply(answer(SELF, 3, SENDER), left, finality));
    assertAccepted(new RecoverReply(answer(SELF, 1, SENDER), none, none));
    assertRefused(Flaw.BROKEN_CHAIN, new RecoverReply(answer(SELF, 4, SENDER), left, none));
    assertRefused(Flaw.BROKEN_CHAIN, new RecoverReply(answer(SELF, 3, SENDER), none, none));
    assertRefused(Flaw.UNEXPECTED_SIGNER, new RecoverReply(answer(SELF, 3, 2), left, none));
    assertRefused(Flaw.UNEXPECTED_STATEMENT, new RecoverReply(answer(2, 3, SENDER), left, none));
    assertRefused(Flaw.UNEXPECTED_STATEMENT, new RecoverReply(answer(SELF, 3, SENDER), left, left));
    var forged = new Vote(answer(SELF, 3, 2).statement(), ValidatorIndex.of(SENDER), SIGNATURE);
    assertRefused(Flaw.BAD_SIGNATURE, new RecoverReply(forged, left, none));
  }

  @Test
  @DisplayName("RE4: an incarnation comes from whose it is, and is confirmed to whose it is")
  void anIncarnationIsToldByItsOwner() {
    var said = new Statement.Incarnate(Epoch.ZERO, 2);
    var nullify = TestCommittee.nullifies(2);
    assertAccepted(new IncarnationAnnounced(committee.vote(said, SENDER)));
    assertRefused(Flaw.UNEXPECTED_SIGNER, new IncarnationAnnounced(committee.vote(said, 2)));
    assertRefused(Flaw.UNEXPECTED_STATEMENT, new IncarnationAnnounced(committee.vote(nullify, 1)));
    var forged = new Vote(said, ValidatorIndex.of(SENDER), committee.vote(said, 2).signature());
    assertRefused(Flaw.BAD_SIGNATURE, new IncarnationAnnounced(forged));

    var stored = new Statement.IncarnationStored(Epoch.ZERO, ValidatorIndex.of(SELF), 2);
    var ofAnother = new Statement.IncarnationStored(Epoch.ZERO, ValidatorIndex.of(2), 2);
    assertAccepted(new IncarnationConfirmed(committee.vote(stored, SENDER)));
    assertRefused(Flaw.UNEXPECTED_SIGNER, new IncarnationConfirmed(committee.vote(stored, 2)));
    assertRefused(
        Flaw.UNEXPECTED_STATEMENT, new IncarnationConfirmed(committee.vote(ofAnother, SENDER)));
    assertRefused(
        Flaw.UNEXPECTED_STATEMENT, new IncarnationConfirmed(committee.vote(said, SENDER)));
  }

  @Test
  @DisplayName("RE4: an answer names an incarnation only with the recipient's own word for it")
  void anAnswerProvesTheIncarnation() {
    var said =
        new Statement.RecoverReply(Epoch.ZERO, ValidatorIndex.of(SELF), NONCE, View.of(1), 2);
    var vote = committee.vote(said, SENDER);
    var own = committee.vote(new Statement.Incarnate(Epoch.ZERO, 2), SELF);
    var lower = committee.vote(new Statement.Incarnate(Epoch.ZERO, 1), SELF);
    var ofAnother = committee.vote(new Statement.Incarnate(Epoch.ZERO, 2), SENDER);
    var forged = new Vote(own.statement(), own.signer(), ofAnother.signature());
    assertAccepted(withAnnouncement(vote, Optional.of(own)));
    assertRefused(Flaw.UNEXPECTED_STATEMENT, withAnnouncement(vote, Optional.empty()));
    assertRefused(Flaw.UNEXPECTED_STATEMENT, withAnnouncement(vote, Optional.of(lower)));
    assertRefused(Flaw.UNEXPECTED_STATEMENT, withAnnouncement(vote, Optional.of(ofAnother)));
    assertRefused(Flaw.BAD_SIGNATURE, withAnnouncement(vote, Optional.of(forged)));
    assertRefused(
        Flaw.UNEXPECTED_STATEMENT, withAnnouncement(answer(SELF, 1, SENDER), Optional.of(own)));
  }

  private static RecoverReply withAnnouncement(Vote vote, Optional<Vote> announcement) {
    return new RecoverReply(vote, Optional.empty(), Optional.empty(), announcement);
  }

  private Vote answer(int asker, long view, int signer) {
    var statement =
        new Statement.RecoverReply(Epoch.ZERO, ValidatorIndex.of(asker), NONCE, View.of(view), 0);
    return committee.vote(statement, signer);
  }

  private Proposal proposal(Block proposed, int signer) {
    var statement = new Statement.Propose(Epoch.ZERO, proposed.view(), proposed.hash());
    return new Proposal(proposed, committee.vote(statement, signer).signature(), List.of());
  }

  private static Status status(List<Vote> echo) {
    return new Status(Epoch.ZERO, View.of(3), View.of(1), Height.of(1), echo);
  }

  private void assertAccepted(PeerMessage message) {
    var verdict = verify(message);
    assertThat(verdict).isInstanceOf(MessageVerdict.Accepted.class);
    assertThat(((MessageVerdict.Accepted) verdict).message().message()).isSameAs(message);
  }

  private void assertRefused(Flaw flaw, PeerMessage message) {
    assertThat(verify(message)).isEqualTo(new MessageVerdict.Refused(flaw));
  }

  private MessageVerdict verify(PeerMessage message) {
    return verifier.verify(
        ValidatorIndex.of(SENDER), new Envelope(committee.ledger(), View.ZERO, message));
  }
}
