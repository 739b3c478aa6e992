package dev.sampo.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sampo.core.transaction.TransactionId;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.gateway.SubmitOutcome;
import dev.sampo.node.gateway.TransactionView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two nodes of one validator host the same replica at once, by force. The fence of the store, and
 * nothing else, keeps them from contradicting each other (protocol V1, V2; fault 34).
 */
@Timeout(180)
@Tag("fault-34")
final class TwoCopiesTest {

  private final SharedValidator network = new SharedValidator(new Validators(4));

  @AfterEach
  void stop() {
    network.stop();
  }

  @Test
  void theOlderCopyIsFencedAndTheOthersSeeOneValidator() throws Exception {
    network.start();
    var older = network.takeOver(0);
    commit(network.accesses(older.ledger().access()), 5);

    var newer = network.takeOver(1);

    // Both are up until the older one writes for the first time.
    assertThat(newer.writerEpoch()).isGreaterThan(older.writerEpoch());
    long before = network.signatures(0);
    var _ = older.ledger().access().submit(network.ledger().transfer(1));
    commit(network.accesses(newer.ledger().access()), 7);
    assertThat(older.ended().toCompletableFuture().get(30, TimeUnit.SECONDS))
        .isEqualTo(RunningLedgers.Ending.FENCED);
    assertThat(network.signatures(0)).as("signatures of the older copy").isEqualTo(before);
    assertThat(network.list(0)).isEmpty();
    assertThat(network.fencedCount(0)).isEqualTo(1);
    assertThat(network.evidence()).isZero();
    assertThat(network.processFailures()).isEmpty();
  }

  /** The process that lost it may have it again, and says nothing of what it had before. */
  @Test
  void aFencedCopyCanBeTakenOverAgainInTheSameProcess() throws Exception {
    network.start();
    var first = network.takeOver(0);
    commit(network.accesses(first.ledger().access()), 5);
    var second = network.takeOver(1);
    commit(network.accesses(second.ledger().access()), 1);
    first.ended().toCompletableFuture().get(30, TimeUnit.SECONDS);

    var third = network.takeOver(0);

    commit(network.accesses(third.ledger().access()), 2);
    second.ended().toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(network.evidence()).isZero();
    assertThat(network.processFailures()).isEmpty();
  }

  /** A planned move: the source ends in order, and what was acknowledged there is kept. */
  @Test
  void aReleasedReplicaGoesOnAtAnotherNode() throws Exception {
    network.start();
    var source = network.takeOver(0);
    var before = commit(network.accesses(source.ledger().access()), 5);

    network.release(0);

    assertThat(source.ended().toCompletableFuture().join())
        .isEqualTo(RunningLedgers.Ending.RELEASED);
    assertThat(network.meters(0)).as("meters of a ledger that is gone").isEmpty();
    var target = network.takeOver(1);
    var access = target.ledger().access();
    commit(network.accesses(access), 7);
    assertThat(
            access
                .watch(before, Duration.ofSeconds(20))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS))
        .isInstanceOf(TransactionView.Executed.class);
    assertThat(network.evidence()).isZero();
    assertThat(network.processFailures()).isEmpty();
  }

  /**
   * The planted bug: with a store that does not look at the writer epoch the older copy signs on,
   * which the first of these tests would see.
   */
  @Test
  void withoutTheFenceTheOlderCopySignsOn() throws Exception {
    network.startWithoutFence();
    var older = network.unfenced(0, 1);
    commit(network.accesses(older), 5);

    network.unfenced(1, 2);

    long before = network.signatures(0);
    submitABatch(older);
    await().atMost(Duration.ofSeconds(60)).until(() -> network.signatures(0) > before);
  }

  /**
   * More than a validator passes on for the inline sections of others, so that the copy must sign a
   * batch of its lane to go on, whichever view it is in.
   */
  private void submitABatch(LedgerAccess access) {
    int inlineBytesMax = network.ledger().genesis().parameters().inlineBytesMax();
    for (int bytes = 0; bytes <= inlineBytesMax; ) {
      var transfer = network.ledger().transfer(1);
      bytes += transfer.encodedLength();
      var _ = access.submit(transfer);
    }
  }

  private TransactionId commit(List<LedgerAccess> accesses, long amount) throws Exception {
    for (var access : accesses) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> access.ready().toCompletableFuture().get(5, TimeUnit.SECONDS).isReady());
    }
    var transfer = network.ledger().transfer(amount);
    assertThat(accesses.getFirst().submit(transfer).toCompletableFuture().get(20, TimeUnit.SECONDS))
        .isEqualTo(new SubmitOutcome.Accepted(transfer.id()));
    for (var access : accesses) {
      assertThat(
              access
                  .watch(transfer.id(), Duration.ofSeconds(30))
                  .toCompletableFuture()
                  .get(40, TimeUnit.SECONDS))
          .isInstanceOf(TransactionView.Executed.class);
    }
    return transfer.id();
  }
}
