package dev.sampo.persistence.store;

import java.time.Instant;

/**
 * An operator's statement that a data directory is lost, and that no other copy of its validator
 * runs or will run again (protocol V4): nobody else can know that.
 *
 * @param reason one line of at most 200 characters
 */
public record Loss(Instant at, String reason) {

  private static final int REASON_MAX = 200;

  public Loss {
    if (reason.length() > REASON_MAX || reason.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a reason is one line of at most 200 characters");
    }
  }

  /** As it is kept for those who look into the directory later. */
  String text() {
    return "format %d\ntime %s\nconfirmed no other copy of this validator runs\nreason %s\n"
        .formatted(NodeIdentity.FORMAT, at, reason);
  }
}
