package dev.sampo.cluster.launch;

import java.util.List;
import java.util.Locale;

/** What reclaims the memory of a node's heap. */
public enum Collector {
  /**
   * One thread that stops all others: the least work, and what nodes have by default. The objects
   * of a block die within ten seconds, so that what survives has much room to stay young, and stays
   * there until nine tenths of it are full, not half.
   */
  SERIAL(true, "-XX:+UseSerialGC -XX:SurvivorRatio=4 -XX:TargetSurvivorRatio=90"),
  /** Several threads that stop all others. */
  PARALLEL(true, "-XX:+UseParallelGC"),
  /** Parts of the heap at a time, aiming at short stops. */
  G1(false, "-XX:+UseG1GC"),
  /** Nearly all of it while the others go on, by further threads. */
  ZGC(false, "-XX:+UseZGC");

  private final boolean isToldHowMuchIsYoung;
  private final String flags;

  Collector(boolean isToldHowMuchIsYoung, String flags) {
    this.isToldHowMuchIsYoung = isToldHowMuchIsYoung;
    this.flags = flags;
  }

  /** As it is written on the command line. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the JVM is told. */
  List<String> flags() {
    return List.of(flags.split(" "));
  }

  /** Whether it does not choose the size of the young generation itself. */
  boolean isToldHowMuchIsYoung() {
    return isToldHowMuchIsYoung;
  }
}
