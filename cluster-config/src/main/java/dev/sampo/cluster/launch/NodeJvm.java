package dev.sampo.cluster.launch;

import java.nio.file.Path;
import java.util.Optional;

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

  /** As nodes are shipped. */
  public static final NodeJvm SHIPPED = new NodeJvm(Collector.SERIAL, Optional.empty(), 1);

  /** The largest heap. */
  int heapMegabytes() {
    return FIRST_LEDGER_MEGABYTES + FURTHER_LEDGER_MEGABYTES * (ledgers - 1);
  }
}
