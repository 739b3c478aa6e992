package dev.sampo.node.ledger;

import dev.sampo.core.types.LedgerId;
import dev.sampo.node.gateway.LedgerAccess;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;

/** Runs the roles of this node's copies of replicas. Returns at once. */
public interface ReplicaHost {

  /**
   * Starts a copy; {@code access} is completed once its roles are there. No ledger is hosted twice
   * at a time.
   */
  void host(OpenLedgers.OpenLedger ledger, CompletableFuture<LedgerAccess> access);

  /** Stops a copy in order; {@code stopped} completes once nothing of it acts any more. */
  void release(LedgerId ledger, CompletableFuture<Done> stopped);

  /** As {@link #release}, of a copy that a newer writer has fenced. */
  void dropFenced(LedgerId ledger, CompletableFuture<Done> stopped);
}
