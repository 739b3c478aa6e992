package dev.sampo.core.mempool;

import static dev.sampo.core.testing.TestBatches.advance;
import static dev.sampo.core.testing.TestBatches.batch;
import static dev.sampo.core.testing.TestBatches.chain;
import static dev.sampo.core.testing.TestBatches.proof;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.execution.TestLedger;
import dev.sampo.core.genesis.LaneParameters;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.message.PeerMessage.BatchResponse;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules L2, L3, P3, P4 and D10 for the other lanes of a mempool. */
class MempoolMachineTest {

  private static final int OWNER = 2;

  private final MempoolProbe probe = new MempoolProbe();
  private final Cut unused = probe.unused();
  private final List<Batch> chain = chain(OWNER, 0, Tip.UNUSED, 4);

  @Test
  @DisplayName("D10: no acknowledgement is signed before batch and acknowledgement are on disk")
  void acknowledgesWhatIsOnDisk() {
    probe.holdDisk();
    probe.receive(chain.getFirst());
    assertThat(probe.signed()).isEmpty();

    probe.sync();

    assertThat(probe.signed()).containsExactly(chain.getFirst().ack());
    assertThat(probe.sentTo(OWNER, BatchAck.class))
        .containsExactly(new BatchAck(Fakes.vote(chain.getFirst().ack(), MempoolProbe.SELF)));
    assertThat(probe.sentTo(1, BatchAck.class)).isEmpty();
    assertThat(probe.isStored(chain.getFirst())).isTrue();
  }

  @Test
  @DisplayName("D10: what comes while the disk is busy goes there together afterwards")
  void writesInGroups() {
    probe.holdDisk();
    chain.forEach(probe::receive);
    assertThat(probe.effects(MempoolEffect.Store.class)).hasSize(1);
    probe.sync();
    assertThat(probe.signed()).containsExactly(chain.getFirst().ack());
    assertThat(probe.effects(MempoolEffect.Store.class)).hasSize(2);
    probe.sync();
    assertThat(probe.signed())
        .containsExactlyElementsOf(chain.stream().map(each -> (Statement) each.ack()).toList());
  }

  @Test
  @DisplayName(
      "L3: a repeated batch is answered by the stored acknowledgement, before it by nothing")
  void acknowledgesAgain() {
    probe.holdDisk();
    probe.receive(chain.getFirst());
    probe.receive(chain.getFirst());
    assertThat(probe.signed()).isEmpty();
    probe.sync();
    probe.receive(chain.getFirst());
    assertThat(probe.signed()).containsExactly(chain.getFirst().ack(), chain.getFirst().ack());
    assertThat(probe.effects(MempoolEffect.Store.class)).hasSize(1);
  }

  @Test
  @DisplayName("L2, 2.14: a fork is never acknowledged and is evidence, also after a restart")
  void reportsAForkedLane() {
    var twin = batch(OWNER, 0, Tip.UNUSED, 99);
    probe.receive(chain.getFirst());
    var evidence =
        new MempoolEffect.ReportEvidence(
            new Evidence.ConflictingVotes(chain.getFirst().asVote(), twin.asVote()));

    probe.receive(twin);
    assertThat(probe.effects(MempoolEffect.ReportEvidence.class)).containsExactly(evidence);

    probe.restart();
    probe.receive(twin);
    assertThat(probe.effects(MempoolEffect.ReportEvidence.class)).containsExactly(evidence);
    assertThat(probe.signed()).isEmpty();
    probe.receive(chain.get(0));
    probe.receive(chain.get(1));
    assertThat(probe.signed()).containsExactly(chain.get(0).ack(), chain.get(1).ack());
  }

  @Test
  @DisplayName("L2: a batch without its parent waits; the parent is asked for, then both are acked")
  void asksForAnUnknownParent() {
    probe.receive(chain.get(2));
    probe.passMillis(49);
    assertThat(probe.sent(BatchRequest.class)).isEmpty();
    probe.passMillis(1);
    assertThat(probe.sentTo(OWNER, BatchRequest.class))
        .containsExactly(MempoolProbe.request(Height.ZERO, chain.get(1)));
    assertThat(probe.signed()).isEmpty();

    probe.receive(OWNER, new BatchResponse(List.of(chain.get(1), chain.get(0))));

    assertThat(probe.signed())
        .containsExactlyElementsOf(
            chain.subList(0, 3).stream().map(each -> (Statement) each.ack()).toList());
    probe.forget();
    probe.pass(Duration.ofMinutes(2));
    assertThat(probe.sent(BatchRequest.class)).isEmpty();
  }

  @Test
  @DisplayName("L2b: a parent that was asked for has no place beyond the window either")
  void boundsWhatItAskedFor() {
    int length = chain.getFirst().payloadLength();
    var bounded = new MempoolProbe(new LaneParameters(length, 2 * length, 32));
    bounded.receive(chain.get(3));
    bounded.passMillis(50);
    bounded.receive(OWNER, new BatchResponse(List.of(chain.get(2), chain.get(1), chain.get(0))));
    assertThat(bounded.effects(MempoolEffect.Store.class)).isEmpty();
    assertThat(bounded.signed()).isEmpty();
  }

  @Test
  @DisplayName("L6: a response that nobody asked for is not taken")
  void ignoresUnaskedBatches() {
    probe.receive(1, new BatchResponse(List.of(chain.get(0))));
    assertThat(probe.effects(MempoolEffect.Store.class)).isEmpty();

    probe.receive(chain.get(2));
    var stranger = batch(OWNER, 0, chain.get(0).tip(), 77);
    probe.receive(1, new BatchResponse(List.of(chain.get(3), chain.get(2))));
    assertThat(probe.isStored(chain.get(3))).isFalse();
    probe.receive(1, new BatchResponse(List.of(chain.get(1), stranger, chain.get(0))));
    assertThat(probe.isStored(stranger)).isFalse();
    assertThat(probe.isStored(chain.get(0))).isTrue(); // it follows what was asked for
  }

  @Test
  @DisplayName("L3: a batch brings a proof, and that alone makes it work for a leader")
  void learnsProofsFromBatches() {
    probe.receive(chain.get(0));
    assertThat(probe.hasWork()).isFalse();

    probe.receive(OWNER, new BatchAppended(chain.get(1), Optional.of(proof(chain.get(0), 1, 2))));

    assertThat(probe.hasWork()).isTrue();
    assertThat(probe.effects(MempoolEffect.Work.class))
        .containsExactly(new MempoolEffect.Work(true));
  }

  @Test
  @DisplayName("P3: a lane advances up to what is proven and on disk, and no further")
  void advancesAProvenLane() {
    probe.suspect(OWNER);
    probe.receive(chain.get(0));
    probe.receive(chain.get(1));
    assertThat(probe.payload(unused).cut()).isEqualTo(unused);
    probe.prove(chain.get(0));
    assertThat(probe.payload(unused).cut()).isEqualTo(advance(unused, chain.get(0)));
    probe.prove(chain.get(2)); // which is not held
    assertThat(probe.payload(unused).cut()).isEqualTo(advance(unused, chain.get(0)));
    assertThat(probe.payload(advance(unused, chain.get(0))).cut())
        .isEqualTo(advance(unused, chain.get(0)));
    assertThat(probe.payload(unused).transactions()).isEmpty();
  }

  @Test
  @DisplayName("P3, TI4: a batch on disk needs no proof to be proposed, but is no work without one")
  void advancesALaneInGoodStanding() {
    probe.holdDisk();
    probe.receive(chain.get(0));
    assertThat(probe.payload(unused).cut()).isEqualTo(unused);
    probe.sync();

    assertThat(probe.payload(unused).cut()).isEqualTo(advance(unused, chain.get(0)));
    assertThat(probe.hasWork()).isFalse();
    probe.prove(chain.get(0));
    assertThat(probe.hasWork()).isTrue();
  }

  @Test
  @DisplayName("P3: a lane whose batch had to be asked for needs proofs until 32 more are final")
  void asksForProofsOfASuspect() {
    var height = TipChoice.SUSPECTED_FOR;
    var all = chain(OWNER, 0, Tip.UNUSED, height + 1);
    probe.suspect(OWNER);
    all.forEach(probe::receive);
    assertThat(probe.payload(unused).cut()).isEqualTo(unused);

    probe.makeFinal(
        probe.block(probe.ledger.genesis.block(), advance(unused, all.get(height - 1))));

    var ordered = advance(unused, all.get(height - 1));
    assertThat(probe.payload(ordered).cut()).isEqualTo(advance(unused, all.getLast()));
  }

  @Test
  @DisplayName("TI5: a leader that was given nothing is not told of the same work by its question")
  void doesNotRepeatItsWorkForAQuestion() {
    probe.receive(chain.get(0));
    probe.prove(chain.get(0));
    probe.forget();

    probe.payload(advance(unused, chain.get(0)));
    assertThat(probe.effects(MempoolEffect.Work.class)).isEmpty();

    probe.receive(chain.get(1));
    assertThat(probe.effects(MempoolEffect.Work.class)).containsOnly(new MempoolEffect.Work(true));
  }

  @Test
  @DisplayName("P4: the proof that a payload rests upon is told before it")
  void tellsTheOwnProofWithItsPayload() {
    var batch = probe.appendOwn();
    probe.submit(probe.transfer(3_000)); // the proof waits for this one's batch
    probe.acknowledge(batch, 1);
    assertThat(probe.sent(AvailabilityProofs.class)).isEmpty();
    probe.forget();

    probe.payload(unused);

    assertThat(probe.effects().subList(0, 2).getFirst())
        .isEqualTo(
            new MempoolEffect.Send(
                probe.ledger.genesis.validators().indices().subList(1, 4),
                new AvailabilityProofs(List.of(proof(batch, 0, 1)))));
    assertThat(probe.effects().get(1)).isInstanceOf(MempoolEffect.Payload.class);
  }

  @Test
  void refusesASignatureThatItNeverAskedFor() {
    var nullify = new Statement.Nullify(Epoch.ZERO, View.of(1));
    assertThatThrownBy(
            () ->
                probe.step(
                    new MempoolInput.Signed(nullify, Fakes.sign(nullify, MempoolProbe.SELF))))
        .isInstanceOf(InvariantViolation.class);
  }

  @Test
  @DisplayName("What waits too long closes the mempool to what is new, not to what is known")
  void shedsWhatWouldWaitTooLong() {
    var transfers = IntStream.range(0, 600).mapToObj(probe::transfer).toList();
    transfers.forEach(probe::submit);
    assertThat(answers()).hasSize(600).allMatch(Admission.Admitted.class::isInstance);
    probe.passMillis(100);
    var first = orderInline(probe.ledger.genesis.block(), transfers.subList(0, 10));
    probe.pass(Duration.ofSeconds(10));
    orderInline(first, transfers.subList(10, 20));

    probe.submit(probe.transfer(601));
    assertThat(answers().getLast()).isEqualTo(new Admission.Refused(RejectionCode.MEMPOOL_FULL));
    probe.submit(probe.ledger.transfer(TestLedger.BOB, TestLedger.ALICE, 1, 1));
    assertThat(answers().getLast())
        .as("nothing of Bob waits")
        .isInstanceOf(Admission.Admitted.class);
    probe.submit(probe.ledger.transfer(TestLedger.BOB, TestLedger.ALICE, 1, 2));
    assertThat(answers().getLast()).isEqualTo(new Admission.Refused(RejectionCode.MEMPOOL_FULL));
    probe.submit(transfers.getLast());
    assertThat(answers().getLast()).isEqualTo(new Admission.Refused(RejectionCode.ALREADY_PENDING));
    probe.submit(transfers.getFirst());
    assertThat(answers().getLast())
        .isEqualTo(new Admission.Refused(RejectionCode.ALREADY_EXECUTED));
  }

  private Block orderInline(Block parent, List<SignedTransaction> some) {
    var block = probe.block(parent, unused, some.toArray(SignedTransaction[]::new));
    probe.forget();
    probe.makeFinal(block);
    probe.execute();
    return block;
  }

  private List<Admission> answers() {
    return probe.effects(MempoolEffect.Answer.class).stream()
        .map(MempoolEffect.Answer::admission)
        .toList();
  }
}
