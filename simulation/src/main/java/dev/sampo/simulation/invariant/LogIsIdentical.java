package dev.sampo.simulation.invariant;

import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Height;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/** I14: results are identical at equal height, and every transaction executes at most once. */
public final class LogIsIdentical implements Invariant {

  private final Ground ground;
  private final TreeMap<Height, List<TransactionResult>> log = new TreeMap<>();
  private final LinkedHashMap<TransactionId, Height> executed = new LinkedHashMap<>();

  public LogIsIdentical(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "I14";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Stored.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Stored(var by, var blocks, _) && ground.isHonest(by)) {
      for (var block : blocks) {
        var height = block.block().height();
        var known = log.putIfAbsent(height, block.results());
        if (known == null) {
          first(height, block.results(), findings);
        } else if (!known.equals(block.results())) {
          findings.violated(
              this, by + " has results " + block.results() + " at " + height + ", not " + known);
        }
      }
    }
  }

  private void first(Height height, List<TransactionResult> results, Findings findings) {
    for (var result : results) {
      if (result instanceof TransactionResult.Executed(var receipt)) {
        var before = executed.putIfAbsent(receipt.id(), height);
        if (before != null) {
          findings.violated(this, receipt.id() + " executes at " + before + " and at " + height);
        }
      }
    }
  }
}
