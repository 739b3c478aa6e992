package dev.sampo.core.consensus;

/** Who wants more time than the host of a replica has (TI7). */
public enum HostPressure {
  /** Nobody: there is time enough. */
  NONE,
  /** This ledger, the only one there. */
  LONE_LEDGER,
  /** Several ledgers together. */
  SEVERAL_LEDGERS
}
