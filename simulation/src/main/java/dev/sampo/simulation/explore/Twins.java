package dev.sampo.simulation.explore;

import java.util.Locale;

/** What the two machines with one key do, if there are any. */
public enum Twins {
  /** All machines are honest, each with a key of its own. */
  NONE,
  /** Both follow the protocol to the end, each by itself. */
  ACTIVE,
  /** As {@link #ACTIVE}, but nothing that they say arrives once the disturbances are over. */
  IN_THE_END_SILENT;

  String word() {
    return switch (this) {
      case NONE -> "alone";
      case ACTIVE -> "twins";
      case IN_THE_END_SILENT -> "muted";
    };
  }

  static Twins named(String word) {
    for (var twins : values()) {
      if (twins.word().equals(word.toLowerCase(Locale.ROOT))) {
        return twins;
      }
    }
    throw new IllegalArgumentException("a scenario starts with alone, twins or muted, not " + word);
  }
}
