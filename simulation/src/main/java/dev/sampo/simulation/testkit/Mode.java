package dev.sampo.simulation.testkit;

/** How the validators of a test run. */
public enum Mode {
  /** Real actors, stores and sockets in this JVM. */
  IN_PROCESS
}
