package dev.sampo.core.mempool;

import static dev.sampo.core.testing.TestBatches.advance;
import static dev.sampo.core.testing.TestBatches.batch;
import static dev.sampo.core.testing.TestBatches.chain;
import static dev.sampo.core.testing.TestBatches.proof;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Cut;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.IncarnationAnnounced;
import dev.sampo.core.message.PeerMessage.IncarnationConfirmed;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Statement.Append;
import dev.sampo.core.vote.Statement.Incarnate;
import dev.sampo.core.vote.Statement.IncarnationStored;
import dev.sampo.core.vote.Vote;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Incarnations: which acknowledgements count, and who may speak in lanes (RE4, N4, L1b, D12). */
@Tag("fault-31")
class IncarnationsTest {

  private static final Incarnate OWN = new Incarnate(Epoch.ZERO, 2);

  private final MempoolProbe probe = new MempoolProbe();
  private final Cut unused = probe.unused();

  private static Vote announcement(int of, int incarnation) {
    return Fakes.vote(new Incarnate(Epoch.ZERO, incarnation), ValidatorIndex.of(of));
  }

  private void announce(int of, int incarnation) {
    probe.receive(of, new IncarnationAnnounced(announcement(of, incarnation)));
  }

  private void confirm(int peer, int incarnation) {
    var stored = new IncarnationStored(Epoch.ZERO, MempoolProbe.SELF, incarnation);
    probe.receive(peer, new IncarnationConfirmed(Fakes.vote(stored, ValidatorIndex.of(peer))));
  }

  private void acknowledge(Batch batch, int signer, int incarnation) {
    var ack = batch.ack().by(incarnation);
    probe.receive(signer, new BatchAck(Fakes.vote(ack, ValidatorIndex.of(signer))));
  }

  /** This validator lost its records and has incarnation 2. */
  private void recover() {
    probe.silent();
    probe.step(new MempoolInput.IncarnationSettled(2));
  }

  private void submitMoreThanFitsInline(int firstSalt) {
    for (int salt = firstSalt; salt < firstSalt + 300; salt++) {
      probe.submit(probe.transfer(salt));
    }
  }

  private List<Statement> saidInLanes() {
    return probe.signed().stream()
        .filter(statement -> statement instanceof Ack || statement instanceof Append)
        .toList();
  }

  // What others announce.

  @Test
  @DisplayName("D12: an incarnation is on disk before it is confirmed, and consensus told before")
  void storesBeforeItConfirms() {
    probe.holdDisk();
    announce(3, 1);
    assertThat(probe.sent(IncarnationConfirmed.class)).isEmpty();
    assertThat(probe.machine().announcements()).isEmpty();

    probe.forget();
    probe.sync();
    assertThat(probe.effects().getFirst())
        .isEqualTo(new MempoolEffect.IncarnationsStored(List.of(announcement(3, 1))));
    var stored = new IncarnationStored(Epoch.ZERO, ValidatorIndex.of(3), 1);
    assertThat(probe.sentTo(3, IncarnationConfirmed.class))
        .containsExactly(new IncarnationConfirmed(Fakes.vote(stored, MempoolProbe.SELF)));
    assertThat(probe.sentTo(1, IncarnationConfirmed.class)).isEmpty();
  }

  @Test
  @DisplayName("RE4: a lower one than stored is ignored, the same confirmed again without a write")
  void ignoresALowerOne() {
    announce(3, 4);
    probe.forget();
    announce(3, 3);
    assertThat(probe.effects()).isEmpty();
    announce(3, 4);
    assertThat(probe.sentTo(3, IncarnationConfirmed.class)).hasSize(1);
    assertThat(probe.effects(MempoolEffect.Store.class)).isEmpty();
    assertThat(probe.machine().announcements()).containsExactly(announcement(3, 4));
  }

  @Test
  @DisplayName("RE4: whatever is announced, one number of each member is kept and written")
  void keepsOneOfEachMember() {
    probe.holdDisk();
    announce(3, 1);
    for (int incarnation = 2; incarnation <= 1_000; incarnation++) {
      announce(3, incarnation);
      announce(2, incarnation);
    }
    probe.sync();
    var second = probe.effects(MempoolEffect.Store.class).getLast();
    assertThat(second.writes().writes()).hasSize(2);
    probe.sync();
    assertThat(probe.machine().announcements())
        .containsExactly(announcement(2, 1_000), announcement(3, 1_000));
  }

  @Test
  @DisplayName("D12: what was stored holds after a restart, and consensus is told first of all")
  void remembersAfterARestart() {
    announce(3, 1);
    probe.restart();
    assertThat(probe.effects().getFirst())
        .isEqualTo(new MempoolEffect.IncarnationsStored(List.of(announcement(3, 1))));
    var theirs = batch(1, 0, Tip.UNUSED, 5);
    probe.prove(proof(theirs, 1, 3));
    probe.wantAvailable(1, unused, advance(unused, theirs), 1);
    assertThat(probe.available()).isEmpty();
  }

  // N4: what counts.

  @Test
  @DisplayName("N4: an acknowledgement from before its signer's loss proves nothing any more")
  void aVoidAckProvesNothing() {
    var theirs = batch(1, 0, Tip.UNUSED, 5);
    announce(3, 1);
    probe.prove(proof(theirs, 1, 3));
    probe.wantAvailable(1, unused, advance(unused, theirs), 1);
    assertThat(probe.available()).isEmpty();

    probe.prove(
        Certificate.of(
            theirs.ack(),
            List.of(
                Fakes.vote(theirs.ack(), ValidatorIndex.of(1)),
                Fakes.vote(theirs.ack().by(1), ValidatorIndex.of(3)))));
    assertThat(probe.available()).containsExactly(View.of(1));
  }

  @Test
  @DisplayName("N4: nor does a proof that was counted before the loss was known")
  void aProofMayBecomeVoid() {
    var theirs = batch(1, 0, Tip.UNUSED, 5);
    probe.prove(proof(theirs, 1, 3));
    announce(3, 1);
    probe.wantAvailable(1, unused, advance(unused, theirs), 1);
    assertThat(probe.available()).isEmpty();
    probe.prove(proof(theirs, 1, 2));
    assertThat(probe.available()).containsExactly(View.of(1));
  }

  @Test
  @DisplayName("N4, RE4: an incarnation counts only once it is stored here")
  void anUnknownIncarnationDoesNotCountYet() {
    var theirs = batch(1, 0, Tip.UNUSED, 5);
    var early =
        Certificate.of(
            theirs.ack(),
            List.of(
                Fakes.vote(theirs.ack(), ValidatorIndex.of(1)),
                Fakes.vote(theirs.ack().by(1), ValidatorIndex.of(3))));
    probe.prove(early);
    probe.wantAvailable(1, unused, advance(unused, theirs), 1);
    assertThat(probe.available()).isEmpty();
    announce(3, 1);
    probe.prove(early);
    assertThat(probe.available()).containsExactly(View.of(1));
  }

  @Test
  @DisplayName("N4: a voter that holds the batches needs no acknowledgement")
  void holdingIsEnough() {
    var theirs = batch(1, 0, Tip.UNUSED, 5);
    announce(3, 1);
    probe.receive(theirs);
    probe.wantAvailable(1, unused, advance(unused, theirs), 1);
    assertThat(probe.available()).containsExactly(View.of(1));
  }

  @Test
  @DisplayName("N4, P3: a leader counts no void proof as work either")
  void aVoidProofIsNoWork() {
    var theirs = batch(1, 0, Tip.UNUSED, probe.transfer(1));
    probe.receive(theirs);
    probe.prove(proof(theirs, 1, 3));
    assertThat(probe.hasWork()).isTrue();
    announce(3, 1);
    assertThat(probe.hasWork()).isFalse();
  }

  @Test
  @DisplayName("L3, RE4: an owner counts no acknowledgement from before the loss")
  void anOwnerCountsNoVoidAck() {
    var own = probe.appendOwn();
    announce(3, 1);
    acknowledge(own, 3, 0);
    assertThat(probe.sent(AvailabilityProofs.class)).isEmpty();
    acknowledge(own, 3, 1);
    assertThat(probe.sent(AvailabilityProofs.class)).hasSize(1);
  }

  @Test
  @DisplayName("L3, RE4: nor one that it heard before it knew of the loss")
  void anOwnerForgetsWhatBecameVoid() {
    var lanes = new OwnLane(3, false);
    var own = chain(0, 0, Tip.UNUSED, 1).getFirst();
    lanes.appended(own);
    var old = Fakes.vote(own.ack(), ValidatorIndex.of(3));
    lanes.count(old, own.ack());
    lanes.count(Fakes.vote(own.ack(), ValidatorIndex.of(0)), own.ack());
    lanes.forgetUnless(vote -> !vote.equals(old));
    assertThat(lanes.count(Fakes.vote(own.ack(), ValidatorIndex.of(1)), own.ack())).isEmpty();
    var anew = Fakes.vote(own.ack().by(1), ValidatorIndex.of(3));
    assertThat(lanes.count(anew, own.ack().by(1))).isPresent();
  }

  @Test
  @DisplayName("L3, RE4: an owner whose newest proof became void collects a new one")
  void anOwnerProvesItsLaneAnew() {
    var own = probe.appendOwn();
    acknowledge(own, 3, 0);
    assertThat(probe.sent(AvailabilityProofs.class)).hasSize(1);

    probe.passMillis(10_000);
    probe.forget();
    announce(3, 1);
    probe.passMillis(499);
    assertThat(probe.batchesSent()).isEmpty();
    probe.passMillis(1);
    assertThat(probe.sentTo(3, BatchAppended.class))
        .extracting(BatchAppended::batch)
        .containsExactly(own);
    acknowledge(own, 3, 1);
    var anew = probe.sent(AvailabilityProofs.class).getLast().proofs().getFirst();
    assertThat(anew.votes()).extracting(Certificate.Signed::incarnation).containsExactly(0, 1);
  }

  @Test
  @DisplayName("2.14, RE4: who acknowledges anew after a loss breaks no rule")
  void acknowledgingAnewIsNoEvidence() {
    var own = probe.appendOwn();
    var other = batch(0, 0, Tip.UNUSED, 77); // what the signer may have stored before
    acknowledge(other, 3, 0);
    announce(3, 1);
    acknowledge(own, 3, 1);
    assertThat(probe.effects(MempoolEffect.ReportEvidence.class)).isEmpty();
    assertThat(probe.sent(AvailabilityProofs.class)).hasSize(1);
  }

  // The own incarnation.

  @Test
  @DisplayName("RE4: nothing is said in lanes before q others have confirmed, and that is on disk")
  void speaksOnceAQuorumHasConfirmed() {
    var theirs = batch(1, 0, Tip.UNUSED, 5);
    recover();
    probe.receive(theirs);
    confirm(1, 2);
    confirm(2, 2);
    confirm(2, 2); // counts once
    confirm(3, 1); // not this incarnation
    probe.receive(theirs);
    assertThat(probe.signed()).containsExactly(OWN);

    probe.holdDisk();
    confirm(3, 2);
    probe.receive(theirs);
    assertThat(saidInLanes()).isEmpty();
    probe.sync();
    probe.receive(theirs); // its owner asks again
    assertThat(saidInLanes()).containsExactly(theirs.ack().by(2));
  }

  @Test
  @DisplayName("L1b: its runs are of the new incarnation, from the first batch on")
  void beginsARunOfItsIncarnation() {
    recover();
    submitMoreThanFitsInline(10_000);
    probe.passMillis(100);
    assertThat(probe.batchesSent()).isEmpty();

    confirm(1, 2);
    confirm(2, 2);
    confirm(3, 2);
    submitMoreThanFitsInline(20_000);
    probe.passMillis(100);
    var first = probe.batchesSent().getFirst();
    assertThat(first.run()).isEqualTo(2L << 32);
    assertThat(first.parent()).isEqualTo(Tip.UNUSED);
    assertThat(saidInLanes()).contains(first.ack().by(2));
    acknowledge(first, 1, 0);
    assertThat(probe.sent(AvailabilityProofs.class).getLast().proofs().getFirst().votes())
        .extracting(Certificate.Signed::incarnation)
        .containsExactly(2, 0);

    // The same run after a restart, whatever stands in the lane from before the loss.
    probe.restart();
    probe.step(new MempoolInput.IncarnationSettled(2));
    assertThat(saidInLanes()).containsExactly(first.ack().by(2));
  }

  @Test
  @DisplayName("RE4: it announces itself until all have confirmed, and to those who come back")
  void announcesUntilAllHaveConfirmed() {
    recover();
    var own = new IncarnationAnnounced(Fakes.vote(OWN, MempoolProbe.SELF));
    assertThat(probe.sentTo(1, IncarnationAnnounced.class)).containsExactly(own);
    confirm(1, 2);
    confirm(2, 2);

    probe.forget();
    probe.passMillis(500);
    assertThat(probe.sentTo(1, IncarnationAnnounced.class)).isEmpty();
    assertThat(probe.sentTo(3, IncarnationAnnounced.class)).containsExactly(own);
    probe.step(new MempoolInput.PeerConnected(ValidatorIndex.of(1)));
    probe.step(new MempoolInput.PeerConnected(ValidatorIndex.of(3)));
    assertThat(probe.sentTo(1, IncarnationAnnounced.class)).isEmpty();
    assertThat(probe.sentTo(3, IncarnationAnnounced.class)).hasSize(2);

    probe.forget();
    confirm(3, 2);
    probe.passMillis(60_000);
    assertThat(probe.sent(IncarnationAnnounced.class)).isEmpty();
  }

  @Test
  @DisplayName(
      "RE4: who lost its records has forgotten the incarnations of others and is told them")
  void tellsAnotherThatRecovered() {
    recover();
    confirm(1, 2);
    confirm(2, 2);
    confirm(3, 2);
    probe.forget();
    announce(3, 1);
    assertThat(probe.sentTo(3, IncarnationAnnounced.class)).hasSize(1);
    probe.passMillis(500);
    assertThat(probe.sentTo(3, IncarnationAnnounced.class)).hasSize(2);
    assertThat(probe.sentTo(1, IncarnationAnnounced.class)).isEmpty();
  }

  @Test
  @DisplayName("RE4: nobody puts off its announcements, or has batches sent, by announcing itself")
  void isNotPutOffByOthers() {
    recover();
    for (int incarnation = 1; incarnation <= 20; incarnation++) {
      announce(3, incarnation);
      probe.passMillis(100);
    }
    // At once, after 0.5 s, and 0.75 s later.
    assertThat(probe.sentTo(1, IncarnationAnnounced.class)).hasSize(3);
  }

  @Test
  @DisplayName("RE4: after a restart it speaks at once if it was confirmed, and not if it was not")
  void remembersThatItWasConfirmed() {
    var theirs = batch(1, 0, Tip.UNUSED, 5);
    recover();
    confirm(1, 2);
    confirm(2, 2);
    probe.restart();
    probe.receive(theirs);
    probe.step(new MempoolInput.IncarnationSettled(2));
    probe.receive(theirs);
    assertThat(saidInLanes()).isEmpty();

    confirm(1, 2);
    confirm(2, 2);
    confirm(3, 2);
    probe.restart();
    probe.receive(theirs);
    assertThat(saidInLanes()).isEmpty(); // it does not know its incarnation yet
    probe.step(new MempoolInput.IncarnationSettled(2));
    probe.receive(theirs);
    assertThat(saidInLanes()).containsExactly(theirs.ack().by(2));
  }

  @Test
  @DisplayName("RE1: who does not know its own incarnation confirms nobody's")
  void confirmsNothingWhileRecovering() {
    probe.silent();
    announce(3, 1);
    assertThat(probe.signed()).isEmpty();
    assertThat(probe.effects(MempoolEffect.Store.class)).isEmpty();
  }
}
