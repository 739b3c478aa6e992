package dev.sampo.simulation.crossledger;

import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.ChannelLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A channel between two ledgers. */
record Connection(End one, End other, ChannelLimits limits) {

  private static final long TIMEOUT_MAX = 60L * 60 * 1_000;
  private static final long AMOUNT_MAX = 1_000_000;

  /** A ring, and a second channel between the first two, by which nothing may come home. */
  static List<Connection> ring(int ledgers, SplittableRandom random) {
    var connections = new ArrayList<Connection>();
    for (int i = 0; i < (ledgers == 2 ? 1 : ledgers); i++) {
      connections.add(between(i, (i + 1) % ledgers, "", random));
    }
    connections.add(between(0, 1, ".2", random));
    return List.copyOf(connections);
  }

  private static Connection between(int one, int other, String which, SplittableRandom random) {
    long window = random.nextLong(5_000, 20_000);
    int packetsMax = random.nextInt(5) == 0 ? 1 : 1_000;
    return new Connection(
        new End(one, new ChannelId("to-" + other + which)),
        new End(other, new ChannelId("to-" + one + which)),
        new ChannelLimits(
            random.nextLong(500, 4_000), TIMEOUT_MAX, window, packetsMax, AMOUNT_MAX));
  }

  List<Way> ways() {
    return List.of(new Way(one, other), new Way(other, one));
  }
}
