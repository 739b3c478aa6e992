package dev.sampo.node.execution;

import dev.sampo.core.types.LedgerId;
import dev.sampo.node.supervision.FailStop;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What the execution role works with.
 *
 * @param attester nothing on a node that signs nothing
 * @param storage runs what blocks on the disk
 */
public record ExecutionSettings(
    LedgerId ledgerId,
    Optional<Attester> attester,
    AppliedLedger ledger,
    Executor storage,
    ExecutionObserver observer,
    FailStop failStop) {}
