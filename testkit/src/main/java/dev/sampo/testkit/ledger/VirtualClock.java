package dev.sampo.testkit.ledger;

import java.time.Duration;

/** The time of a ledger under test: simulated, or that of the machine. */
public interface VirtualClock {

  /** Since the start of the ledger. */
  Duration now();

  /** Lets so much time pass while the validators go on. */
  void advance(Duration time);
}
