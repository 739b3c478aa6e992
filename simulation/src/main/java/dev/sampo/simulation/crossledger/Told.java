package dev.sampo.simulation.crossledger;

import dev.sampo.core.transaction.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a receipt tells by its events. */
final class Told {

  /** Each operation about packets tells of itself by one of these, before anything else. */
  private static final Set<String> FIRST =
      Set.of(
          "packet_received",
          "packet_received_already",
          "packet_acknowledged",
          "packet_settled_already",
          "packet_timed_out",
          "client_updated",
          "client_unchanged",
          "client_frozen",
          "operation_failed");

  private Told() {}

  static boolean has(List<Event> events, String type) {
    return event(events, type).isPresent();
  }

  /** The attribute of an event; empty if there is none. */
  static String attribute(List<Event> events, String type, String name) {
    return event(events, type).stream()
        .flatMap(event -> event.attributes().stream())
        .filter(attribute -> attribute.name().equals(name))
        .map(Event.Attribute::value)
        .findFirst()
        .orElse("");
  }

  /** The events of each operation of a bundle. */
  static List<List<Event>> byOperation(List<Event> events) {
    var all = new ArrayList<List<Event>>();
    for (var event : events) {
      if (FIRST.contains(event.type())) {
        all.add(new ArrayList<>());
      }
      all.getLast().add(event);
    }
    return all;
  }

  private static Optional<Event> event(List<Event> events, String type) {
    return events.stream().filter(event -> event.type().equals(type)).findFirst();
  }
}
