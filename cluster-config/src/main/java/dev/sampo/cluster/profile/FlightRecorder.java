package dev.sampo.cluster.profile;

import dev.sampo.cluster.bench.ProcessMeters;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Records another JVM of the same user by JDK Flight Recorder, through the JDK's own jcmd. */
public final class FlightRecorder {

  /** Should this process be killed, the recording ends so long after its time. */
  private static final Duration STOP_MAX = Duration.ofMinutes(1);

  // The JDK's own profile, with samples by CPU time where the system has them (JEP 509): these see
  // native code too. Left out is what tells secrets: arguments, properties and environments of
  // processes.
  private static final List<String> SETTINGS =
      List.of(
          "settings=profile",
          "jdk.CPUTimeSample#enabled=true",
          "jdk.CPUTimeSample#throttle=" + FlightSummary.SAMPLE_EVERY.toMillis() + "ms",
          "jdk.JVMInformation#enabled=false",
          "jdk.SystemProcess#enabled=false",
          "jdk.InitialEnvironmentVariable#enabled=false",
          "jdk.InitialSystemProperty#enabled=false");

  private final Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");

  /** Told apart from recordings that others have started there, another profile for one. */
  private final String name = "name=sampo-profile-" + ProcessHandle.current().pid();

  /**
   * Records for {@code time} into {@code file}, which only its owner may read.
   *
   * @throws CommandFailed if the file exists or cannot be made, or the process cannot be recorded
   */
  public Flight record(long pid, Duration time, Path file)
      throws IOException, InterruptedException {
    create(file);
    var abandon = new Thread(() -> abandon(pid, file), "profile-end");
    Runtime.getRuntime().addShutdownHook(abandon);
    boolean done = false;
    try {
      order(pid, "JFR.start", settings(time, file));
      var before = ProcessMeters.of(pid).cpu();
      var from = Instant.now();
      Thread.sleep(time);
      var flight = new Flight(file, from, Instant.now(), ProcessMeters.of(pid).cpu().minus(before));
      order(pid, "JFR.stop", List.of(name));
      done = true;
      return flight;
    } finally {
      Runtime.getRuntime().removeShutdownHook(abandon);
      if (!done) {
        abandon(pid, file);
      }
    }
  }

  private static void create(Path file) throws IOException {
    var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try {
      Files.createFile(file, own);
    } catch (FileAlreadyExistsException exists) {
      throw new CommandFailed(
          ExitCode.CONFLICT, file + " exists already; name another file", exists);
    } catch (NoSuchFileException noFolder) {
      throw new CommandFailed(ExitCode.FAILED, "there is no folder for " + file, noFolder);
    }
  }

  private void abandon(long pid, Path file) {
    try {
      order(pid, "JFR.stop", List.of(name));
    } catch (CommandFailed | IOException unheard) {
      // Perhaps it never began; if it did, it ends by itself.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException kept) {
      throw new UncheckedIOException(kept);
    }
  }

  private List<String> settings(Duration time, Path file) {
    var settings = new ArrayList<>(SETTINGS);
    settings.add(name);
    settings.add("duration=" + time.plus(STOP_MAX).toSeconds() + "s");
    settings.add("filename=" + file);
    return settings;
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
