package dev.sampo.simulation.crossledger;

import dev.sampo.core.transaction.Event;
import dev.sampo.core.transaction.Receipt;
import java.util.Optional;

/** What a receipt tells by its events. */
final class Told {

  private Told() {}

  static boolean has(Receipt receipt, String type) {
    return event(receipt, type).isPresent();
  }

  /** The attribute of an event; empty if there is none. */
  static String attribute(Receipt receipt, String type, String name) {
    return event(receipt, type).stream()
        .flatMap(event -> event.attributes().stream())
        .filter(attribute -> attribute.name().equals(name))
        .map(Event.Attribute::value)
        .findFirst()
        .orElse("");
  }

  private static Optional<Event> event(Receipt receipt, String type) {
    return receipt.events().stream().filter(event -> event.type().equals(type)).findFirst();
  }
}
