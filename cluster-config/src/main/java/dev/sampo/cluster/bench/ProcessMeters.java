package dev.sampo.cluster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What the system says of a process.
 *
 * @param cpu the time that all its threads have taken
 * @param diskBytes what it has had written to disks; only Linux tells
 */
public record ProcessMeters(Duration cpu, OptionalLong diskBytes) {

  private static final String WRITTEN = "write_bytes:";

  /** Throws if the process has ended. */
  public static ProcessMeters of(long pid) throws IOException {
    var cpu =
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().totalCpuDuration())
            .orElseThrow(() -> new IOException("the process " + pid + " is gone"));
    return new ProcessMeters(cpu, written(Path.of("/proc", Long.toString(pid), "io")));
  }

  private static OptionalLong written(Path io) throws IOException {
    if (!Files.isReadable(io)) {
      return OptionalLong.empty();
    }
    return Files.readAllLines(io).stream()
        .filter(line -> line.startsWith(WRITTEN))
        .mapToLong(line -> Long.parseLong(line.substring(WRITTEN.length()).strip()))
        .findFirst();
  }
}
