package dev.sampo.core.transaction;

import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that an application says has happened, for those who follow the ledger.
 *
 * @param type what kind of thing, such as {@code transferred}; at most {@link #TEXT_LENGTH_MAX}
 *     bytes
 * @param attributes at most {@link #ATTRIBUTES_MAX}
 */
public record Event(String type, List<Attribute> attributes) {

  /** Most events of one transaction. */
  public static final int COUNT_MAX = 256;

  /** Longest encoding of all events of one transaction, so that its receipt fits a proof. */
  public static final int BYTES_MAX = 512 * 1024;

  /** So many cannot be longer than that, whatever they say. */
  private static final int COUNT_NEVER_TOO_LONG = 32;

  public static final int ATTRIBUTES_MAX = 16;

  /** Longest type, name or value in bytes of UTF-8. */
  public static final int TEXT_LENGTH_MAX = 256;

  /** A named detail of an event. */
  public record Attribute(String name, String value) {}

  public Event {
    attributes = List.copyOf(attributes);
    requireText(type);
    for (var attribute : attributes) {
      requireText(attribute.name());
      requireText(attribute.value());
    }
    if (attributes.size() > ATTRIBUTES_MAX) {
      throw new IllegalArgumentException("at most " + ATTRIBUTES_MAX + " attributes");
    }
  }

  /** An event with attributes from {@code namesAndValues}, alternating. */
  public static Event of(String type, String... namesAndValues) {
    var attributes = new ArrayList<Attribute>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.add(new Attribute(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Event(type, attributes);
  }

  /** The value of the attribute with this name; empty if there is none. */
  public String attribute(String name) {
    return attributes.stream()
        .filter(attribute -> attribute.name().equals(name))
        .map(Attribute::value)
        .findFirst()
        .orElse("");
  }

  /** Throws if a transaction may not tell so much. */
  public static void requireBounded(List<Event> events) {
    if (events.size() > COUNT_MAX) {
      throw new IllegalArgumentException("at most " + COUNT_MAX + " events");
    }
    if (events.size() > COUNT_NEVER_TOO_LONG) {
      int length = WireWriter.encode(out -> out.list(events, Event::writeTo)).length();
      if (length > BYTES_MAX) {
        throw new IllegalArgumentException("events of at most " + BYTES_MAX + " bytes");
      }
    }
  }

  void writeTo(WireWriter out) {
    out.text(type);
    out.list(attributes, (each, w) -> w.text(each.name()).text(each.value()));
  }

  static Event readFrom(WireReader in) throws Malformed {
    return new Event(
        in.text(TEXT_LENGTH_MAX),
        in.list(
            ATTRIBUTES_MAX,
            each -> new Attribute(each.text(TEXT_LENGTH_MAX), each.text(TEXT_LENGTH_MAX))));
  }

  private static void requireText(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c) && !isPairAt(text, i)) {
        throw new IllegalArgumentException("an event's text has half of a character");
      }
      // A pair of surrogates is four bytes, two for each half.
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    if (length > TEXT_LENGTH_MAX) {
      throw new IllegalArgumentException("an event's text has at most 256 bytes");
    }
  }

  private static boolean isPairAt(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
