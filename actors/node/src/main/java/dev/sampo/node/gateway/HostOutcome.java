package dev.sampo.node.gateway;

/** What came of the wish that a node host a ledger. */
public sealed interface HostOutcome {

  /** The node hosts it from now on, also after a restart; that is durable. */
  record Hosted(LedgerSummary ledger) implements HostOutcome {}

  /** The node hosted this very ledger, under this name, before; nothing has changed. */
  record AlreadyHosted(LedgerSummary ledger) implements HostOutcome {}

  /**
   * Nothing has changed.
   *
   * @param code of the error catalogue, such as LEDGER_NAME_TAKEN, NOT_ON_COMMITTEE,
   *     TOO_MANY_LEDGERS or LEDGER_UNSUPPORTED
   * @param detail what exactly is the matter, without secrets
   */
  record Refused(String code, String detail) implements HostOutcome {}
}
