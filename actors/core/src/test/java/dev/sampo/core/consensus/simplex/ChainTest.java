package dev.sampo.core.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.lane.OrderedBatches;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Height;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChainTest {

  private final EngineProbe engine = EngineProbe.voter();
  private final Block first = engine.block(1, engine.genesisBlock(), Fakes.transaction(1));

  @Test
  @DisplayName("SY1: of large blocks fewer are kept, so that their bytes stay bounded")
  void keepsRecentBlocksWithinTheirBytes() {
    var chain = new Chain(engine.genesisBlock());
    var payload =
        Stream.generate(() -> Fakes.large(60_000)).limit(2).toArray(SignedTransaction[]::new);
    Block parent = engine.genesisBlock();
    for (int view = 1; view <= 20; view++) {
      parent = engine.block(view, parent, payload);
      chain.deliver(List.of(parent));
    }
    long kept = 0;
    for (int height = 1; height <= 20; height++) {
      kept += chain.recentAt(Height.of(height)).map(Block::encodedLength).orElse(0);
    }
    assertThat(kept).isPositive().isLessThanOrEqualTo(Chain.RECENT_BYTES_MAX);
    assertThat(chain.recentAt(parent.height())).contains(parent);
  }

  @Test
  @DisplayName("SY1: of small blocks the newest sixty-four are kept")
  void keepsSoManyRecentBlocks() {
    var chain = new Chain(engine.genesisBlock());
    Block parent = engine.genesisBlock();
    for (int view = 1; view <= 65; view++) {
      parent = engine.block(view, parent);
      chain.deliver(List.of(parent));
    }
    assertThat(chain.recentAt(Height.of(1))).isEmpty();
    assertThat(chain.recentAt(Height.of(2))).isPresent();
    assertThat(chain.recentAt(Height.of(65))).contains(parent);
  }

  @Test
  @DisplayName("C1: what lost to a final block is dropped, what may still win is held")
  void dropsWhatCanNoLongerBecomeFinal() {
    var chain = new Chain(engine.genesisBlock());
    var stale = engine.block(1, engine.genesisBlock(), Fakes.transaction(2));
    var later = engine.block(2, first);
    List.of(first, stale, later).forEach(chain::hold);
    chain.finalizeAt(first.view(), first.hash(), engine.finalization(first));
    chain.deliver(List.of(first));
    assertThat(chain.holds(stale.hash())).isFalse();
    assertThat(chain.holds(later.hash())).isTrue();
    assertThat(chain.holds(first.hash())).isTrue();
  }

  @Test
  @DisplayName("I5: a final block beside the delivered one is seen to fork the chain")
  void seesAFork() {
    var chain = new Chain(engine.genesisBlock());
    var other = engine.block(2, engine.genesisBlock(), Fakes.transaction(2));
    chain.deliver(List.of(first));
    chain.hold(other);
    chain.finalizeAt(other.view(), other.hash(), engine.finalization(other));
    assertThat(chain.path().forked()).isTrue();
  }

  @Test
  @DisplayName("Start: a restart knows nothing but the stored block")
  void startsAgainFromTheStoredBlock() {
    var chain = new Chain(engine.genesisBlock());
    chain.restartAt(first, OrderedBatches.from(first));
    assertThat(chain.holds(engine.genesisBlock().hash())).isFalse();
    assertThat(chain.delivered()).isEqualTo(first);
    assertThatThrownBy(chain::proof).isInstanceOf(InvariantViolation.class);
  }
}
