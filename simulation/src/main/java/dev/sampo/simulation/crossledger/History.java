package dev.sampo.simulation.crossledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What relayers have handed in anywhere, and what they might have: all of it may come again. */
final class History {

  private static final int MESSAGES_MAX = 2_000;

  /** Something handed in at the ledger with this number. */
  record Message(int ledger, Proven proven) {}

  private final List<Message> messages = new ArrayList<>();
  private final SplittableRandom random;

  History(SplittableRandom random) {
    this.random = random;
  }

  /** Beyond so many, a new one takes the place of any. */
  void add(int ledger, Proven proven) {
    var message = new Message(ledger, proven);
    if (messages.size() < MESSAGES_MAX) {
      messages.add(message);
    } else {
      messages.set(random.nextInt(MESSAGES_MAX), message);
    }
  }

  Optional<Message> any() {
    return messages.isEmpty()
        ? Optional.empty()
        : Optional.of(messages.get(random.nextInt(messages.size())));
  }
}
