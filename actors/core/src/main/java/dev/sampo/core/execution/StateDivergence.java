package dev.sampo.core.execution;

import dev.sampo.core.state.StateDelta;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.vote.Statement.StateAttest;
import java.util.Optional;

/**
 * Execution here gave other roots than it gave before, or than a quorum attests (fault 54). The
 * node must stop; its store is left as it is, for comparison.
 */
public final class StateDivergence extends InvariantViolation {

  private static final long serialVersionUID = 1L;

  private final transient StateAttest expected;
  private final transient StateAttest computed;
  private final transient Optional<StateDelta.Difference> firstDifference;

  private StateDivergence(
      StateAttest expected,
      StateAttest computed,
      Optional<StateDelta.Difference> firstDifference,
      String about) {
    super(
        "state divergence at height "
            + expected.height()
            + ": expected "
            + roots(expected)
            + ", computed "
            + roots(computed)
            + "; "
            + about);
    this.expected = expected;
    this.computed = computed;
    this.firstDifference = firstDifference;
  }

  /** This node computed other roots before. */
  static StateDivergence fromEarlier(
      StateAttest earlier, StateAttest now, Optional<StateDelta.Difference> difference) {
    var key = difference.map(StateDelta.Difference::toString);
    return new StateDivergence(
        earlier,
        now,
        difference,
        "first differing key: " + key.orElse("none, only receipts differ"));
  }

  /**
   * A quorum attests other roots. The keys that the others changed are not known here; {@link
   * StateDelta#firstDifference} compares once they are fetched.
   */
  static StateDivergence fromQuorum(StateAttest certified, StateAttest own, StateDelta delta) {
    return new StateDivergence(
        certified,
        own,
        Optional.empty(),
        "a quorum attests what was expected; own state delta "
            + delta.hash().hex()
            + " of "
            + delta.changes().size()
            + " keys");
  }

  private static String roots(StateAttest statement) {
    return "block %s, state root %s, receipts root %s"
        .formatted(
            statement.block().hex(), statement.stateRoot().hex(), statement.receiptsRoot().hex());
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
