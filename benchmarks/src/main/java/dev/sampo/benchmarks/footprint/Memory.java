package dev.sampo.benchmarks.footprint;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process has in use.
 *
 * @param heapBytes after a full collection
 * @param residentBytes of the whole process, as Linux counts it
 */
record Memory(long heapBytes, long residentBytes) {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  static Memory now() throws IOException {
    System.gc();
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long kibibytes =
        Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith(RESIDENT))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow(() -> new IOException(STATUS + " has no " + RESIDENT));
    return new Memory(heap, kibibytes * 1024);
  }
}
