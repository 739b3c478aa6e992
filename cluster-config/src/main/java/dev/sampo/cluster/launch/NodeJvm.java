package dev.sampo.cluster.launch;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What may be chosen about the JVM of a node.
 *
 * @param pauses where it writes how long its collector stopped it; nothing: nowhere
 * @param ledgers how many it may host, each of which wants heap
 */
public record NodeJvm(Collector collector, Optional<Path> pauses, int ledgers) {

  private static final int FIRST_LEDGER_MEGABYTES = 96;

  /** What a ledger keeps at hand for its clients and its peers is up to 15 MB. */
  private static final int FURTHER_LEDGER_MEGABYTES = 36;

  private static final int YOUNG_KILOBYTES_MIN = 50 << 10;
  private static final int YOUNG_KILOBYTES_SPREAD = 4 << 10;

  /** As nodes are shipped. */
  public static final NodeJvm SHIPPED = new NodeJvm(Collector.SERIAL, Optional.empty(), 1);

  /** The largest heap. */
  int heapMegabytes() {
    return FIRST_LEDGER_MEGABYTES + FURTHER_LEDGER_MEGABYTES * (ledgers - 1);
  }

  /**
   * The size of the young generation, another one for each start: validators execute the same, and
   * with the same room they would all stop at the same time to collect what is old.
   */
  static int youngKilobytes() {
    return YOUNG_KILOBYTES_MIN + ThreadLocalRandom.current().nextInt(YOUNG_KILOBYTES_SPREAD);
  }
}
