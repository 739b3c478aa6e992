package dev.sampo.cluster.launch;

import java.util.List;
import java.util.Locale;

/** What reclaims the memory of a node's heap. */
public enum Collector {
  /**
   * One thread that stops all others: the least memory, and what nodes have by default. Objects
   * that survive stay young while nine tenths of the room for them do, not half: those of a block
   * die within seconds.
   */
  SERIAL("-XX:+UseSerialGC -Xmn52m -XX:TargetSurvivorRatio=90"),
  /** Several threads that stop all others. */
  PARALLEL("-XX:+UseParallelGC -Xmn52m"),
  /** Parts of the heap at a time, aiming at short stops. */
  G1("-XX:+UseG1GC"),
  /** Nearly all of it while the others go on, by further threads. */
  ZGC("-XX:+UseZGC");

  private final String flags;

  Collector(String flags) {
    this.flags = flags;
  }

  /** As it is written on the command line. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the JVM is told; the young generation too, where the collector does not size it. */
  List<String> flags() {
    return List.of(flags.split(" "));
  }
}
