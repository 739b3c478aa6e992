package dev.sampo.simulation.crossledger;

import dev.sampo.core.packet.PacketOperation;
import dev.sampo.core.packet.PacketOperation.OnPacket;
import dev.sampo.core.transaction.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a receipt tells by its events. */
final class Told {

  static final String FAILED = "operation_failed";

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
          FAILED);

  private Told() {}

  static boolean has(List<Event> events, String type) {
    return event(events, type).isPresent();
  }

  /** The attribute of an event; empty if there is none. */
  static String attribute(List<Event> events, String type, String name) {
    return event(events, type).map(event -> event.attribute(name)).orElse("");
  }

  /** The events of each operation of a bundle, its own first. */
  static List<List<Event>> byOperation(List<Event> events) {
    var all = new ArrayList<List<Event>>();
    for (var event : events) {
      if (all.isEmpty() || FIRST.contains(event.type())) {
        all.add(new ArrayList<>());
      }
      all.getLast().add(event);
    }
    return all;
  }

  /** Whether an event is of the operation that stands at this place of a bundle. */
  static boolean isOf(Event event, PacketOperation operation, int place) {
    if (event.type().equals(FAILED)) {
      return event.attribute("place").equals(Integer.toString(place));
    }
    var name =
        switch (operation) {
          case OnPacket part -> Long.toString(part.packet().sequence());
          case PacketOperation.UpdateClient _,
              PacketOperation.Bundle _,
              PacketOperation.ReportFork _,
              PacketOperation.Approve _ ->
              "";
        };
    return event.attribute("sequence").equals(name);
  }

  private static Optional<Event> event(List<Event> events, String type) {
    return events.stream().filter(event -> event.type().equals(type)).findFirst();
  }
}
