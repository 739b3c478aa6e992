package dev.sampo.node.relay;

import dev.sampo.core.packet.relay.RelayCursor;
import dev.sampo.core.packet.relay.RelayStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of a round.
 *
 * @param next where the next one goes on
 * @param waited how long the packet has waited that waits longest
 */
record Carried(List<Operation> operations, RelayCursor next, Duration waited) {

  /**
   * One operation that was submitted.
   *
   * @param ledger the name of the one that it was for
   * @param refusal the code of why it had no effect; nothing if it had, or was done before
   */
  record Operation(String ledger, RelayStep step, Optional<String> refusal) {}

  /**
   * The code of the first operation that had no effect, if no packet came a step further: then to
   * go on at once is of no use. A new anchor alone is none, as there is one with every block.
   */
  Optional<String> whyInVain() {
    boolean helped =
        operations.stream()
            .anyMatch(each -> each.step() != RelayStep.UPDATE && each.refusal().isEmpty());
    return helped
        ? Optional.empty()
        : operations.stream().flatMap(each -> each.refusal().stream()).findFirst();
  }
}
