package dev.sampo.cluster.console;

/**
 * What the process tells the one who started it; the numbers are a contract (product, conventions).
 */
public enum ExitCode {
  /** It did what was asked. */
  OK(0),
  /** It did not; the message says why. */
  FAILED(1),
  /** The command line is wrong. */
  USAGE(2),
  /** There is no such thing. */
  NOT_FOUND(3),
  /** Not allowed, or not proven. */
  DENIED(4),
  /** Something else is there already. */
  CONFLICT(5),
  /** Nobody can tell yet; it can be resumed. */
  OUTCOME_UNKNOWN(6),
  /** It ran, but the cluster is unhealthy. */
  UNHEALTHY(10);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
