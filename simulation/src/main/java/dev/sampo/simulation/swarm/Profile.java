package dev.sampo.simulation.swarm;

/** How bad a run may become, and what is asked of the ledger then. */
public enum Profile {
  /** No faults at all. */
  CALM,
  /** At most f validators lie or lose their disks; all else heals, and then progress is checked. */
  RECOVERABLE,
  /** Nothing need heal: only safety is checked, with at most f validators lying or amnesiac. */
  UNBOUNDED
}
