package dev.sampo.node.execution;

import dev.sampo.core.crypto.Signer;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.node.supervision.FailStop;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What the execution role works with.
 *
 * @param restated the newest states attested before the restart, oldest first
 * @param storage runs what blocks on the disk
 */
public record ExecutionSettings(
    LedgerId ledgerId,
    ValidatorIndex self,
    Signer signer,
    AppliedLedger ledger,
    List<StateAttest> restated,
    Executor storage,
    ExecutionObserver observer,
    FailStop failStop) {

  public ExecutionSettings {
    restated = List.copyOf(restated);
  }
}
