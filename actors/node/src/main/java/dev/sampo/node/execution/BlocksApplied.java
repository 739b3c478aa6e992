package dev.sampo.node.execution;

import dev.sampo.core.execution.ExecutedBlock;
import java.util.List;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Blocks that were executed and stored together, in a flight recording. */
@Name("dev.sampo.BlocksApplied")
@Label("Blocks applied")
@Category("Sampo")
@Description("Final blocks that were executed and stored with one synced write")
@StackTrace(false)
final class BlocksApplied extends Event {

  @Label("Last height")
  long height;

  @Label("Blocks")
  int blocks;

  @Label("Transactions")
  int transactions;

  private BlocksApplied() {}

  static BlocksApplied start() {
    var applied = new BlocksApplied();
    applied.begin();
    return applied;
  }

  void stop(List<ExecutedBlock> executed) {
    end();
    if (shouldCommit()) {
      height = executed.getLast().block().height().number();
      blocks = executed.size();
      transactions = executed.stream().mapToInt(block -> block.results().size()).sum();
      commit();
    }
  }
}
