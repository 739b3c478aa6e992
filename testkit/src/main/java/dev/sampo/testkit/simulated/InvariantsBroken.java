package dev.sampo.testkit.simulated;

import dev.sampo.simulation.invariant.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** The ledger under test broke its rules; the test that saw it fails, whatever it asserts. */
public final class InvariantsBroken extends AssertionError {

  private static final long serialVersionUID = 1L;

  InvariantsBroken(List<Violation> violations) {
    super(
        violations.stream()
            .map(Violation::toString)
            .collect(Collectors.joining("\n", "invariants do not hold:\n", "")));
  }
}
