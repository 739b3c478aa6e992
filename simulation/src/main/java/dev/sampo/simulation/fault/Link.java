package dev.sampo.simulation.fault;

import java.util.OptionalInt;

/** The directed links from one validator to another; an empty end stands for all validators. */
public record Link(OptionalInt from, OptionalInt to) {

  public static final Link ALL = new Link(OptionalInt.empty(), OptionalInt.empty());

  public Link {
    if (from.orElse(0) < 0 || to.orElse(0) < 0) {
      throw new IllegalArgumentException("a validator has an index of 0 or more");
    }
  }

  public static Link of(int from, int to) {
    return new Link(OptionalInt.of(from), OptionalInt.of(to));
  }

  public static Link from(int from) {
    return new Link(OptionalInt.of(from), OptionalInt.empty());
  }

  public static Link to(int to) {
    return new Link(OptionalInt.empty(), OptionalInt.of(to));
  }

  /** Whether a message between these two travels on it. */
  public boolean covers(int sender, int recipient) {
    return from.orElse(sender) == sender && to.orElse(recipient) == recipient;
  }

  @Override
  public String toString() {
    return end(from) + ">" + end(to);
  }

  private static String end(OptionalInt index) {
    return index.isPresent() ? Integer.toString(index.getAsInt()) : "*";
  }
}
