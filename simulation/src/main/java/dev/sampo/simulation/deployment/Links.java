package dev.sampo.simulation.deployment;

import dev.sampo.simulation.world.EventQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Carries messages: each waits for its sender's link, and between data centres for the link between
 * these two, and then is under way as long as the distance takes.
 */
final class Links {

  private static final long NANOS = 1_000_000_000;
  private static final long BITS = 8;

  /**
   * Bytes of messages so far.
   *
   * @param sent given to links
   * @param received arrived
   */
  record Bytes(long sent, long received) {}

  private static final class Count {
    private long sent;
    private long received;

    Bytes bytes() {
      return new Bytes(sent, received);
    }
  }

  private final Shape shape;
  private final Hardware hardware;
  private final EventQueue queue;
  private final List<Server> own;
  private final List<List<Server>> between;
  private final Count inside = new Count();
  private final Count outside = new Count();

  Links(Shape shape, Hardware hardware, EventQueue queue) {
    this.shape = shape;
    this.hardware = hardware;
    this.queue = queue;
    this.own = servers(shape.validators());
    this.between =
        IntStream.range(0, shape.dataCentres())
            .mapToObj(_ -> servers(shape.dataCentres()))
            .toList();
  }

  private static List<Server> servers(int count) {
    return IntStream.range(0, count).mapToObj(_ -> new Server(1)).toList();
  }

  void carry(int from, int to, int bytes, Runnable arrival) {
    int here = shape.dataCentreOf(from);
    int there = shape.dataCentreOf(to);
    long sending = own.get(from).take(queue.nanos(), nanos(bytes, hardware.linkBits()));
    if (here == there) {
      inside.sent += bytes;
      plan(sending + hardware.within().toNanos(), to, () -> arrive(inside, bytes, arrival));
    } else {
      outside.sent += bytes;
      plan(sending, from, () -> cross(here, there, bytes, arrival));
    }
  }

  private void cross(int here, int there, int bytes, Runnable arrival) {
    var link = between.get(here).get(there);
    long sending = link.take(queue.nanos(), nanos(bytes, hardware.betweenBits()));
    long distance = hardware.between(here, there, shape.dataCentres()).toNanos();
    plan(sending + distance, there, () -> arrive(outside, bytes, arrival));
  }

  private static void arrive(Count count, int bytes, Runnable arrival) {
    count.received += bytes;
    arrival.run();
  }

  private void plan(long after, int detail, Runnable action) {
    queue.plan(after, EventQueue.Kind.MESSAGE, detail, action);
  }

  private static long nanos(int bytes, long bits) {
    return bytes * BITS * NANOS / bits;
  }

  List<Server> own() {
    return own;
  }

  /** From each data centre to each other one. */
  List<Server> between() {
    var all = new ArrayList<Server>();
    for (int from = 0; from < shape.dataCentres(); from++) {
      for (int to = 0; to < shape.dataCentres(); to++) {
        if (from != to) {
          all.add(between.get(from).get(to));
        }
      }
    }
    return all;
  }

  Bytes inside() {
    return inside.bytes();
  }

  Bytes outside() {
    return outside.bytes();
  }
}
