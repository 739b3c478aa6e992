package dev.sampo.cluster.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory a process has in use. */
final class ResidentMemory {

  private static final int KIB_PER_MIB = 1024;

  private ResidentMemory() {}

  /** The peak in MiB where the system tells it (Linux), otherwise the present amount. */
  static OptionalLong mebibytes(long pid) throws IOException, InterruptedException {
    var status = Path.of("/proc", Long.toString(pid), "status");
    return Files.isReadable(status) ? peak(status) : present(pid);
  }

  private static OptionalLong peak(Path status) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> toMebibytes(line.replaceAll("\\D", "")))
        .findFirst();
  }

  private static OptionalLong present(long pid) throws IOException, InterruptedException {
    var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
    String answer = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    return ps.waitFor() == 0 ? OptionalLong.of(toMebibytes(answer.strip())) : OptionalLong.empty();
  }

  private static long toMebibytes(String kibibytes) {
    return Long.parseLong(kibibytes) / KIB_PER_MIB;
  }
}
