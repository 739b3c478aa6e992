package dev.sampo.simulation.fault;

import java.time.Duration;

/** A fault and the virtual time, from the start of the run, at which it happens. */
public record TimedFault(Duration at, Fault fault) {

  public TimedFault {
    if (at.isNegative()) {
      throw new IllegalArgumentException("nothing happens before the start");
    }
  }
}
