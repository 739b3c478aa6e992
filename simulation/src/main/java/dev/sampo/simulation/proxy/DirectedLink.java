package dev.sampo.simulation.proxy;

import java.util.Comparator;

/**
 * The way from one validator to another, by their indices: the connections that {@code from} dials.
 * A peer link carries messages one way only, so that each direction has a port of its own.
 */
public record DirectedLink(int from, int to) implements Comparable<DirectedLink> {

  private static final Comparator<DirectedLink> ORDER =
      Comparator.comparingInt(DirectedLink::from).thenComparingInt(DirectedLink::to);

  public DirectedLink {
    if (from < 0 || to < 0 || from == to) {
      throw new IllegalArgumentException("not a link: " + from + " to " + to);
    }
  }

  @Override
  public int compareTo(DirectedLink other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return from + ">" + to;
  }
}
