package dev.sampo.simulation.world;

import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Decides when, how often and whether a message arrives. Every directed link has a generator of its
 * own, so that a fault elsewhere does not change its luck.
 */
final class Network {

  private static final int REMEMBERED = 32;

  private static final class Wire {
    private final SplittableRandom random;
    private final long latency;
    private final List<Arrival> old = new ArrayList<>();
    private boolean cut;
    private boolean parted;
    private int drop;
    private int duplicate;
    private int replay;
    private long delayMin;
    private long delayMax;

    Wire(SplittableRandom random, long latency) {
      this.random = random;
      this.latency = latency;
    }
  }

  /**
   * How long links take one way, each between {@code least} and {@code most}.
   *
   * @param jitter whether a message takes up to a tenth more
   */
  record Latency(Duration least, Duration most, boolean jitter) {

    /** The same for every link and message. */
    static Latency even(Duration each) {
      return new Latency(each, each, false);
    }
  }

  /** Takes what will arrive. */
  @FunctionalInterface
  interface Delivery {
    void plan(long after, int to, Arrival arrival);
  }

  private final Wire[][] wires;
  private final Delivery delivery;
  private final boolean jitter;
  private boolean remembers;

  /** Links take as long in one direction as in the other. */
  Network(int validators, SplittableRandom random, Latency latency, Delivery to) {
    this.delivery = to;
    this.jitter = latency.jitter();
    long least = latency.least().toNanos();
    long most = latency.most().toNanos();
    wires = new Wire[validators][validators];
    for (int from = 0; from < validators; from++) {
      for (int other = 0; other < validators; other++) {
        var own = random.split();
        long drawn = own.nextLong(least, most + 1);
        wires[from][other] = new Wire(own, other < from ? wires[other][from].latency : drawn);
      }
    }
  }

  /** How long the slowest link takes one way while nothing is wrong, jitter aside. */
  Duration latencyMax() {
    return Duration.ofNanos(
        Arrays.stream(wires)
            .flatMap(Arrays::stream)
            .mapToLong(wire -> wire.latency)
            .max()
            .orElse(0));
  }

  /** Keeps messages, so that a replay finds some. */
  void remember() {
    remembers = true;
  }

  void send(int from, int to, Arrival arrival) {
    var wire = wires[from][to];
    if (wire.cut || wire.parted || chance(wire, wire.drop)) {
      return;
    }
    delivery.plan(delay(wire), to, arrival);
    if (chance(wire, wire.duplicate)) {
      delivery.plan(delay(wire), to, arrival);
    }
    if (remembers) {
      replay(wire, to, arrival);
    }
  }

  private void replay(Wire wire, int to, Arrival arrival) {
    if (chance(wire, wire.replay) && !wire.old.isEmpty()) {
      delivery.plan(delay(wire), to, wire.old.get(wire.random.nextInt(wire.old.size())));
    }
    if (wire.old.size() < REMEMBERED) {
      wire.old.add(arrival);
    } else if (wire.random.nextInt(8) == 0) {
      wire.old.set(wire.random.nextInt(REMEMBERED), arrival);
    }
  }

  private static boolean chance(Wire wire, int percent) {
    return percent > 0 && wire.random.nextInt(100) < percent;
  }

  /** Mostly a little, seldom much: the fourth power of a uniform number. */
  private long delay(Wire wire) {
    long more = jitter ? wire.random.nextLong(wire.latency / 10 + 1) : 0;
    if (wire.delayMax == 0) {
      return wire.latency + more;
    }
    double u = wire.random.nextDouble();
    long delayed = (long) ((wire.delayMax - wire.delayMin) * (u * u * u * u));
    return wire.latency + more + wire.delayMin + delayed;
  }

  void partition(Fault.Partition partition) {
    for (int from = 0; from < wires.length; from++) {
      for (int to = 0; to < wires.length; to++) {
        int one = from;
        int other = to;
        wires[from][to].parted =
            from != to
                && partition.groups().stream()
                    .noneMatch(group -> group.contains(one) && group.contains(other));
      }
    }
  }

  /** Whether nothing that {@code from} says reaches {@code to}. */
  boolean isSevered(int from, int to) {
    return wires[from][to].cut || wires[from][to].parted;
  }

  void cut(int from, int to) {
    wires[from][to].cut = true;
  }

  void delay(Fault.Delay delay) {
    each(
        delay.link(),
        wire -> {
          wire.delayMin = delay.min().toNanos();
          wire.delayMax = delay.max().toNanos();
        });
  }

  void drop(Fault.Drop drop) {
    each(drop.link(), wire -> wire.drop = drop.percent());
  }

  void duplicate(Fault.Duplicate duplicate) {
    each(duplicate.link(), wire -> wire.duplicate = duplicate.percent());
  }

  void replay(Fault.Replay replay) {
    each(replay.link(), wire -> wire.replay = replay.percent());
  }

  /** Returns the links that were cut, as pairs of sender and recipient. */
  List<Link> heal() {
    var mended = new ArrayList<Link>();
    for (int from = 0; from < wires.length; from++) {
      for (int to = 0; to < wires.length; to++) {
        var wire = wires[from][to];
        if (wire.cut || wire.parted) {
          mended.add(Link.of(from, to));
        }
        wire.cut = false;
        wire.parted = false;
        wire.drop = 0;
        wire.duplicate = 0;
        wire.replay = 0;
        wire.delayMin = 0;
        wire.delayMax = 0;
      }
    }
    return mended;
  }

  private void each(Link link, Consumer<Wire> change) {
    for (int from = 0; from < wires.length; from++) {
      for (int to = 0; to < wires.length; to++) {
        if (link.covers(from, to)) {
          change.accept(wires[from][to]);
        }
      }
    }
  }
}
