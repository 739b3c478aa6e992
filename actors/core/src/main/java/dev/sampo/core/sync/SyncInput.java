package dev.sampo.core.sync;

import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.Verified;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import java.util.List;

/** What happened to a {@link BlockFetcher}. */
public sealed interface SyncInput {

  /** Consensus lacks the final blocks in [from, target]; {@code holders} seem to have them. */
  record BlocksMissing(Height from, Height target, List<ValidatorIndex> holders)
      implements SyncInput {
    public BlocksMissing {
      holders = List.copyOf(holders);
    }
  }

  /** A peer answered; the chain of blocks and its proof are checked. */
  record BlocksReceived(ValidatorIndex from, Verified<FinalBlocks> answer) implements SyncInput {}

  /** The request with this number got no useful answer in time. */
  record RequestExpired(long request) implements SyncInput {}

  /** Blocks up to this height are final here, however they came. */
  record FinalHeightGrew(Height height) implements SyncInput {}
}
