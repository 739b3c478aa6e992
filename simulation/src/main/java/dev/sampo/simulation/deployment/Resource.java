package dev.sampo.simulation.deployment;

import java.util.Locale;

/** What can be full. */
public enum Resource {
  /** The cores of a validator. */
  PROCESSORS,
  /** The synced writes of a validator. */
  DISK,
  /** What a validator sends, to whomever. */
  LINK,
  /** What all validators of a data centre send to those of another one. */
  BETWEEN_DATA_CENTRES;

  /** As in reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
