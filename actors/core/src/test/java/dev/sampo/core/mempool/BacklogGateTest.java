package dev.sampo.core.mempool;

import static dev.sampo.core.testing.TestBatches.advance;
import static dev.sampo.core.testing.TestBatches.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.genesis.BacklogLimits;
import dev.sampo.core.genesis.LaneParameters;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.transaction.RejectionCode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** EX7: from half of a limit on a validator takes in nothing, until a quarter is left. */
class BacklogGateTest {

  private static final int OWNER = 2;
  private static final Admission CLOSED = new Admission.Refused(RejectionCode.BACKLOG_LIMIT);

  private final MempoolProbe probe =
      new MempoolProbe(
          new LedgerParameters(64 << 10, 600_000, 4_000_000, 1, 5_000)
              .withLanes(LaneParameters.DEFAULT)
              .withBacklog(new BacklogLimits(8, 8)));
  private final List<Batch> batches = chain(OWNER, 0, Tip.UNUSED, 4);
  private Block tip = probe.ledger.genesis.block();
  private int submitted = 10_000;

  /** The next final block orders batches up to {@code last}, if any, and refers to a state. */
  private void makeFinal(int ordered, long state) {
    var cut = ordered == 0 ? tip.cut() : advance(tip.cut(), batches.get(ordered - 1));
    tip = MempoolProbe.referringTo(state, probe.block(tip, cut));
    probe.makeFinal(tip);
  }

  private Admission submit() {
    probe.submit(probe.transfer(++submitted));
    return answer();
  }

  private Admission answer() {
    return probe.effects(MempoolEffect.Answer.class).getLast().admission();
  }

  @Test
  @DisplayName("EX7: at half of the limit of batches nothing new is taken in, below it is")
  void closesAtHalfOfTheBatches() {
    batches.forEach(probe::receive);
    makeFinal(3, 0);
    assertThat(submit()).isInstanceOf(Admission.Admitted.class);
    makeFinal(4, 0);
    assertThat(submit()).isEqualTo(CLOSED);
  }

  @Test
  @DisplayName("EX7: at half of the limit of blocks too; open again when a quarter is left")
  void closesAtHalfOfTheBlocksAndOpensAtAQuarter() {
    for (int height = 1; height <= 3; height++) {
      makeFinal(0, 0);
      assertThat(submit()).isInstanceOf(Admission.Admitted.class);
    }
    makeFinal(0, 0);
    assertThat(submit()).as("height 4 above state 0").isEqualTo(CLOSED);
    makeFinal(0, 2);
    assertThat(submit()).as("height 5 above state 2").isEqualTo(CLOSED);
    makeFinal(0, 4);
    assertThat(submit()).as("height 6 above state 4").isInstanceOf(Admission.Admitted.class);
    makeFinal(0, 4);
    assertThat(submit()).as("height 7 above state 4").isInstanceOf(Admission.Admitted.class);
  }

  @Test
  @DisplayName("EX7, L1: a closed validator makes no batch of what waits, and does when it opens")
  void closesItsLane() {
    batches.forEach(probe::receive);
    probe.load();
    makeFinal(4, 0);
    probe.passMillis(1_000);
    assertThat(probe.batchesSent()).isEmpty();

    makeFinal(0, 1);
    assertThat(probe.batchesSent()).hasSize(1);
  }

  @Test
  @DisplayName("EX7: a closed validator tells who asks again what became of its transaction")
  void knowsWhatWaits() {
    var waiting = probe.transfer(1);
    probe.submit(waiting);
    for (int height = 1; height <= 4; height++) {
      makeFinal(0, 0);
    }
    probe.submit(waiting);
    assertThat(answer()).isEqualTo(new Admission.Refused(RejectionCode.ALREADY_PENDING));
  }

  @Test
  @DisplayName("EX7: it stays closed over a restart, and counts on from its store")
  void staysClosedOverARestart() {
    batches.forEach(probe::receive);
    makeFinal(3, 0);
    makeFinal(4, 0);
    probe.execute();
    probe.restart();
    assertThat(submit()).isEqualTo(CLOSED);

    makeFinal(0, 1);
    assertThat(submit()).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  @DisplayName("P3, EX7: where there is room for a part of the batches, the lanes take turns")
  void sharesTheRoom() {
    var others = chain(3, 0, Tip.UNUSED, 4);
    batches.forEach(probe::receive);
    others.forEach(probe::receive);
    probe.prove(batches.getLast());
    probe.prove(others.getLast());

    assertThat(probe.payload(probe.unused(), 0).cut()).isEqualTo(probe.unused());
    var three = probe.payload(probe.unused(), 3).cut();
    assertThat(three).isEqualTo(advance(probe.unused(), batches.get(1), others.get(0)));
    assertThat(probe.payload(three, 1).cut()).isEqualTo(advance(three, others.get(1)));
    assertThat(probe.payload(probe.unused(), 8).cut())
        .isEqualTo(advance(probe.unused(), batches.getLast(), others.getLast()));
  }
}
