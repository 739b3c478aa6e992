package dev.sampo.node.gateway;

/**
 * A ledger that a node hosts, and the way to its replica.
 *
 * @param access serves from the moment on that the ledger is hosted; as long as the replica is not
 *     up, it says so when it is asked whether it is ready, and refuses submissions with NOT_READY
 * @param takesSubmissions whether transactions can be given to the replica; not to a reader's
 */
public record HostedLedger(LedgerSummary summary, LedgerAccess access, boolean takesSubmissions) {

  /** Of a validator. */
  public HostedLedger(LedgerSummary summary, LedgerAccess access) {
    this(summary, access, true);
  }
}
