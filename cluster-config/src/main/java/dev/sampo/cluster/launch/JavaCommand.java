package dev.sampo.cluster.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts a node in a JVM like this one: same Java, same class path. */
public final class JavaCommand {

  /** Names the start-up cache; set by the launcher, and only if there is one. */
  static final String CACHE_PROPERTY = "sampo.aot.cache";

  /** Names the folder of the native libraries, so that no node unpacks its own. */
  private static final String LIBRARIES_PROPERTY = "java.library.path";

  /** What a node needs besides its heap. */
  private static final List<String> NODE_FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Xlog:disable",
          "-Xlog:all=warning:stderr",
          "-XX:+UseCompactObjectHeaders",
          "-Xss512k",
          "-XX:MetaspaceSize=96m",
          "-XX:MaxMetaspaceSize=128m",
          "-XX:ReservedCodeCacheSize=64m",
          "-XX:MaxDirectMemorySize=64m",
          "-XX:TrimNativeHeapInterval=10000",
          "-XX:+ExitOnOutOfMemoryError",
          // Several nodes share few cores: compiling with deep inlining would take a third of them
          // for minutes, and gains less than it costs.
          "-XX:MaxInlineLevel=6",
          "-XX:InlineSmallCode=700",
          "-XX:FreqInlineSize=120",
          "-XX:LoopUnrollLimit=10",
          "-XX:-PartialPeelLoop",
          "-XX:-UseSuperWord",
          // The longer the queue of what wants compiling, the hotter must be what joins it: at a
          // start that is half of all work.
          "-XX:Tier3LoadFeedback=1",
          "-XX:Tier4LoadFeedback=1",
          // New code is no reason to collect the heap, or a node would do so twice as it starts.
          "-XX:SweeperThreshold=50");

  /**
   * What was hot when the start-up cache was trained goes to the second compiler as soon as it is
   * looked at again: not while a node starts.
   */
  private static final List<String> CACHE_FLAGS =
      List.of("-XX:Tier2InvokeNotifyFreqLog=16", "-XX:Tier2BackedgeNotifyFreqLog=18");

  private JavaCommand() {}

  /** Runs {@code Main} with {@code arguments}. */
  public static List<String> forNode(List<String> arguments, NodeJvm jvm) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(NODE_FLAGS);
    command.add("-Xmx" + jvm.heapMegabytes() + "m");
    command.addAll(jvm.collector().flags());
    if (jvm.collector().isToldHowMuchIsYoung()) {
      command.add("-Xmn" + NodeJvm.youngKilobytes() + "k");
    }
    jvm.pauses().ifPresent(log -> command.add("-Xlog:gc,gc+phases:file=" + log + ":uptime"));
    String cache = System.getProperty(CACHE_PROPERTY, "");
    // The cache holds objects as the collector that it was made with lays them out.
    boolean usable = jvm.collector() == Collector.SERIAL && !cache.isEmpty();
    if (usable && Files.isReadable(Path.of(cache))) {
      command.add("-XX:AOTCache=" + cache);
      command.addAll(CACHE_FLAGS);
      command.add("-D" + CACHE_PROPERTY + "=" + cache);
    }
    command.add("-D" + LIBRARIES_PROPERTY + "=" + System.getProperty(LIBRARIES_PROPERTY, ""));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.sampo.cluster.Main");
    command.addAll(arguments);
    return command;
  }
}
