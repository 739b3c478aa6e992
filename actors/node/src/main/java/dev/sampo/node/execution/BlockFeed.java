package dev.sampo.node.execution;

import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.node.mempool.MempoolActor;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** Where the execution role has final blocks from. */
public interface BlockFeed {

  /** From now on final blocks with all that they order go to {@code execution}, in height order. */
  void serve(ActorRef<MempoolActor.Ordered> execution);

  /** The block is stored; told before anybody else hears of it. */
  void executed(OrderedBlock block, List<TransactionResult> results);

  /** The mempool of a validator. */
  static BlockFeed of(ActorRef<MempoolActor.Command> mempool) {
    return new BlockFeed() {
      @Override
      public void serve(ActorRef<MempoolActor.Ordered> execution) {
        mempool.tell(new MempoolActor.ServeExecution(execution));
      }

      @Override
      public void executed(OrderedBlock block, List<TransactionResult> results) {
        mempool.tell(new MempoolActor.NoteExecuted(block, results));
      }
    };
  }
}
