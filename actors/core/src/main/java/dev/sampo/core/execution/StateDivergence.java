package dev.sampo.core.execution;

import dev.sampo.core.state.StateDelta;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.vote.Statement.StateAttest;
import java.util.Optional;

/**
 * Execution here gave other roots than it gave before, or than a quorum attests (fault 54). The node
 * must stop; its store is left as it is, for comparison.
 */
public final class StateDivergence extends InvariantViolation {

  private static final long serialVersionUID = 1L;

  private final transient StateAttest expected;
  private final transient StateAttest computed;
  private final transient Optional<StateDelta.Difference> firstDifference;

  StateDivergence(
      StateAttest expected, StateAttest computed, Optional<StateDelta.Difference> difference) {
    super(message(expected, computed, difference));
    this.expected = expected;
    this.computed = computed;
    this.firstDifference = difference;
  }

  private static String message(
      StateAttest expected, StateAttest computed, Optional<StateDelta.Difference> difference) {
    return "state divergence at height %s: expected state root %s and receipts root %s, computed %s and %s; first differing key: %s"
        .formatted(
            expected.height(),
            expected.stateRoot().hex(),
            expected.receiptsRoot().hex(),
            computed.stateRoot().hex(),
            computed.receiptsRoot().hex(),
            difference.map(StateDelta.Difference::toString).orElse("not known on this node"));
  }

  public Height height() {
    return expected.height();
  }

  public StateAttest expected() {
    return expected;
  }

  public StateAttest computed() {
    return computed;
  }

  public Optional<StateDelta.Difference> firstDifference() {
    return firstDifference;
  }
}
