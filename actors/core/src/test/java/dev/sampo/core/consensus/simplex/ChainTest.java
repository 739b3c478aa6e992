package dev.sampo.core.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Height;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChainTest {

  @Test
  @DisplayName("SY1: of large blocks fewer are kept, so that their bytes stay bounded")
  void keepsRecentBlocksWithinTheirBytes() {
    var engine = EngineProbe.voter();
    var chain = new Chain(engine.genesisBlock());
    var payload =
        Stream.generate(() -> Fakes.large(60_000)).limit(16).toArray(SignedTransaction[]::new);
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
}
