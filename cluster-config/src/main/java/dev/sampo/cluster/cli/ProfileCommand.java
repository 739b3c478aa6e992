package dev.sampo.cluster.cli;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.DemoPointer;
import dev.sampo.cluster.profile.FlightRecorder;
import dev.sampo.cluster.profile.ProfileReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "profile",
    description = {
      "Records a running validator by JDK Flight Recorder and tells where its time went: CPU by",
      "stage, and how long each consensus step, block and synced write took."
    })
final class ProfileCommand implements Callable<Integer> {

  private static final Duration TIME_MAX = Duration.ofHours(1);

  @Parameters(
      paramLabel = "VALIDATOR",
      defaultValue = "v1",
      description = "Which one of the demo that runs in another terminal. Default: v1.")
  private String validator = "";

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "The process of a node on this machine, instead of a demo's validator.")
  private @Nullable Long pid;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "30s",
      description = "Record for so long, at most 1h. Default: 30s.")
  private Duration time = Duration.ZERO;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Where to keep the recording. Default: sampo-PID.jfr in this folder.")
  private @Nullable Path file;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Usage.require(
        time.isPositive() && time.compareTo(TIME_MAX) <= 0, "--time is more than 0, at most 1h");
    var console = output.console();
    long process = pid != null ? pid : processOf(validator);
    var kept = (file != null ? file : Path.of("sampo-" + process + ".jfr")).toAbsolutePath();
    console.say("recording process " + process + " for " + time.toMillis() / 1e3 + " s ...");
    var report = ProfileReport.of(new FlightRecorder().record(process, time, kept));
    console.answer(report.text(), report.json());
    return ExitCode.OK.number();
  }

  private static long processOf(String validator) {
    return RunningDemo.find().pointer().validators().stream()
        .filter(each -> each.name().equals(validator))
        .mapToLong(DemoPointer.Validator::pid)
        .findFirst()
        .orElseThrow(
            () -> new CommandFailed(ExitCode.NOT_FOUND, "the demo has no validator " + validator));
  }
}
