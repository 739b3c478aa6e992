package dev.sampo.core.consensus;

/** Who wants more time than the host of a replica has (TI7). */
public enum HostPressure {
  /** Nobody: there is time enough. */
  NONE,
  /** This ledger, the only one there. */
  LONE_LEDGER,
  /** Several ledgers together. */
  SEVERAL_LEDGERS;

  /** What a host of so many ledgers says to their leaders. */
  public static HostPressure of(boolean isBusy, int ledgers) {
    if (!isBusy) {
      return NONE;
    }
    return ledgers > 1 ? SEVERAL_LEDGERS : LONE_LEDGER;
  }
}
