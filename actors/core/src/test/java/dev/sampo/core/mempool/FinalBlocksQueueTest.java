package dev.sampo.core.mempool;

import static dev.sampo.core.testing.TestBatches.advance;
import static dev.sampo.core.testing.TestBatches.batch;
import static dev.sampo.core.testing.TestBatches.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.message.PeerMessage.BatchResponse;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.FinalityProof;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules L4 to L6: final blocks on their way to execution, and what becomes of their batches. */
class FinalBlocksQueueTest {

  private static final int OWNER = 2;

  private final MempoolProbe probe = new MempoolProbe();
  private final Block genesis = probe.ledger.genesis.block();
  private final Cut unused = probe.unused();
  private final List<Batch> chain = chain(OWNER, 0, Tip.UNUSED, 4);

  @Test
  @DisplayName("L4, L5, L6: a final block waits for its batches and takes what they carry")
  void waitsForTheBatchesOfAFinalBlock() {
    var ofOther = batch(3, 0, Tip.UNUSED, probe.transfer(7));
    var ofOwner = batch(OWNER, 0, Tip.UNUSED, probe.transfer(8));
    var block = probe.block(genesis, advance(unused, ofOwner, ofOther), probe.transfer(9));
    probe.receive(ofOther);

    probe.makeFinal(block);
    assertThat(probe.effects(MempoolEffect.Execute.class)).isEmpty();
    probe.passMillis(20);
    assertThat(probe.asked()).containsExactly(OWNER);
    probe.receive(1, new BatchResponse(List.of(ofOwner)));

    var executed = probe.effects(MempoolEffect.Execute.class);
    assertThat(executed).hasSize(1);
    assertThat(executed.getFirst().blocks().getFirst().block()).isEqualTo(block);
    // View 1 begins with lane 1, then 2 and 3.
    assertThat(executed.getFirst().blocks().getFirst().entries())
        .containsExactly(probe.transfer(8), probe.transfer(7), probe.transfer(9));
    assertThat(executed.getFirst().proof()).isEqualTo(probe.ledger.finality(block));
  }

  @Test
  @DisplayName("L6: a batch that is late comes by itself more often than not, and is not asked for")
  void takesALateBatchFromItsOwner() {
    var block = probe.block(genesis, advance(unused, chain.get(1)));
    probe.makeFinal(block);

    probe.receive(chain.get(0));
    probe.receive(chain.get(1));

    assertThat(probe.executedBlocks()).containsExactly(block);
    probe.pass(Duration.ofSeconds(5));
    assertThat(probe.sent(BatchRequest.class)).isEmpty();
    assertThat(probe.signed()).isEmpty(); // nobody needs an acknowledgement of it
    assertThat(probe.isStored(chain.get(0))).isTrue();
  }

  @Test
  @DisplayName("L4: blocks go to execution in their order, those of one proof together")
  void executesInOrder() {
    var first = probe.block(genesis, advance(unused, chain.get(1)));
    var second = probe.block(first, first.cut(), probe.transfer(1));
    var third = probe.block(second, advance(unused, chain.get(2)));
    probe.makeFinal(first, second);
    probe.makeFinal(third);
    assertThat(probe.executedBlocks()).isEmpty();

    probe.passMillis(20);
    probe.receive(1, new BatchResponse(List.of(chain.get(1), chain.get(0))));

    assertThat(probe.effects(MempoolEffect.Execute.class))
        .extracting(each -> each.blocks().size())
        .containsExactly(2);
    assertThat(probe.executedBlocks()).containsExactly(first, second);
    probe.passMillis(200);
    probe.receive(1, new BatchResponse(List.of(chain.get(2))));
    assertThat(probe.executedBlocks()).containsExactly(first, second, third);
    assertThat(probe.effects(MempoolEffect.Execute.class).getLast().proof())
        .isEqualTo(probe.ledger.finality(third));
  }

  @Test
  @DisplayName(
      "L6, D6: blocks of one proof may go to execution in parts, each with a proof of its last")
  void executesInPartsIfTheRestIsMissing() {
    var first = probe.block(genesis, unused, probe.transfer(1));
    var second = probe.block(first, advance(unused, chain.get(0)));
    probe.makeFinal(first, second);

    var finality = probe.ledger.finality(second);
    var headers = List.of(first.header(), second.header());
    assertThat(probe.effects(MempoolEffect.Execute.class))
        .containsExactly(
            new MempoolEffect.Execute(
                List.of(OrderedBlock.inline(first)),
                new FinalityProof(headers, finality.finalization())));
  }

  @Test
  @DisplayName(
      "L6: a final batch is asked of the proposer, the owner, then of all, and may be lost")
  void reportsLostData() {
    var block = probe.block(genesis, advance(unused, chain.get(0)));
    probe.makeFinal(block);
    probe.pass(Duration.ofSeconds(59));
    assertThat(probe.asked()).startsWith(OWNER).contains(1, 2, 3);
    assertThat(probe.effects(MempoolEffect.ReportDataLost.class)).isEmpty();

    probe.pass(Duration.ofSeconds(5));
    var lost = new MempoolEffect.ReportDataLost(ValidatorIndex.of(OWNER), chain.get(0).tip());
    assertThat(probe.effects(MempoolEffect.ReportDataLost.class)).containsExactly(lost);

    // It is asked for as before, reported once, and executed when its holder returns.
    int before = probe.asked().size();
    probe.pass(Duration.ofMinutes(2));
    assertThat(probe.asked()).hasSizeGreaterThan(before);
    assertThat(probe.effects(MempoolEffect.ReportDataLost.class)).containsExactly(lost);
    probe.receive(3, new BatchResponse(List.of(chain.get(0))));
    assertThat(probe.executedBlocks()).containsExactly(block);
  }

  @Test
  @DisplayName("N5: a batch that only a vote waits for is never lost data")
  void reportsNoLossForAVote() {
    probe.wantAvailable(1, unused, advance(unused, chain.get(0)), 1);
    probe.pass(Duration.ofMinutes(3));
    assertThat(probe.effects(MempoolEffect.ReportDataLost.class)).isEmpty();
  }

  @Test
  @DisplayName("L2: batches on the new final tip are acknowledged when the block is final")
  void acknowledgesOnTheNewFinalTip() {
    probe.receive(chain.get(2));
    assertThat(probe.signed()).isEmpty();

    probe.makeFinal(probe.block(genesis, advance(unused, chain.get(1))));

    assertThat(probe.signed()).containsExactly(chain.get(2).ack());
  }

  @Test
  @DisplayName("X1: transactions of the own lane leave the mempool when their batch was executed")
  void forgetsWhatWasExecuted() {
    var batch = probe.appendOwn();
    int waiting = probe.machine().count();
    assertThat(probe.machine().isWaiting(batch.transactions().getFirst().id())).isTrue();
    probe.makeFinal(probe.block(genesis, advance(unused, batch)));
    probe.execute();

    assertThat(probe.machine().count()).isEqualTo(waiting - batch.transactions().size());
    assertThat(probe.machine().isWaiting(batch.transactions().getFirst().id())).isFalse();
    assertThat(probe.ledger.reader().receipt(batch.transactions().getFirst().id())).isPresent();
  }

  @Test
  @DisplayName("L1: what its batch ordered too early goes into the next batch")
  void batchesAgainWhatCameTooEarly() {
    // Nobody sees the time of the block before it is final; a copy of it may have come too early.
    var waiting = probe.load().getLast();
    probe.passMillis(10);
    var batch = probe.batchesSent().getFirst();
    var block = probe.block(genesis, advance(unused, batch));
    probe.makeFinal(block);
    var ordered = probe.effects(MempoolEffect.Execute.class).getFirst().blocks().getFirst();
    var tooEarly = new TransactionResult.Void(RejectionCode.TOO_EARLY, waiting.contentHash());
    probe.forget();
    probe.step(new MempoolInput.BlockExecuted(ordered, List.of(tooEarly)));
    probe.passMillis(10);

    assertThat(probe.batchesSent())
        .singleElement()
        .satisfies(again -> assertThat(again.transactions()).containsExactly(waiting));
  }

  @Test
  @DisplayName("after a restart it takes up the lanes above the last executed block")
  void takesUpTheLanesFromTheStore() {
    chain.forEach(probe::receive);
    var block = probe.block(genesis, advance(unused, chain.get(1)));
    probe.makeFinal(block);
    probe.execute();
    probe.restart();

    probe.prove(chain.get(3));
    assertThat(probe.payload(block.cut()).cut()).isEqualTo(advance(unused, chain.get(3)));
    probe.makeFinal(probe.block(block, advance(unused, chain.get(3))));
    assertThat(probe.effects(MempoolEffect.Execute.class).getFirst().blocks().getFirst().entries())
        .isEqualTo(
            Stream.of(chain.get(2), chain.get(3))
                .flatMap(each -> each.transactions().stream())
                .toList());
  }
}
