package dev.sampo.core.mempool;

import static dev.sampo.core.testing.TestBatches.advance;
import static dev.sampo.core.testing.TestBatches.batch;
import static dev.sampo.core.testing.TestBatches.proof;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.genesis.LaneParameters;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.LaneRows;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.TransactionGossip;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Statement.Append;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules L1, L1b, L3 and D9 for the own lane of a mempool. */
class BatcherTest {

  private final MempoolProbe probe = new MempoolProbe();

  @Test
  @DisplayName("at low load transactions go to everyone for the inline section, not to the lane")
  void takesTheInlineSectionAtLowLoad() {
    probe.submit(probe.transfer(1));
    probe.passMillis(100);

    assertThat(probe.sent(TransactionGossip.class))
        .containsExactly(new TransactionGossip(List.of(probe.transfer(1))));
    assertThat(probe.batchesSent()).isEmpty();
    assertThat(probe.payload(probe.unused()).transactions()).containsExactly(probe.transfer(1));
  }

  @Test
  @DisplayName("L0: what exceeds this validator's share of a block goes to its lane")
  void takesTheLaneUnderLoad() {
    var all = probe.load();
    int share = probe.ledger.genesis.parameters().inlineBytesMax() / 4;
    var inline = all.subList(0, all.size() - 1);
    assertThat(inline.stream().mapToInt(SignedTransaction::encodedLength).sum())
        .isLessThanOrEqualTo(share)
        .isGreaterThan(share - all.getLast().encodedLength());
    probe.submit(probe.transfer(2_000));
    probe.passMillis(10);

    var batch = probe.batchesSent().getFirst();
    assertThat(batch.transactions()).containsExactly(all.getLast(), probe.transfer(2_000));
    assertThat(probe.payload(probe.unused()).transactions()).containsExactlyElementsOf(inline);

    // The inline ones execute: there is room for another.
    probe.makeFinal(
        probe.block(
            probe.ledger.genesis.block(),
            probe.unused(),
            inline.toArray(SignedTransaction[]::new)));
    probe.execute();
    probe.submit(probe.transfer(2_001));
    assertThat(probe.payload(probe.unused()).transactions()).containsExactly(probe.transfer(2_001));
  }

  @Test
  @DisplayName("RE4: who lost its records makes no batch and acknowledges none, but holds them")
  void isSilentInLanesAfterALoss() {
    probe.silent();
    for (int salt = 10_000; salt < 10_300; salt++) { // more than its share of the inline section
      probe.submit(probe.transfer(salt));
    }
    var theirs = batch(1, 0, Tip.UNUSED, probe.transfer(7_000));
    probe.receive(theirs);
    probe.passMillis(200);
    probe.receive(theirs); // its owner asks again
    probe.restart();
    probe.receive(theirs);
    probe.passMillis(200);

    assertThat(probe.signed()).isEmpty();
    assertThat(probe.batchesSent()).isEmpty();
    assertThat(probe.isStored(theirs)).isTrue();
    probe.submit(probe.transfer(3_000));
    assertThat(probe.payload(probe.unused()).transactions()).contains(probe.transfer(3_000));
  }

  @Test
  @DisplayName("L1: a batch is made when its oldest transaction has waited for 10 ms")
  void makesABatchByAge() {
    probe.load();
    probe.passMillis(9);
    assertThat(probe.signed()).isEmpty();
    probe.passMillis(1);
    assertThat(probe.signed()).hasAtLeastOneElementOfType(Append.class);
  }

  @Test
  @DisplayName("L1: or at once when 128 KiB wait")
  void makesABatchBySize() {
    probe.load();
    int length = probe.transfer(1).encodedLength();
    for (int i = 1; (long) i * length < Batcher.BYTES_DUE; i++) {
      assertThat(probe.signed()).isEmpty();
      probe.submit(probe.transfer(5_000 + i));
    }
    assertThat(probe.batchesSent()).hasSize(1);
    assertThat(probe.batchesSent().getFirst().payloadLength())
        .isBetween(Batcher.BYTES_DUE, Batcher.BYTES_DUE + length);
  }

  @Test
  @DisplayName("D9: a batch is on disk, with its run, before any byte of it is sent")
  void storesABatchBeforeItSendsIt() {
    probe.holdDisk();
    probe.load();
    probe.passMillis(10);
    assertThat(probe.batchesSent()).isEmpty();
    assertThat(probe.signed()).hasSize(1).hasOnlyElementsOfType(Append.class);

    probe.sync();

    var batch = probe.batchesSent().getFirst();
    assertThat(LaneRows.batch(probe.ledger.store, MempoolProbe.SELF, batch.tip())).contains(batch);
    assertThat(probe.sentTo(1, BatchAppended.class)).hasSize(1);
    assertThat(probe.sentTo(2, BatchAppended.class)).hasSize(1);
    assertThat(probe.sentTo(3, BatchAppended.class)).hasSize(1);
    assertThat(probe.signed()).endsWith(batch.ack()); // the own one counts
    assertThat(probe.sent(BatchAck.class)).isEmpty();
  }

  @Test
  @DisplayName("L1: each batch names the one before, and one is made at a time")
  void chainsItsBatches() {
    var first = probe.appendOwn();
    probe.holdDisk();
    probe.submit(probe.transfer(3_000));
    probe.passMillis(100);
    probe.submit(probe.transfer(3_001));
    probe.passMillis(100);
    assertThat(probe.signed().stream().filter(Append.class::isInstance)).hasSize(2);
    probe.sync();
    probe.passMillis(100);
    probe.sync();

    var sent = probe.batchesSent();
    assertThat(sent).hasSize(3);
    assertThat(first.parent()).isEqualTo(Tip.UNUSED);
    assertThat(sent.get(1).parent()).isEqualTo(first.tip());
    assertThat(sent.get(2).parent()).isEqualTo(sent.get(1).tip());
    assertThat(sent.get(2).transactions()).containsExactly(probe.transfer(3_001));
  }

  @Test
  @DisplayName("L1: at most 8 batches are ahead of the last proof")
  void stopsEightAheadOfItsProof() {
    probe.appendOwn();
    for (int i = 0; i < 20; i++) {
      probe.submit(probe.transfer(3_000 + i));
      probe.passMillis(100);
    }
    var sent = probe.batchesSent().stream().distinct().toList();
    assertThat(sent).hasSize(8);

    probe.acknowledge(sent.getLast(), 1, 2);

    assertThat(probe.batchesSent().stream().distinct()).hasSize(9);
    assertThat(probe.batchesSent().getLast().transactions()).hasSize(13);
  }

  @Test
  @DisplayName("L1: while a batch waits for its proof, the next one waits for more: up to 100 ms")
  void makesLargerBatchesWhileOneIsNotProven() {
    var first = probe.appendOwn();
    probe.submit(probe.transfer(3_000));
    probe.passMillis(99);
    assertThat(probe.batchesSent()).containsExactly(first);
    probe.passMillis(1);
    assertThat(probe.batchesSent()).hasSize(2);

    probe.submit(probe.transfer(3_001));
    probe.passMillis(20);
    assertThat(probe.batchesSent()).hasSize(2);
    probe.acknowledge(probe.batchesSent().getLast(), 1, 2);
    assertThat(probe.batchesSent()).hasSize(3);
  }

  @Test
  @DisplayName(
      "L1, L2b: the window of the lane bounds what is not ordered, and opens with the order")
  void stopsAtItsWindow() {
    int length = probe.transfer(1).encodedLength();
    var bounded = new MempoolProbe(new LaneParameters(2 * length, 3 * length, 32));
    bounded.load();
    for (int i = 0; i < 9; i++) {
      bounded.submit(bounded.transfer(3_000 + i));
    }
    bounded.passMillis(200);
    var first = bounded.batchesSent();
    assertThat(first.stream().mapToInt(Batch::payloadLength).sum()).isEqualTo(3 * length);
    first.forEach(batch -> bounded.acknowledge(batch, 1, 2));
    bounded.passMillis(100);
    assertThat(bounded.batchesSent()).isEqualTo(first);

    bounded.makeFinal(
        bounded.block(bounded.ledger.genesis.block(), advance(bounded.unused(), first.getFirst())));

    assertThat(bounded.batchesSent()).hasSize(3);
    assertThat(bounded.batchesSent().getLast().payloadLength()).isEqualTo(2 * length);
  }

  @Test
  @DisplayName("L3: the proof goes with the next batch if one is about to come")
  void sendsTheProofWithTheNextBatch() {
    var first = probe.appendOwn();
    probe.submit(probe.transfer(3_000));
    probe.acknowledge(first, 3);
    assertThat(probe.sent(AvailabilityProofs.class)).isEmpty();
    probe.passMillis(10);

    assertThat(probe.sent(BatchAppended.class).getLast().proof()).contains(proof(first, 0, 3));
    probe.passMillis(100);
    assertThat(probe.sent(AvailabilityProofs.class)).isEmpty();
    probe.submit(probe.transfer(3_001));
    probe.passMillis(100);
    assertThat(probe.sent(BatchAppended.class).getLast().proof()).isEmpty(); // it was told
  }

  @Test
  @DisplayName("L3: an idle lane broadcasts its proof alone, once")
  void broadcastsTheProofOfAnIdleLane() {
    var batch = probe.appendOwn();
    probe.acknowledge(batch, 3);
    probe.acknowledge(batch, 1, 2);
    probe.passMillis(100);

    assertThat(probe.sent(AvailabilityProofs.class))
        .containsExactly(new AvailabilityProofs(List.of(proof(batch, 0, 3))));
    assertThat(probe.sentTo(3, AvailabilityProofs.class)).hasSize(1);
  }

  @Test
  @DisplayName("L3: a acknowledgements and not fewer, the own durable one among them")
  void needsTheAvailabilityQuorum() {
    var batch = probe.appendOwn();
    assertThat(probe.sent(AvailabilityProofs.class)).isEmpty();

    probe.acknowledge(batch, 2);

    assertThat(probe.sent(AvailabilityProofs.class))
        .containsExactly(new AvailabilityProofs(List.of(proof(batch, 0, 2))));
    assertThat(probe.payload(probe.unused()).cut()).isEqualTo(advance(probe.unused(), batch));
  }

  @Test
  @DisplayName("2.14: whoever acknowledges two batches at one place is reported")
  void reportsADoubleAck() {
    var batch = probe.appendOwn();
    var lie = new Ack(Epoch.ZERO, batch.lane(), 0, batch.height(), Hash.ZERO, false, 0);
    var liar = ValidatorIndex.of(3);
    var second = Fakes.vote(lie, liar);
    probe.receive(3, new BatchAck(second));
    probe.acknowledge(batch, 3);

    var honest = Fakes.vote(batch.ack(), liar);
    assertThat(probe.effects(MempoolEffect.ReportEvidence.class))
        .containsExactly(
            new MempoolEffect.ReportEvidence(new Evidence.ConflictingVotes(second, honest)));
    probe.acknowledge(batch, 3);
    assertThat(probe.effects(MempoolEffect.ReportEvidence.class)).hasSize(1); // once is enough
  }

  @Test
  @DisplayName("L3: the oldest and the newest without a proof are repeated, to the silent alone")
  void repeatsToTheSilent() {
    var first = probe.appendOwn();
    probe.submit(probe.transfer(3_000));
    probe.passMillis(100);
    probe.submit(probe.transfer(3_001));
    probe.passMillis(100);
    var newest = probe.batchesSent().getLast();
    probe.receive(
        1,
        new BatchAck(
            Fakes.vote(
                new Ack(Epoch.ZERO, first.lane(), 0, Height.of(1), Hash.ZERO, false, 0),
                ValidatorIndex.of(1))));
    probe.forget();
    probe.passMillis(200);
    assertThat(probe.batchesSent()).isEmpty();
    probe.passMillis(100);

    assertThat(probe.sentTo(1, BatchAppended.class))
        .extracting(BatchAppended::batch)
        .containsExactly(newest);
    assertThat(probe.sentTo(2, BatchAppended.class))
        .extracting(BatchAppended::batch)
        .containsExactly(first, newest);

    probe.forget();
    probe.acknowledge(newest, 1, 2);
    probe.passMillis(60_000);
    assertThat(probe.batchesSent()).isEmpty();
  }

  @Test
  @DisplayName("L1, L3: a restart resumes the chain from the store, and says so at once")
  void resumesItsChainAfterARestart() {
    var first = probe.appendOwn();
    probe.submit(probe.transfer(3_000));
    probe.passMillis(100);
    var second = probe.batchesSent().getLast();

    probe.restart();
    probe.step(new MempoolInput.PeerConnected(ValidatorIndex.of(2)));
    assertThat(probe.sentTo(2, BatchAppended.class))
        .extracting(BatchAppended::batch)
        .containsExactly(first, second);
    probe.passMillis(0);
    assertThat(probe.sentTo(1, BatchAppended.class))
        .extracting(BatchAppended::batch)
        .containsExactly(first, second);
    assertThat(probe.machine().isWaiting(probe.transfer(3_000).id())).isTrue();
    assertThat(probe.payload(probe.unused()).transactions()).isEmpty();

    // One acknowledgement is enough: the own one is on disk.
    probe.acknowledge(second, 3);
    assertThat(probe.payload(probe.unused()).cut()).isEqualTo(advance(probe.unused(), second));
    for (int salt = 10_000; salt < 10_100; salt++) { // more than its share of the inline section
      probe.submit(probe.transfer(salt));
    }
    probe.passMillis(100);
    assertThat(probe.batchesSent().getLast().parent()).isEqualTo(second.tip());
  }

  @Test
  @DisplayName("D9: what was not yet on disk was never sent, and its place is free")
  void forgetsWhatNeverReachedTheDisk() {
    probe.holdDisk();
    probe.load();
    probe.passMillis(10);

    probe.restart();
    var batch = probe.appendOwn();

    assertThat(batch.height()).isEqualTo(Height.of(1));
    assertThat(batch.run()).isZero();
  }

  @Test
  @DisplayName("L1b: if a foreign batch is final, a new run begins with what was not ordered")
  void beginsARunAfterAForeignBatch() {
    var lost = probe.appendOwn();
    var foreign = batch(0, 3, Tip.UNUSED, probe.transfer(9_000));
    probe.forget();

    probe.makeFinal(probe.block(probe.ledger.genesis.block(), advance(probe.unused(), foreign)));
    probe.passMillis(10);

    var begun = probe.batchesSent().getLast();
    assertThat(begun.run()).isEqualTo(1);
    assertThat(begun.parent()).isEqualTo(foreign.tip());
    assertThat(begun.transactions()).containsExactlyElementsOf(lost.transactions());
    assertThat(probe.signed()).contains(begun.ack());

    // And so it stays after a restart.
    probe.restart();
    probe.step(new MempoolInput.PeerConnected(ValidatorIndex.of(2)));
    assertThat(probe.batchesSent()).doesNotContain(begun);
    probe.makeFinal(probe.block(probe.ledger.genesis.block(), advance(probe.unused(), foreign)));
    probe.passMillis(10);
    assertThat(probe.batchesSent().getLast().run()).isGreaterThanOrEqualTo(1);
    assertThat(probe.batchesSent().getLast().parent()).isEqualTo(foreign.tip());
  }

  @Test
  @DisplayName("on a ledger without lanes nothing goes to one, nor is taken from one")
  void leavesLanesAloneWithoutThem() {
    var plain = new MempoolProbe(LaneParameters.NONE);
    for (int salt = 1; salt < 200; salt++) {
      plain.submit(plain.transfer(salt));
    }
    plain.receive(batch(1, 0, Tip.UNUSED, plain.transfer(300)));
    plain.passMillis(100);

    assertThat(plain.batchesSent()).isEmpty();
    assertThat(plain.signed()).isEmpty();
    assertThat(plain.effects(MempoolEffect.Store.class)).isEmpty();
    assertThat(plain.payload(plain.unused()).cut()).isEqualTo(plain.unused());
    assertThat(plain.payload(plain.unused()).transactions()).hasSize(199);
  }
}
