package dev.sampo.benchmarks.mailbox;

import java.time.Duration;

/**
 * What to send.
 *
 * @param messages measured in each row
 * @param warmUp messages before, which are not measured
 * @param pause between two messages: long enough for a thread without work to fall asleep, if it
 *     ever does
 */
public record MailboxPlan(int messages, int warmUp, Duration pause) {

  /** Most messages of one row. */
  public static final int MESSAGES_MAX = 10_000_000;

  public MailboxPlan {
    if (messages < 1 || messages > MESSAGES_MAX || warmUp < 0 || warmUp > MESSAGES_MAX) {
      throw new IllegalArgumentException("1 to " + MESSAGES_MAX + " messages");
    }
    if (pause.isNegative()) {
      throw new IllegalArgumentException("a pause is not negative");
    }
  }
}
