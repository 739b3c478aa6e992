package dev.sampo.core.sync;

import static dev.sampo.core.testing.TestBatches.batch;
import static dev.sampo.core.testing.TestBatches.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.LaneRows;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules L4 and L6: what was acknowledged or voted for is served to whoever lacks it. */
class StoredBatchesTest {

  private static final int LANE = 1;

  private final InMemoryLedgerStore store = new InMemoryLedgerStore();
  private final StoredBatches served = new StoredBatches(store);
  private final List<Batch> chain = store(chain(LANE, 0, Tip.UNUSED, 4));

  @Test
  @DisplayName("L6: the batches from the one asked for down, the highest first")
  void answersDownToTheHeightAskedFor() {
    assertThat(ask(chain.get(3).tip(), 1))
        .containsExactly(chain.get(3), chain.get(2), chain.get(1));
    assertThat(ask(chain.get(3).tip(), 0)).hasSize(4);
    assertThat(ask(chain.get(1).tip(), 1)).containsExactly(chain.get(1));
    assertThat(ask(chain.get(1).tip(), 2)).isEmpty();
  }

  @Test
  @DisplayName("L4: of every fork, by digest")
  void servesEveryFork() {
    var twin = batch(LANE, 0, Tip.UNUSED, 99);
    var after = batch(LANE, 1, twin.tip(), 100);
    store(List.of(twin, after));

    assertThat(ask(after.tip(), 0)).containsExactly(after, twin);
    assertThat(ask(chain.get(1).tip(), 0)).containsExactly(chain.get(1), chain.get(0));
  }

  @Test
  @DisplayName("L6: as far as it has them without a gap, nothing if it lacks the first")
  void stopsAtAGap() {
    var missing = batch(LANE, 0, chain.get(3).tip(), 50);
    var above = batch(LANE, 0, missing.tip(), 51);
    store(List.of(above));

    assertThat(ask(above.tip(), 0)).containsExactly(above);
    assertThat(ask(missing.tip(), 0)).isEmpty();
    assertThat(ask(new Tip(Height.of(4), Hash.ZERO), 0)).isEmpty();
    assertThat(ask(new Tip(Height.of(3), chain.get(3).digest()), 0)).isEmpty();
  }

  @Test
  @DisplayName("2.2: never more than one message may carry")
  void answersWithinABound() {
    var large = Collections.nCopies(8, Fakes.large(65_000)).toArray(SignedTransaction[]::new);
    var first = batch(LANE, 5, Tip.UNUSED, large);
    var second = batch(LANE, 5, first.tip(), large);
    var third = batch(LANE, 5, second.tip(), large);
    var fourth = batch(LANE, 5, third.tip(), large);
    store(List.of(first, second, third, fourth));

    var answer = ask(fourth.tip(), 0);

    assertThat(answer).containsExactly(fourth, third, second).doesNotContain(first);
    assertThat(answer.stream().mapToInt(Batch::encodedLength).sum())
        .isLessThanOrEqualTo(PeerMessageCodec.BATCHES_BYTES_MAX);

    var many = store(chain(LANE, 7, Tip.UNUSED, PeerMessageCodec.BATCHES_MAX + 1));
    assertThat(ask(many.getLast().tip(), 0)).hasSize(PeerMessageCodec.BATCHES_MAX);
  }

  private List<Batch> ask(Tip from, long above) {
    return served
        .answer(new BatchRequest(Epoch.ZERO, ValidatorIndex.of(LANE), Height.of(above), from))
        .batches();
  }

  private List<Batch> store(List<Batch> batches) {
    store.commit(new WriteSet(batches.stream().map(LaneRows::put).toList()));
    return batches;
  }
}
