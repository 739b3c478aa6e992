package dev.sampo.benchmarks.micro;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of this package by JMH. */
public final class MicroBenchmarks {

  private static final String PACKAGE = "^" + Pattern.quote("dev.sampo.benchmarks.micro.");

  private final Consumer<String> progress;

  /** {@code progress} hears what JMH says meanwhile, line by line. */
  public MicroBenchmarks(Consumer<String> progress) {
    this.progress = progress;
  }

  /** The names of all benchmarks, in alphabetical order. */
  public List<String> names() {
    return BenchmarkList.defaultList().find(format(), List.of(PACKAGE), List.of()).stream()
        .map(BenchmarkListEntry::getUsername)
        .map(MicroFigure::shortened)
        .distinct()
        .sorted()
        .toList();
  }

  /** Runs what {@code plan} names, one after the other. */
  public MicroReport run(MicroPlan plan) {
    var wanted = new OptionsBuilder();
    if (plan.names().isEmpty()) {
      wanted.include(PACKAGE);
    }
    plan.names().forEach(name -> wanted.include(PACKAGE + "(?i:.*" + pattern(name) + ")"));
    var options =
        wanted
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(plan.forks())
            .warmupForks(0)
            .warmupIterations(plan.warmUps())
            .warmupTime(TimeValue.milliseconds(plan.time().toMillis()))
            .measurementIterations(plan.iterations())
            .measurementTime(TimeValue.milliseconds(plan.time().toMillis()))
            .param("provider", providers())
            .shouldFailOnError(true)
            .build();
    try {
      var figures = new Runner(options, format()).run().stream().map(MicroFigure::of).toList();
      return new MicroReport(plan, figures, Runtime.getRuntime().availableProcessors());
    } catch (NoBenchmarksException none) {
      throw new CommandFailed(
          ExitCode.USAGE, "no benchmark has such a name; there are " + names(), none);
    } catch (RunnerException failed) {
      throw new CommandFailed(ExitCode.FAILED, "a benchmark failed: " + reason(failed), failed);
    }
  }

  /** JMH keeps what a benchmark threw behind two exceptions of its own. */
  private static Throwable reason(Throwable failed) {
    if (failed.getSuppressed().length > 0) {
      return failed.getSuppressed()[0];
    }
    var cause = failed.getCause();
    return cause == null ? failed : reason(cause);
  }

  /** {@code Codec.decode} is said of {@code CodecBenchmark.decodeTransfer}. */
  private static String pattern(String name) {
    return Arrays.stream(name.split("\\.", -1))
        .map(Pattern::quote)
        .reduce((owner, method) -> owner + "(?:Benchmark)?\\." + method)
        .orElse("");
  }

  private static String[] providers() {
    return Arrays.stream(SignatureBenchmark.Provider.values())
        .filter(SignatureBenchmark.Provider::isPresent)
        .map(Enum::name)
        .toArray(String[]::new);
  }

  private OutputFormat format() {
    var lines = new PrintStream(new LineStream(progress), true, StandardCharsets.UTF_8);
    return OutputFormatFactory.createFormatInstance(lines, VerboseMode.NORMAL);
  }
}
