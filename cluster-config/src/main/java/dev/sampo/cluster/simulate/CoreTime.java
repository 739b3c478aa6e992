package dev.sampo.cluster.simulate;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The processor time that this process has used, on all cores together, from a start on. */
final class CoreTime {

  private final long startNanos = processNanos();

  /** All threads count, those that compile and collect garbage as well. */
  Duration used() {
    return Duration.ofNanos(Math.max(1, processNanos() - startNanos));
  }

  private static long processNanos() {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean process) {
      return process.getProcessCpuTime();
    }
    throw new IllegalStateException("this Java platform does not tell its processor time");
  }
}
