package dev.sampo.core.vectors;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.genesis.Verification;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.testing.TestCommittee;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody.Requirement;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.RecoveryNonce;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values whose encodings are published: always the same, so that so are the encodings. */
final class FixedValues {

  private final TestCommittee committee = TestCommittee.of(4);
  private final Block first = committee.child(committee.genesis().block(), List.of());
  private final Block second =
      committee.child(
          first, List.of(committee.transaction("alice", 1), committee.transaction("bob", 2)));
  private final Batch batch = batch(Cut.Tip.UNUSED, 0, second.inline());
  private final Batch nextBatch =
      batch(batch.tip(), 1L << 32, List.of(committee.transaction("carol", 3)));
  private final List<Vector> vectors = new ArrayList<>();

  private FixedValues() {
    addGenesis();
    addCharters();
    addTransactions();
    addBlocks();
    addVotes();
    addBatches();
    messages().forEach(this::addMessage);
  }

  static List<Vector> all() {
    return List.copyOf(new FixedValues().vectors);
  }

  private void addGenesis() {
    for (int size : new int[] {1, 4, 7}) {
      var genesis = TestCommittee.of(size).genesis();
      add("genesis-of-" + size, Encoding.GENESIS, genesis.encoded());
    }
    add("genesis-attested", Encoding.GENESIS, attested().encoded());
  }

  private void addCharters() {
    var draft = LedgerCharter.draft(new LedgerName("bonds.eu-1"), committee.genesis());
    var charter = draft;
    for (var signer : committee.signers()) {
      charter = charter.consentedBy(signer);
    }
    add("charter-draft", Encoding.CHARTER, draft.encoded());
    add("charter-of-4", Encoding.CHARTER, charter.encoded());
  }

  private Genesis attested() {
    var genesis = committee.genesis();
    return new Genesis(
        genesis.nonce(),
        genesis.engine(),
        genesis.time(),
        genesis.validators(),
        genesis.parameters().withVerification(Verification.ATTESTED),
        genesis.application(),
        genesis.applicationState());
  }

  private void addTransactions() {
    var plain = committee.transaction("alice", 1);
    var requirement =
        new Requirement(
            plain.id(),
            committee.body("alice", 1, Bytes.EMPTY, List.of()).sender(),
            committee.body("alice", 1, Bytes.EMPTY, List.of()).salt(),
            committee.body("alice", 1, Bytes.EMPTY, List.of()).validUntil());
    var dependent =
        committee.body(
            "carol.b-2_x", 513, Bytes.fromHex("ff00"), List.of(requirement, requirement));
    add("body-plain", Encoding.TRANSACTION_BODY, plain.body());
    add("body-with-requirements", Encoding.TRANSACTION_BODY, dependent.encoded());
    add("transaction", Encoding.SIGNED_TRANSACTION, plain.encoded());
    add(
        "transaction-without-payload",
        Encoding.SIGNED_TRANSACTION,
        committee.transaction("dave", 3, Bytes.EMPTY).encoded());
  }

  private void addBlocks() {
    add("header-of-genesis", Encoding.BLOCK_HEADER, header(committee.genesis().block()));
    add("header-empty", Encoding.BLOCK_HEADER, header(first));
    add("header-normal", Encoding.BLOCK_HEADER, header(second));
    add("block-genesis", Encoding.BLOCK, WireWriter.encode(committee.genesis().block()::writeTo));
    add("block-empty", Encoding.BLOCK, WireWriter.encode(first::writeTo));
    add("block-normal", Encoding.BLOCK, WireWriter.encode(second::writeTo));
  }

  private static Bytes header(Block block) {
    return WireWriter.encode(block.header()::writeTo);
  }

  private Map<String, Statement> statements() {
    var statements = new LinkedHashMap<String, Statement>();
    var hash = first.hash();
    statements.put("propose", new Statement.Propose(Epoch.ZERO, View.of(1), hash));
    statements.put("notarize", new Statement.Notarize(Epoch.ZERO, View.of(1), hash));
    statements.put("nullify", TestCommittee.nullifies(2));
    statements.put("finalize", committee.finalizes(first));
    statements.put("state-attest", committee.attests(first));
    statements.put("append", batch.statement());
    statements.put("ack", batch.ack());
    statements.put("ack-verified", batch.ack(true));
    statements.put("recover", new Statement.Recover(Epoch.ZERO, nonce()));
    statements.put(
        "recover-reply",
        new Statement.RecoverReply(Epoch.ZERO, ValidatorIndex.of(3), nonce(), View.of(3), 1));
    statements.put("incarnate", new Statement.Incarnate(Epoch.ZERO, 2));
    statements.put(
        "incarnation-stored", new Statement.IncarnationStored(Epoch.ZERO, ValidatorIndex.of(3), 2));
    statements.put(
        "nullify-of-the-last-view",
        new Statement.Nullify(Epoch.of(Long.MAX_VALUE), View.of(Long.MAX_VALUE)));
    return statements;
  }

  private void addVotes() {
    statements()
        .forEach(
            (name, statement) -> {
              add(name, Encoding.STATEMENT, WireWriter.encode(statement::writeTo));
              Vote vote = committee.vote(statement, 3);
              add("vote-" + name, Encoding.VOTE, WireWriter.encode(vote::writeTo));
              if (isCertified(statement)) {
                addCertificate("certificate-" + name, committee.certificate(statement));
              }
            });
    var large = TestCommittee.of(16);
    addCertificate("certificate-of-16", large.certificate(TestCommittee.nullifies(2), 16));
    addCertificate(
        "certificate-of-the-last-of-16",
        Certificate.of(
            TestCommittee.nullifies(2), List.of(large.vote(TestCommittee.nullifies(2), 15))));
    addCertificate(
        "certificate-without-votes", Certificate.of(TestCommittee.nullifies(2), List.of()));
    addCertificate("certificate-ack-of-a-recovered-signer", recoveredProof());
    addProof("proof-of-one", committee.proof(first));
    addProof("proof-by-a-descendant", committee.proof(first, second));
  }

  /** Validator 0 never lost its records, validator 3 did twice. */
  private Certificate recoveredProof() {
    var ack = batch.ack();
    return Certificate.of(ack, List.of(committee.vote(ack, 0), committee.vote(ack.by(2), 3)));
  }

  private static boolean isCertified(Statement statement) {
    return switch (statement) {
      case Statement.Propose _, Statement.Append _, Statement.OfRecovery _ -> false;
      case Statement _ -> true;
    };
  }

  private void addBatches() {
    add("batch", Encoding.BATCH, WireWriter.encode(batch::writeTo));
    add("batch-of-the-next-run", Encoding.BATCH, WireWriter.encode(nextBatch::writeTo));
  }

  /** In the lane of validator 2. */
  private Batch batch(Cut.Tip parent, long run, List<SignedTransaction> transactions) {
    var statement = Batch.statement(Epoch.ZERO, ValidatorIndex.of(2), run, parent, transactions);
    return new Batch(statement, transactions, committee.vote(statement, 2).signature());
  }

  private void addCertificate(String name, Certificate certificate) {
    add(name, Encoding.CERTIFICATE, WireWriter.encode(certificate::writeTo));
  }

  private void addProof(String name, FinalityProof proof) {
    add(name, Encoding.FINALITY_PROOF, WireWriter.encode(proof::writeTo));
  }

  private Map<String, PeerMessage> messages() {
    var nullification = committee.certificate(TestCommittee.nullifies(2));
    var finalization = committee.certificate(committee.finalizes(first));
    var stateCertificate = committee.certificate(committee.attests(first));
    var propose = new Statement.Propose(Epoch.ZERO, second.view(), second.hash());
    var vote = committee.vote(TestCommittee.nullifies(2), 1);
    var proof = committee.proof(second);
    var messages = new LinkedHashMap<String, PeerMessage>();
    messages.put(
        "proposal",
        new PeerMessage.Proposal(
            second, committee.vote(propose, 1).signature(), List.of(nullification, finalization)));
    messages.put(
        "proposal-without-justification",
        new PeerMessage.Proposal(first, committee.vote(propose, 1).signature(), List.of()));
    messages.put("consensus-vote", new PeerMessage.ConsensusVote(vote));
    messages.put(
        "certificates",
        new PeerMessage.Certificates(
            List.of(nullification, finalization), List.of(first.header(), second.header())));
    messages.put("certificates-none", new PeerMessage.Certificates(List.of(), List.of()));
    messages.put(
        "certificate-request",
        new PeerMessage.CertificateRequest(Epoch.ZERO, View.of(3), View.of(Long.MAX_VALUE)));
    messages.put("block-request", new PeerMessage.BlockRequest(first.hash()));
    messages.put("block-response", new PeerMessage.BlockResponse(second));
    messages.put("status", status(List.of(vote)));
    messages.put("status-without-echo", status(List.of()));
    messages.put("transaction-gossip", new PeerMessage.TransactionGossip(second.inline()));
    messages.put("final-blocks-request", new PeerMessage.FinalBlocksRequest(Height.of(7)));
    messages.put(
        "final-blocks", new PeerMessage.FinalBlocks(List.of(first, second), Optional.of(proof)));
    messages.put("final-blocks-none", new PeerMessage.FinalBlocks(List.of(), Optional.empty()));
    messages.put(
        "attestation", new PeerMessage.Attestation(committee.vote(committee.attests(first), 2)));
    messages.put(
        "state-certificates", new PeerMessage.StateCertificates(List.of(stateCertificate)));
    messages.put(
        "batch-appended", new PeerMessage.BatchAppended(nextBatch, Optional.of(proofOf(batch))));
    messages.put(
        "batch-appended-without-proof", new PeerMessage.BatchAppended(batch, Optional.empty()));
    messages.put("batch-ack", new PeerMessage.BatchAck(committee.vote(batch.ack(), 1)));
    messages.put(
        "batch-ack-verified", new PeerMessage.BatchAck(committee.vote(batch.ack(true), 1)));
    messages.put(
        "availability-proofs", new PeerMessage.AvailabilityProofs(List.of(proofOf(batch))));
    messages.put(
        "batch-request",
        new PeerMessage.BatchRequest(
            Epoch.ZERO, ValidatorIndex.of(2), Height.ZERO, nextBatch.tip()));
    messages.put("batch-response", new PeerMessage.BatchResponse(List.of(nextBatch, batch)));
    messages.putAll(recoveryMessages(nullification, finalization));
    messages.put("batch-response-none", new PeerMessage.BatchResponse(List.of()));
    return messages;
  }

  private Map<String, PeerMessage> recoveryMessages(
      Certificate nullification, Certificate finalization) {
    var messages = new LinkedHashMap<String, PeerMessage>();
    var question = new Statement.Recover(Epoch.ZERO, nonce());
    var answer =
        new Statement.RecoverReply(Epoch.ZERO, ValidatorIndex.of(3), nonce(), View.of(3), 0);
    messages.put("recover", new PeerMessage.Recover(committee.vote(question, 3)));
    messages.put(
        "recover-reply",
        new PeerMessage.RecoverReply(
            committee.vote(answer, 1), Optional.of(nullification), Optional.of(finalization)));
    messages.put(
        "recover-reply-of-the-first-view",
        new PeerMessage.RecoverReply(
            committee.vote(answer, 1), Optional.empty(), Optional.empty()));
    var again =
        new Statement.RecoverReply(Epoch.ZERO, ValidatorIndex.of(3), nonce(), View.of(3), 2);
    var announcement = committee.vote(new Statement.Incarnate(Epoch.ZERO, 2), 3);
    messages.put(
        "recover-reply-to-a-recovered-validator",
        new PeerMessage.RecoverReply(
            committee.vote(again, 1),
            Optional.of(nullification),
            Optional.empty(),
            Optional.of(announcement)));
    messages.put("incarnation-announced", new PeerMessage.IncarnationAnnounced(announcement));
    var stored = new Statement.IncarnationStored(Epoch.ZERO, ValidatorIndex.of(3), 2);
    messages.put(
        "incarnation-confirmed", new PeerMessage.IncarnationConfirmed(committee.vote(stored, 1)));
    return messages;
  }

  private Certificate proofOf(Batch proven) {
    return committee.certificate(proven.ack(), committee.validators().availabilityQuorum());
  }

  private static RecoveryNonce nonce() {
    return new RecoveryNonce(Bytes.fromHex("000102030405060708090a0b0c0d0eff"));
  }

  private static PeerMessage status(List<Vote> echo) {
    return new PeerMessage.Status(Epoch.ZERO, View.of(9), View.of(8), Height.of(6), echo);
  }

  private void addMessage(String name, PeerMessage message) {
    add(
        name,
        Encoding.ENVELOPE,
        PeerMessageCodec.encode(new Envelope(committee.ledger(), View.of(1), message)));
  }

  private void add(String name, Encoding encoding, Bytes encoded) {
    vectors.add(new Vector(name, encoding, encoded));
  }
}
