package dev.sampo.cluster.profile;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Records another JVM of the same user by JDK Flight Recorder, through the JDK's own jcmd. */
public final class FlightRecorder {

  /** Told apart from recordings that somebody else has started there. */
  private static final String NAME = "sampo-profile";

  private static final Duration STOP_MAX = Duration.ofMinutes(1);

  // The profile of the JDK, with samples by CPU time (JEP 509), which also see native code, where
  // the
  // system has them. What the process was started with is nobody's business.
  private static final List<String> SETTINGS =
      List.of(
          "name=" + NAME,
          "settings=profile",
          "jdk.CPUTimeSample#enabled=true",
          "jdk.CPUTimeSample#throttle=" + FlightSummary.SAMPLE_EVERY.toMillis() + "ms",
          "jdk.InitialEnvironmentVariable#enabled=false",
          "jdk.InitialSystemProperty#enabled=false");

  private final Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");

  /**
   * Records for {@code time} into {@code file}, which only its owner may read.
   *
   * @return the CPU time that the process used meanwhile
   * @throws CommandFailed if the file exists, or the process cannot be recorded
   */
  public Duration record(long pid, Duration time, Path file)
      throws IOException, InterruptedException {
    if (Files.exists(file)) {
      throw new CommandFailed(ExitCode.CONFLICT, file + " exists already; name another file");
    }
    var rooms = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    var room = Files.createTempDirectory("sampo-profile-", rooms);
    var draft = room.resolve("flight.jfr");
    try {
      order(pid, "JFR.start", settings(time, draft));
      var before = cpuOf(pid);
      Duration used;
      try {
        Thread.sleep(time);
      } finally {
        used = cpuOf(pid).minus(before);
        order(pid, "JFR.stop", List.of("name=" + NAME));
      }
      Files.copy(draft, file);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return used;
    } finally {
      Files.deleteIfExists(draft);
      Files.deleteIfExists(room);
    }
  }

  /** The recording ends by itself, should this process be killed. */
  private static List<String> settings(Duration time, Path file) {
    var settings = new ArrayList<>(SETTINGS);
    settings.add("duration=" + time.plus(STOP_MAX).toSeconds() + "s");
    settings.add("filename=" + file);
    return settings;
  }

  private static Duration cpuOf(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  private void order(long pid, String what, List<String> options)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(jcmd)) {
      throw new CommandFailed(ExitCode.FAILED, "needs a whole JDK: there is no " + jcmd);
    }
    var command = new ArrayList<>(List.of(jcmd.toString(), Long.toString(pid), what));
    command.addAll(options);
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    // Of an order that the process refuses, jcmd only prints the answer.
    boolean isDone = said.contains("Started recording") || said.contains("Stopped recording");
    if (process.waitFor() != 0 || !isDone) {
      // The first line repeats the process, and a stack trace may follow.
      var why = said.lines().skip(1).findFirst().orElse(said);
      throw new CommandFailed(ExitCode.FAILED, "process " + pid + " cannot be recorded: " + why);
    }
  }
}
