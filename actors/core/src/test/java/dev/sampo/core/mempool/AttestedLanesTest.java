package dev.sampo.core.mempool;

import static dev.sampo.core.testing.TestBatches.advance;
import static dev.sampo.core.testing.TestBatches.batch;
import static dev.sampo.core.testing.TestBatches.chain;
import static dev.sampo.core.testing.TestBatches.proof;
import static dev.sampo.core.testing.TestBatches.verifiedProof;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.BatchResponse;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Vote;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** X11 on a ledger where validators attest: who checks what, and what an acknowledgement says. */
class AttestedLanesTest {

  // Validator 0 checks its own lane and that of its predecessor, 3, at once: a is 2.
  private static final int DESIGNATED = 3;
  private static final int OTHER = 2;

  private final MempoolProbe probe = MempoolProbe.attested();
  private final Block genesis = probe.ledger.genesis.block();
  private final Cut unused = probe.unused();

  @Test
  @DisplayName("X11: who is designated checks first, and acknowledges only as verified")
  void theDesignatedVerifyAtOnce() {
    var chain = chain(DESIGNATED, 0, Tip.UNUSED, 2);
    probe.receive(chain.get(0));
    probe.receive(chain.get(1));
    assertThat(probe.checked()).containsExactlyElementsOf(chain);
    assertThat(probe.signed()).isEmpty();

    probe.judge(chain.get(1)); // what lies below it is not checked yet
    assertThat(probe.signed()).isEmpty();
    probe.judge(chain.get(0));

    assertThat(probe.signed()).containsExactly(chain.get(0).ack(true), chain.get(1).ack(true));
  }

  @Test
  @DisplayName("X11: the others say that they stored it, and check nothing")
  void theOthersOnlyStore() {
    var batch = batch(OTHER, 0, Tip.UNUSED, 1);
    probe.receive(batch);
    assertThat(probe.signed()).containsExactly(batch.ack(false));
    assertThat(probe.checked()).isEmpty();
  }

  @Test
  @DisplayName("X11, L3: asked again, they check too, from then on at once for a while")
  void checksWhenTheProofDoesNotForm() {
    var chain = chain(OTHER, 0, Tip.UNUSED, 3);
    probe.receive(chain.get(0));
    probe.receive(chain.get(1));
    probe.receive(chain.get(1));
    assertThat(probe.checked()).containsExactly(chain.get(0), chain.get(1));
    probe.judge(chain.get(0));
    probe.judge(chain.get(1));
    probe.forget();

    probe.receive(chain.get(2));

    assertThat(probe.checked()).containsExactly(chain.get(2));
    assertThat(probe.signed()).isEmpty();
    probe.judge(chain.get(2));
    assertThat(probe.signed()).containsExactly(chain.get(2).ack(true));
  }

  @Test
  @DisplayName("X11, D10: what it verified later is on disk as such before it says so")
  void theVerifiedAckIsDurable() {
    var batch = batch(OTHER, 0, Tip.UNUSED, 1);
    probe.receive(batch);
    probe.receive(batch);
    probe.forget();
    probe.holdDisk();
    probe.judge(batch);
    assertThat(probe.signed()).isEmpty();
    probe.sync();
    assertThat(probe.signed()).containsExactly(batch.ack(true));

    probe.restart();
    probe.receive(batch);

    assertThat(probe.signed()).containsExactly(batch.ack(true));
    assertThat(probe.checked()).isEmpty();
  }

  @Test
  @DisplayName("X11: a batch with an invalid signature is not acknowledged, nor what is on it")
  void neverAcksAForgery() {
    var chain = chain(DESIGNATED, 0, Tip.UNUSED, 2);
    chain.forEach(probe::receive);
    probe.judge(chain.get(1));
    probe.judge(chain.get(0), 0);
    assertThat(probe.signed()).isEmpty();
  }

  @Test
  @DisplayName("X11: an earlier life knows a forgery for all later ones")
  void remembersAForgery() {
    var batch = batch(OTHER, 0, Tip.UNUSED, 1);
    probe.receive(batch);
    probe.receive(batch);
    probe.judge(batch, 0);
    probe.restart();
    probe.prove(verifiedProof(batch, 1, 2));

    probe.makeFinal(probe.block(genesis, advance(unused, batch)));

    assertThat(probe.effects(MempoolEffect.Halt.class)).hasSize(1);
    assertThat(probe.executedBlocks()).isEmpty();
  }

  @Test
  @DisplayName("X11, L3: an owner counts only who has verified, and vouches for its own at once")
  void anOwnerCountsVerifiedAcks() {
    var batch = probe.appendOwn();
    assertThat(probe.signed()).contains(batch.ack(true));
    assertThat(probe.checked()).isEmpty();
    probe.acknowledge(batch, 1, 2, 3);
    assertThat(proofs()).isEmpty();

    probe.receive(
        1, new BatchAck(Fakes.vote(batch.ack(true), ValidatorIndex.of(1)))); // after ack(false)
    probe.passMillis(10);

    assertThat(proofs()).containsExactly(verifiedProof(batch, 0, 1));
    assertThat(probe.effects(MempoolEffect.ReportEvidence.class)).isEmpty();
  }

  @Test
  @DisplayName("X11, L3: an owner asks those again that have not verified")
  void anOwnerAsksThoseWhoOnlyStored() {
    var batch = probe.appendOwn();
    probe.acknowledge(batch, 1, 2, 3);
    probe.forget();
    probe.passMillis(500);
    for (int peer = 1; peer <= 3; peer++) {
      assertThat(probe.sentTo(peer, BatchAppended.class)).hasSize(1);
    }
  }

  @Test
  @DisplayName("X11, N4: a proof of those that only stored the batch is none")
  void aPlainProofIsNone() {
    var batch = batch(OTHER, 0, Tip.UNUSED, 1);
    probe.wantAvailable(1, unused, advance(unused, batch), 1);
    probe.prove(proof(batch, 1, 2));
    assertThat(probe.available()).isEmpty();
    probe.prove(verifiedProof(batch, 1, 2));
    assertThat(probe.available()).containsExactly(View.of(1));
  }

  @Test
  @DisplayName("X11, N4: and on a ledger whose validators check, one that says more is none")
  void elsewhereAVerifiedProofIsNone() {
    var usual = new MempoolProbe();
    var batch = batch(OTHER, 0, Tip.UNUSED, 1);
    usual.wantAvailable(1, unused, advance(unused, batch), 1);
    usual.receive(1, new AvailabilityProofs(List.of(verifiedProof(batch, 1, 2))));
    assertThat(usual.available()).isEmpty();
  }

  @Test
  @DisplayName("X11, N4: a voter without a proof checks all that the block orders, after a while")
  void aVoterWithoutAProofChecks() {
    var chain = chain(OTHER, 0, Tip.UNUSED, 2);
    chain.forEach(probe::receive);
    probe.wantAvailable(1, unused, advance(unused, chain.get(1)), 1);
    assertThat(probe.checked()).isEmpty();
    probe.passMillis(20);
    assertThat(probe.checked()).containsExactlyElementsOf(chain);

    probe.judge(chain.get(1));
    assertThat(probe.available()).isEmpty();
    probe.judge(chain.get(0));

    assertThat(probe.available()).containsExactly(View.of(1));
  }

  @Test
  @DisplayName("X11, N4: it never votes for what it knows to be forged, whatever the proof")
  void neverVotesForAForgery() {
    var batch = batch(OTHER, 0, Tip.UNUSED, 1);
    probe.receive(batch);
    probe.wantAvailable(1, unused, advance(unused, batch), 1);
    probe.passMillis(20);
    probe.judge(batch, 0);
    probe.prove(verifiedProof(batch, 1, 2));
    assertThat(probe.available()).isEmpty();
    assertThat(probe.payload(unused).cut()).isEqualTo(unused);
  }

  @Test
  @DisplayName("X11, L3: a proof of a later batch covers those below it on the same chain")
  void aLaterProofCovers() {
    var chain = chain(OTHER, 0, Tip.UNUSED, 3);
    probe.prove(verifiedProof(chain.get(2), 1, 2));
    probe.wantAvailable(1, unused, advance(unused, chain.get(0)), 1);
    assertThat(probe.available()).isEmpty(); // it may be on another chain
    chain.forEach(probe::receive);
    assertThat(probe.available()).containsExactly(View.of(1));
    assertThat(probe.checked()).isEmpty();
  }

  @Test
  @DisplayName("X11, P3: a leader orders nothing that every voter would have to check")
  void aLeaderTakesNoUnprovenTip() {
    var batch = batch(OTHER, 0, Tip.UNUSED, 1);
    probe.receive(batch);
    assertThat(probe.payload(unused).cut()).isEqualTo(unused);
    probe.prove(verifiedProof(batch, 1, 2));
    assertThat(probe.payload(unused).cut()).isEqualTo(advance(unused, batch));
  }

  @Test
  @DisplayName("2.14: INVALID_ACK shows who vouched for a forgery, once")
  void accusesWhoVouched() {
    var forged = batch(OTHER, 0, Tip.UNUSED, probe.transfer(1), probe.transfer(2));
    var next = batch(OTHER, 0, forged.tip(), 3);
    probe.receive(forged);
    probe.receive(next);
    probe.prove(verifiedProof(next, 1, 3));
    probe.receive(next); // asked again
    probe.judge(forged, 1);
    probe.prove(verifiedProof(forged, 1, 3));

    var told = probe.effects(MempoolEffect.ReportEvidence.class);
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().evidence())
        .isInstanceOfSatisfying(
            Evidence.InvalidAck.class,
            evidence -> {
              assertThat(evidence.entry()).isEqualTo(probe.transfer(2));
              assertThat(evidence.appends()).containsExactly(forged.statement(), next.statement());
              assertThat(evidence.culprits())
                  .containsExactly(ValidatorIndex.of(1), ValidatorIndex.of(3));
              assertThat(evidence.isLinked()).isTrue();
              assertThat(withEntryOf(evidence).isLinked()).isFalse();
              assertThat(withProof(evidence, proof(next, 1, 3)).isLinked()).isFalse();
              assertThat(withProof(evidence, verifiedProof(forged, 1, 3)).isLinked()).isFalse();
            });
  }

  private Evidence.InvalidAck withEntryOf(Evidence.InvalidAck of) {
    return new Evidence.InvalidAck(probe.transfer(9), of.path(), of.appends(), of.proof());
  }

  private static Evidence.InvalidAck withProof(Evidence.InvalidAck of, Certificate proof) {
    return new Evidence.InvalidAck(of.entry(), of.path(), of.appends(), proof);
  }

  @Test
  @DisplayName("X11: a final block that orders a forgery is not executed, nor anything after it")
  void haltsOnAFinalForgery() {
    var batch = batch(OTHER, 0, Tip.UNUSED, 1);
    probe.receive(batch);
    probe.receive(batch);
    var ordered = probe.block(genesis, advance(unused, batch));
    probe.makeFinal(ordered);
    assertThat(probe.executedBlocks()).isEmpty(); // a verdict is on its way
    probe.judge(batch, 0);
    assertThat(probe.executedBlocks()).isEmpty();
    assertThat(probe.effects(MempoolEffect.Halt.class)).hasSize(1);

    probe.makeFinal(probe.block(ordered, ordered.cut(), probe.transfer(1)));

    assertThat(probe.executedBlocks()).isEmpty();
    assertThat(probe.effects(MempoolEffect.Halt.class)).hasSize(1);
  }

  @Test
  @DisplayName("X11: a valid verdict lets a final block go on to execution")
  void executesWhatIsValid() {
    var batch = batch(OTHER, 0, Tip.UNUSED, 1);
    probe.receive(batch);
    probe.receive(batch);
    var ordered = probe.block(genesis, advance(unused, batch));
    probe.makeFinal(ordered);
    probe.judge(batch);
    assertThat(probe.executedBlocks()).containsExactly(ordered);
  }

  @Test
  @DisplayName("X11: what is final already needs no check to be executed")
  void executesUnchecked() {
    var batch = batch(OTHER, 0, Tip.UNUSED, 1);
    var ordered = probe.block(genesis, advance(unused, batch));
    probe.makeFinal(ordered);
    probe.passMillis(20);
    probe.receive(1, new BatchResponse(List.of(batch)));
    assertThat(probe.executedBlocks()).containsExactly(ordered);
    assertThat(probe.checked()).isEmpty();
  }

  @Test
  @DisplayName("X11: two words for one batch are no DOUBLE_ACK, two batches are, in any words")
  void tellsDoubleAcksApart() {
    var own = new OwnLane(2, true);
    var batch = batch(0, 0, Tip.UNUSED, 1);
    own.appended(batch);
    var stored = Fakes.vote(batch.ack(false), ValidatorIndex.of(1));
    own.count(stored, batch.ack(false));
    var other = new Ack(batch.ack().epoch(), batch.lane(), 0, batch.height(), Hash.ZERO, true, 0);

    assertThat(own.conflict(verified(batch), batch.ack(true))).isEmpty();
    assertThat(own.conflict(Fakes.vote(other, ValidatorIndex.of(1)), other)).isPresent();
  }

  private static Vote verified(Batch batch) {
    return Fakes.vote(batch.ack(true), ValidatorIndex.of(1));
  }

  private List<Certificate> proofs() {
    return probe.sent(AvailabilityProofs.class).stream()
        .flatMap(sent -> sent.proofs().stream())
        .toList();
  }
}
