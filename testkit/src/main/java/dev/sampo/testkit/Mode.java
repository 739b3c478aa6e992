package dev.sampo.testkit;

/** How the validators of a test run. */
public enum Mode {
  /** In virtual time, with simulated disks, links and clocks, from a seed; every fault there is. */
  SIMULATED,
  /** Real actors, stores and sockets in this JVM; the faults that links and processes can have. */
  IN_PROCESS
}
