package dev.sampo.simulation.wan;

import dev.sampo.core.types.ValidatorSet;
import dev.sampo.simulation.invariant.Violation;
import java.util.List;
import java.util.SortedMap;

/**
 * What a run showed.
 *
 * @param latencies by the way that transactions took; ways that none took are missing
 * @param open transactions that were not final long after the last was submitted
 * @param violations of invariants; whatever else is said then means nothing
 */
public record WanFigures(
    WanPlan plan,
    ValidatorSet validators,
    SortedMap<Way, Latencies> latencies,
    WanCounts counts,
    int open,
    List<Violation> violations) {

  public WanFigures {
    violations = List.copyOf(violations);
  }

  /** Whether every transaction became final and every invariant held. */
  public boolean isSound() {
    return open == 0 && violations.isEmpty();
  }

  /** How many of 2.19's messages a block took: 1 for all of them. */
  public double messagesByProtocol() {
    return counts.consensus().messages() / WanCounts.messagesOf(validators.size());
  }

  /** How many of 2.19's bytes a block took: 1 for all of them. */
  public double bytesByProtocol() {
    return counts.consensus().bytes() / WanCounts.bytesOf(validators);
  }
}
