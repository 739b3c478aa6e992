package dev.sampo.core.sync;

import dev.sampo.core.block.Block;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.FinalityProof;
import java.time.Duration;
import java.util.List;

/** What a {@link BlockFetcher} wants done. */
public sealed interface SyncEffect {

  /**
   * Asks {@code peer} for final blocks; {@link SyncInput.RequestExpired} follows after the
   * patience.
   */
  record Request(long number, ValidatorIndex peer, Height from, Duration patience)
      implements SyncEffect {}

  /** Hands blocks to consensus, the first at the height that was asked for. */
  record Deliver(List<Block> blocks, FinalityProof proof) implements SyncEffect {
    public Deliver {
      blocks = List.copyOf(blocks);
    }
  }
}
