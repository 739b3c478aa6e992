package dev.sampo.core.execution;

import dev.sampo.core.transaction.Event;
import dev.sampo.core.transaction.Receipt;
import java.util.List;

/** What an application made of a transaction. */
public sealed interface Outcome {

  /** It succeeded: its writes are kept. */
  record Ok(List<Event> events) implements Outcome {
    public Ok {
      events = List.copyOf(events);
      Event.requireBounded(events);
    }
  }

  /**
   * It failed: its writes are undone, and the failure is final.
   *
   * @param code stable, of A-Z, 0-9 and _; part of the receipt and of the application's interface
   */
  record Failed(String code) implements Outcome {
    public Failed {
      Receipt.requireCode(code);
      if (code.equals(Receipt.OK)) {
        throw new IllegalArgumentException("a failure is not OK");
      }
    }
  }

  static Outcome ok(Event... events) {
    return new Ok(List.of(events));
  }

  static Outcome failed(String code) {
    return new Failed(code);
  }
}
