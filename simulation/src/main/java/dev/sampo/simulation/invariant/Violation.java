package dev.sampo.simulation.invariant;

import java.time.Duration;

/**
 * A rule that did not hold.
 *
 * @param invariant the id of the rule in protocol 2.20, such as {@code I4}
 * @param at virtual time
 * @param event the number of the event after which it was found
 */
public record Violation(String invariant, String message, Duration at, long event) {

  @Override
  public String toString() {
    return invariant + " at " + at + " (event " + event + "): " + message;
  }
}
