package dev.sampo.core.mempool;

import static dev.sampo.core.testing.TestBatches.batch;
import static dev.sampo.core.testing.TestBatches.chain;
import static dev.sampo.core.testing.TestBatches.proof;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.genesis.LaneParameters;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.LaneRows.AckPlace;
import dev.sampo.core.lane.LaneRows.Acked;
import dev.sampo.core.mempool.HeldLane.Offer;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules L2, L2b and P3 for one lane as a receiver holds it. */
class HeldLaneTest {

  private static final int LANE = 1;
  private static final int LENGTH = Fakes.transaction(1).encodedLength();

  private final HeldLane lane = new HeldLane(LaneParameters.DEFAULT);

  @Test
  @DisplayName("L2a: a batch on an acknowledged one of its run is acknowledged")
  void acknowledgesAChain() {
    var chain = chain(LANE, 0, Tip.UNUSED, 3);

    for (var batch : chain) {
      assertThat(lane.offer(batch)).isEqualTo(Offer.TAKEN);
      assertThat(lane.takeAckable()).containsExactly(batch);
    }
    assertThat(lane.takeAckable()).isEmpty();
  }

  @Test
  @DisplayName("L2: never a second batch at a place where one was acknowledged")
  void neverAcknowledgesTwoBatchesAtOnePlace() {
    var first = batch(LANE, 0, Tip.UNUSED, 1);
    var twin = batch(LANE, 0, Tip.UNUSED, 2);
    acknowledge(first);

    assertThat(lane.offer(twin)).isEqualTo(Offer.FORKED);
    assertThat(lane.rivalOf(twin)).contains(first);
    assertThat(lane.takeAckable()).isEmpty();
    // Nor if a block refers to it.
    assertThat(lane.hold(twin)).isTrue();
    assertThat(lane.takeAckable()).isEmpty();
  }

  @Test
  @DisplayName("L2: of two that wait at one place, one at most is acknowledged")
  void acknowledgesOneOfTwoThatWaited() {
    var parent = batch(LANE, 0, Tip.UNUSED, 1);
    var one = batch(LANE, 0, parent.tip(), 2);
    var other = batch(LANE, 0, parent.tip(), 3);
    assertThat(lane.offer(one)).isEqualTo(Offer.TAKEN);
    assertThat(lane.offer(other)).isEqualTo(Offer.TAKEN);
    assertThat(lane.takeAckable()).isEmpty();

    lane.offer(parent);

    assertThat(lane.takeAckable()).containsExactly(parent, one);
    assertThat(lane.takeAckable()).isEmpty();
  }

  @Test
  @DisplayName("L2, D10: nor after a restart, for the store remembers what was acknowledged")
  void remembersWhatItAcknowledgedAcrossARestart() {
    var first = batch(LANE, 0, Tip.UNUSED, 1);
    var twin = batch(LANE, 0, Tip.UNUSED, 2);
    var next = batch(LANE, 0, first.tip(), 3);

    lane.recover(
        Tip.UNUSED, List.of(first), Map.of(place(1, 0), new Acked(first.digest(), false)), 0);

    assertThat(lane.offer(twin)).isEqualTo(Offer.FORKED);
    assertThat(lane.offer(first)).isEqualTo(Offer.ACKED);
    assertThat(lane.offer(next)).isEqualTo(Offer.TAKEN);
    assertThat(lane.takeAckable()).containsExactly(next);
  }

  @Test
  @DisplayName("D10: what was stored without an acknowledgement may still get one after a restart")
  void acknowledgesWhatItHeldBeforeARestart() {
    var first = batch(LANE, 0, Tip.UNUSED, 1);

    lane.recover(Tip.UNUSED, List.of(first), Map.of(), 0);

    assertThat(lane.takeAckable()).containsExactly(first);
    assertThat(lane.findStored(first.tip())).contains(first);
    assertThat(lane.offer(first)).isEqualTo(Offer.DROPPED);
    lane.ackStored(first.ack());
    assertThat(lane.offer(first)).isEqualTo(Offer.ACKED);
  }

  @Test
  @DisplayName("D10: a repeated batch is acknowledged again only once that is on disk")
  void repeatsOnlyStoredAcknowledgements() {
    var first = batch(LANE, 0, Tip.UNUSED, 1);
    lane.offer(first);
    lane.takeAckable();

    assertThat(lane.offer(first)).isEqualTo(Offer.DROPPED);
    lane.stored(first.digest());
    assertThat(lane.offer(first)).isEqualTo(Offer.DROPPED);
    lane.ackStored(first.ack());
    assertThat(lane.offer(first)).isEqualTo(Offer.ACKED);
  }

  @Test
  @DisplayName("L2a: an acknowledged parent of another run is not enough")
  void needsTheParentInTheSameRun() {
    acknowledge(batch(LANE, 0, Tip.UNUSED, 1));
    var other = batch(LANE, 1, chain(LANE, 0, Tip.UNUSED, 1).getFirst().tip(), 2);

    assertThat(lane.offer(other)).isEqualTo(Offer.TAKEN);
    assertThat(lane.takeAckable()).isEmpty();
  }

  @Test
  @DisplayName("L2b: on the final tip a run begins, if it is not below one acknowledged before")
  void beginsARunOnTheFinalTip() {
    var tip = new Tip(Height.of(4), Fakes.genesis(1).block().hash());
    var sixth = batch(LANE, 6, tip, 1);
    var fifth = batch(LANE, 5, tip, 2);
    var seventh = batch(LANE, 7, tip, 3);
    lane.finalAt(tip);

    acknowledge(sixth);
    assertThat(lane.highestRun()).isEqualTo(6);
    assertThat(lane.offer(fifth)).isEqualTo(Offer.TAKEN);
    assertThat(lane.takeAckable()).isEmpty();
    acknowledge(seventh);
    assertThat(lane.highestRun()).isEqualTo(7);
  }

  @Test
  @DisplayName("L2b: nor after a restart")
  void remembersTheHighestRunAcrossARestart() {
    lane.recover(Tip.UNUSED, List.of(), Map.of(), 6);

    lane.offer(batch(LANE, 5, Tip.UNUSED, 1));
    assertThat(lane.takeAckable()).isEmpty();
    lane.offer(batch(LANE, 6, Tip.UNUSED, 2));
    assertThat(lane.takeAckable()).hasSize(1);
  }

  @Test
  @DisplayName("L2: with an unknown parent it waits, and the parent is asked for")
  void waitsForAnUnknownParent() {
    var chain = chain(LANE, 0, Tip.UNUSED, 3);
    lane.offer(chain.get(2));
    assertThat(lane.takeAckable()).isEmpty();
    assertThat(lane.missingParents()).containsExactly(chain.get(1).tip());

    lane.offer(chain.get(1));
    assertThat(lane.missingParents()).containsExactly(chain.get(0).tip());
    lane.offer(chain.get(0));

    assertThat(lane.takeAckable()).containsExactlyElementsOf(chain);
    assertThat(lane.missingParents()).isEmpty();
  }

  @Test
  @DisplayName("L2: a batch that was held for a block is a parent like any other")
  void acknowledgesOnABatchThatItHeldForABlock() {
    var chain = chain(LANE, 0, Tip.UNUSED, 2);
    lane.offer(chain.get(1));
    assertThat(lane.hold(chain.get(0))).isTrue();

    assertThat(lane.takeAckable()).containsExactlyElementsOf(chain);
  }

  @Test
  @DisplayName("L2: a batch that waited and was then held for a block is acknowledged all the same")
  void acknowledgesWhatWasHeldWhileItWaited() {
    var chain = chain(LANE, 0, Tip.UNUSED, 2);
    lane.offer(chain.get(1));
    assertThat(lane.hold(chain.get(1))).isTrue();
    lane.stored(chain.get(1).digest());

    lane.offer(chain.get(0));

    assertThat(lane.takeAckable()).containsExactlyElementsOf(chain);
    assertThat(lane.findStored(chain.get(1).tip())).isPresent();
  }

  @Test
  @DisplayName("L2: what is final is not acknowledged, and what was executed not taken")
  void acknowledgesNothingFinal() {
    var chain = chain(LANE, 0, Tip.UNUSED, 2);
    lane.offer(chain.get(0));
    lane.finalAt(chain.get(1).tip());

    assertThat(lane.takeAckable()).isEmpty();
    assertThat(lane.offer(chain.get(1))).isEqualTo(Offer.TAKEN); // execution may need it
    assertThat(lane.takeAckable()).isEmpty();
    lane.release(Height.of(2));
    assertThat(lane.offer(chain.get(0))).isEqualTo(Offer.DROPPED);
    assertThat(lane.offer(chain.get(1))).isEqualTo(Offer.DROPPED);
  }

  @Test
  @DisplayName("L2b: what comes late has a window of its own")
  void boundsWhatComesLate() {
    var bounded = new HeldLane(new LaneParameters(LENGTH, 2 * LENGTH, 32));
    bounded.finalAt(new Tip(Height.of(9), Hash.ZERO));
    var late = chain(LANE, 0, Tip.UNUSED, 3);

    assertThat(bounded.offer(late.get(0))).isEqualTo(Offer.TAKEN);
    assertThat(bounded.offer(late.get(1))).isEqualTo(Offer.TAKEN);
    assertThat(bounded.offer(late.get(2))).isEqualTo(Offer.DROPPED);
    bounded.hold(late.get(0)); // a final block waits for it
    assertThat(bounded.offer(late.get(2))).isEqualTo(Offer.TAKEN);
  }

  @Test
  @DisplayName("L2b: the newest run has a window; what exceeds it is dropped, and taken later")
  void boundsTheNewestRun() {
    var bounded = new HeldLane(new LaneParameters(LENGTH, 3 * LENGTH, 32));
    var chain = chain(LANE, 0, Tip.UNUSED, 4);
    chain.subList(0, 3).forEach(each -> assertThat(bounded.offer(each)).isEqualTo(Offer.TAKEN));
    assertThat(bounded.takeAckable()).hasSize(3);

    assertThat(bounded.offer(chain.get(3))).isEqualTo(Offer.DROPPED);
    bounded.finalAt(chain.get(0).tip());
    assertThat(bounded.offer(chain.get(3))).isEqualTo(Offer.TAKEN);
  }

  @Test
  @DisplayName("L2b: all older runs share another window, into which the newest must fit to end")
  void boundsTheOlderRuns() {
    var bounded = new HeldLane(new LaneParameters(LENGTH, 2 * LENGTH, 32));
    chain(LANE, 0, Tip.UNUSED, 2).forEach(bounded::offer);

    assertThat(bounded.offer(batch(LANE, 1, Tip.UNUSED, 10))).isEqualTo(Offer.TAKEN);
    // Run 1 no longer fits beside run 0 if it becomes an older one.
    assertThat(bounded.offer(batch(LANE, 2, Tip.UNUSED, 20))).isEqualTo(Offer.DROPPED);
    // Nor does more of run 0.
    assertThat(bounded.offer(batch(LANE, 0, Tip.UNUSED, 30))).isEqualTo(Offer.DROPPED);
    // Run 1 has room of its own.
    assertThat(bounded.offer(batch(LANE, 1, Tip.UNUSED, 11))).isEqualTo(Offer.TAKEN);
    assertThat(bounded.offer(batch(LANE, 1, Tip.UNUSED, 12))).isEqualTo(Offer.DROPPED);
  }

  @Test
  @DisplayName("L2b: no batch is above the ledger's limit of one")
  void boundsABatch() {
    var bounded = new HeldLane(new LaneParameters(LENGTH, 3 * LENGTH, 32));
    var large = batch(LANE, 0, Tip.UNUSED, Fakes.transaction(1), Fakes.transaction(2));

    assertThat(bounded.offer(large)).isEqualTo(Offer.DROPPED);
  }

  @Test
  @DisplayName("L1: the own window counts the present run alone")
  void countsTheBytesOfARun() {
    chain(LANE, 0, Tip.UNUSED, 3).forEach(this::acknowledge);
    lane.offer(batch(LANE, 1, Tip.UNUSED, 9));

    assertThat(lane.unorderedBytes(0)).isEqualTo(3L * LENGTH);
    assertThat(lane.unorderedBytes(1)).isEqualTo(LENGTH);
    lane.finalAt(chain(LANE, 0, Tip.UNUSED, 2).getLast().tip());
    assertThat(lane.unorderedBytes(0)).isEqualTo(LENGTH);
  }

  @Test
  @DisplayName("P3: a tip needs a proof, and every batch down to the parent's on disk")
  void proposesWhatIsProvenAndHeld() {
    var chain = chain(LANE, 0, Tip.UNUSED, 3);
    chain.subList(0, 2).forEach(this::acknowledge);
    assertThat(lane.tips().provenAfter(Tip.UNUSED)).isEqualTo(Tip.UNUSED);

    prove(chain.get(0));
    assertThat(lane.tips().provenAfter(Tip.UNUSED)).isEqualTo(chain.get(0).tip());
    prove(chain.get(2));
    assertThat(lane.tips().provenAfter(Tip.UNUSED)).isEqualTo(chain.get(0).tip());
    lane.offer(chain.get(2));
    lane.takeAckable();
    assertThat(lane.tips().provenAfter(Tip.UNUSED))
        .isEqualTo(chain.get(0).tip()); // not on disk yet
    lane.ackStored(chain.get(2).ack());
    assertThat(lane.tips().provenAfter(Tip.UNUSED)).isEqualTo(chain.get(2).tip());
    assertThat(lane.tips().provenAfter(chain.get(2).tip())).isEqualTo(chain.get(2).tip());
  }

  @Test
  @DisplayName("P3: only a chain that meets the parent's tip, of the highest run first")
  void proposesTheHighestRunThatMeetsTheParent() {
    var old = chain(LANE, 0, Tip.UNUSED, 3);
    var twin = batch(LANE, 1, Tip.UNUSED, 99);
    var young = chain(LANE, 2, old.getFirst().tip(), 1);
    List.of(old, List.of(twin), young).forEach(run -> run.forEach(this::store));
    old.forEach(this::prove);
    prove(twin);
    prove(young.getFirst());

    assertThat(lane.tips().provenAfter(Tip.UNUSED)).isEqualTo(young.getFirst().tip());
    assertThat(lane.tips().provenAfter(old.get(1).tip())).isEqualTo(old.get(2).tip());
    assertThat(lane.tips().provenAfter(twin.tip())).isEqualTo(twin.tip());
  }

  @Test
  @DisplayName("P3: a block advances a lane by advanceMax batches and one window of bytes at most")
  void proposesNoMoreThanABlockMayOrder() {
    var chain = chain(LANE, 0, Tip.UNUSED, 4);
    var byCount = new HeldLane(new LaneParameters(1 << 10, 1 << 20, 3));
    var byBytes = new HeldLane(new LaneParameters(LENGTH, 3 * LENGTH, 32));
    for (var bounded : List.of(byCount, byBytes)) {
      chain.forEach(batch -> store(bounded, batch));
      chain.forEach(batch -> bounded.prove(proof(batch, 0, 1), batch.ack()));

      assertThat(bounded.tips().provenAfter(Tip.UNUSED)).isEqualTo(chain.get(2).tip());
      assertThat(bounded.tips().provenAfter(chain.get(0).tip())).isEqualTo(chain.get(3).tip());
    }
  }

  @Test
  @DisplayName("L3, P3: a proof too far ahead covers what lies below it, so no lane stands still")
  void proposesWhatALaterProofCovers() {
    int many = LaneProofs.COUNT_MAX + LaneParameters.DEFAULT.advanceMax() + 1;
    var chain = chain(LANE, 0, Tip.UNUSED, many);
    chain.forEach(this::store);
    chain.forEach(this::prove);

    var tip = Tip.UNUSED;
    for (int height = 32; height < many; height += 32) {
      tip = lane.tips().provenAfter(tip);
      assertThat(tip).isEqualTo(chain.get(height - 1).tip());
    }
    lane.finalAt(tip);
    assertThat(lane.tips().provenAfter(tip)).isEqualTo(chain.get(many - 1).tip());
  }

  @Test
  @DisplayName("N4: a proof counts for exactly its batch, and not below the final tip")
  void knowsWhatIsProven() {
    var chain = chain(LANE, 0, Tip.UNUSED, 2);
    prove(chain.get(1));

    assertThat(lane.proofs().isOf(chain.get(1).tip())).isTrue();
    assertThat(lane.proofs().isOf(chain.get(0).tip())).isFalse();
    assertThat(lane.proofs().isOf(new Tip(Height.of(2), Hash.ZERO))).isFalse();
    lane.finalAt(chain.get(1).tip());
    assertThat(lane.proofs().isOf(chain.get(1).tip())).isFalse();
    assertThat(lane.prove(proof(chain.get(0), 0, 1), chain.get(0).ack())).isFalse();
  }

  @Test
  @DisplayName("what went to execution leaves memory, but never while it is on its way to the disk")
  void releasesWhatWasExecuted() {
    var chain = chain(LANE, 0, Tip.UNUSED, 3);
    chain.forEach(lane::offer);
    lane.takeAckable();
    chain.subList(1, 3).forEach(batch -> lane.ackStored(batch.ack()));
    lane.finalAt(chain.get(1).tip());

    lane.release(Height.of(2));

    assertThat(lane.find(chain.get(0).tip())).isPresent();
    assertThat(lane.find(chain.get(1).tip())).isEmpty();
    assertThat(lane.find(chain.get(2).tip())).isPresent();
    // L2a still holds on the final tip.
    var next = batch(LANE, 0, chain.get(2).tip(), 50);
    lane.offer(next);
    assertThat(lane.takeAckable()).containsExactly(next);
  }

  @Test
  void forgetsNothingOfWhatWaitsWhenItReleases() {
    var chain = chain(LANE, 0, Tip.UNUSED, 4);
    lane.offer(chain.get(1));
    lane.offer(chain.get(3));
    lane.finalAt(chain.get(1).tip());
    lane.release(Height.of(2));

    lane.offer(chain.get(2));

    assertThat(lane.takeAckable()).containsExactly(chain.get(2), chain.get(3));
    assertThat(Collections.frequency(lane.stored(), chain.get(1))).isZero();
  }

  private void acknowledge(Batch batch) {
    assertThat(lane.offer(batch)).isEqualTo(Offer.TAKEN);
    assertThat(lane.takeAckable()).contains(batch);
    lane.ackStored(batch.ack());
  }

  private void store(Batch batch) {
    store(lane, batch);
  }

  private static void store(HeldLane lane, Batch batch) {
    lane.hold(batch);
    lane.takeAckable();
    lane.stored(batch.digest());
  }

  private void prove(Batch batch) {
    lane.prove(proof(batch, 0, 1), batch.ack());
  }

  private static AckPlace place(long height, long run) {
    return new AckPlace(Height.of(height), run);
  }
}
