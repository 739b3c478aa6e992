package dev.sampo.node.mempool;

import dev.sampo.core.crypto.Signer;
import dev.sampo.core.mempool.MempoolMachine;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.types.LedgerId;
import dev.sampo.node.peer.Outbound;
import dev.sampo.node.supervision.FailStop;
import dev.sampo.node.verification.SignatureWorkers;
import java.util.concurrent.Executor;

/**
 * What the mempool role works with.
 *
 * @param storage runs the writes of {@code store}, which block
 * @param signatures checks those of clients in batches
 * @param room is told whether there is any
 */
public record MempoolSettings(
    LedgerId ledger,
    MempoolMachine machine,
    Signer signer,
    LedgerStore store,
    Executor storage,
    SignatureWorkers signatures,
    Outbound outbound,
    Room room,
    MempoolObserver observer,
    FailStop failStop) {}
