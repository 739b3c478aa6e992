package dev.sampo.simulation.world;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.simulation.adversary.Outgoing;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Two machines with one key. For each round of time and each peer it is drawn which of them the
 * peer hears and is heard by: the one, the other, or both.
 */
final class Twins {

  private static final Duration ROUND = Duration.ofMillis(700);
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final int BOTH = FIRST | SECOND;

  private final World world;
  private final SimulatedValidator first;
  private final SimulatedValidator second;
  private final long salt;

  private Twins(World world, SimulatedValidator first, SimulatedValidator second, long salt) {
    this.world = world;
    this.first = first;
    this.second = second;
    this.salt = salt;
  }

  /** The second starts from a copy of the first one's disk. */
  static Twins of(World world, SimulatedValidator first, SplittableRandom random) {
    var second = new SimulatedValidator(world, first.index(), random.split());
    second.rollBack(first.medium().copy(), first.journal().copy());
    var twins = new Twins(world, first, second, random.nextLong());
    first.sendThrough(message -> twins.send(FIRST, message));
    second.sendThrough(message -> twins.send(SECOND, message));
    second.start();
    return twins;
  }

  void deliver(Arrival arrival) {
    int mask = mask(arrival.from());
    if ((mask & FIRST) != 0) {
      first.receive(arrival);
    }
    if ((mask & SECOND) != 0) {
      second.receive(arrival);
    }
  }

  private void send(int machine, Outgoing message) {
    var heard = message.recipients().stream().filter(peer -> (mask(peer) & machine) != 0).toList();
    if (!heard.isEmpty()) {
      world.send(first.index(), message.to(heard));
    }
  }

  private int mask(ValidatorIndex peer) {
    long round = world.nanos() / ROUND.toNanos();
    long draw = EventQueue.mix(salt ^ EventQueue.mix(round * 64 + peer.number()));
    return 1 + (int) Math.floorMod(draw, (long) BOTH);
  }
}
