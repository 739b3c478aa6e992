package dev.sampo.node.sync;

import dev.sampo.core.block.Block;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.types.Height;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads final blocks from the ledger's store, as many as one message may carry. */
public final class FinalBlockSource {

  private static final int COUNT_MAX = 64;

  private final LedgerReader ledger;

  public FinalBlockSource(LedgerReader ledger) {
    this.ledger = ledger;
  }

  /** The blocks from height {@code from} on; none if the store does not hold that height. */
  public FinalBlocks from(Height from) {
    var blocks = new ArrayList<Block>();
    int bytes = 0;
    for (var height = from; blocks.size() < COUNT_MAX; height = height.next()) {
      var block = ledger.block(height);
      if (block.isEmpty() || height.equals(Height.ZERO)) {
        break;
      }
      bytes += encodedLength(block.get());
      if (bytes > Block.ENCODED_BYTES_MAX && !blocks.isEmpty()) {
        break;
      }
      blocks.add(block.get());
    }
    return blocks.isEmpty()
        ? new FinalBlocks(List.of(), Optional.empty())
        : new FinalBlocks(blocks, ledger.finalityProof(blocks.getLast().height()));
  }

  private static int encodedLength(Block block) {
    int bytes = 512 + 40 * block.cut().tips().size();
    for (var transaction : block.inline()) {
      bytes += transaction.encodedLength();
    }
    return bytes;
  }
}
