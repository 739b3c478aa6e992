package dev.sampo.cluster.simulate;

import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.simulation.run.RunResult;
import dev.sampo.simulation.run.Tally;
import dev.sampo.simulation.world.Machines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Runs the seeds of a request and reports on them. */
public final class SeedRuns {

  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(2);

  /** Where a violation's files go, below the working directory. */
  private static final Path FOLDER = Path.of("violations");

  private final SeedRequest request;
  private final Console console;
  private final Tally tally;
  private final long startNanos = System.nanoTime();
  private final CoreTime coreTime = new CoreTime();
  private Duration nextProgress = PROGRESS_EVERY;

  public SeedRuns(SeedRequest request, Console console) {
    this.request = request;
    this.console = console;
    this.tally = new Tally(request.first());
  }

  /** {@link ExitCode#FAILED} if anything was violated. */
  public ExitCode run() throws InterruptedException {
    SideBySide.run(number -> run(request.first() + number), this::isWanted, this::ended);
    var report = new SeedReport(request, tally, elapsed(), coreTime.used());
    console.answer(report.text(), report.json());
    if (!tally.never().isEmpty()) {
      console.say("rare branches that no run took: " + String.join(", ", tally.never()));
    }
    if (tally.violations() == 0) {
      return ExitCode.OK;
    }
    // A run of several ledgers is not made smaller yet: its seed is all there is.
    if (!request.shrinking().isZero() && request.ledgers().isEmpty()) {
      new FailureFiles(FOLDER, Machines.SHIPPED, request.shrinking())
          .write(tally.violating().getFirst(), console);
    }
    return ExitCode.FAILED;
  }

  private RunResult run(long seed) {
    try {
      return request.run(seed);
    } catch (RuntimeException broken) {
      throw new IllegalStateException("the run broke off; repeat: " + request.replay(seed), broken);
    }
  }

  private boolean isWanted(long number) {
    return number < request.seeds()
        && request.longest().map(longest -> elapsed().compareTo(longest) < 0).orElse(true);
  }

  private void ended(RunResult run) {
    tally.add(run);
    for (var violation : run.violations()) {
      if (tally.violating().contains(run)) {
        console.say("VIOLATION  " + violation);
        console.say("  repeat: " + request.replay(run.settings().seed()));
      }
    }
    if (elapsed().compareTo(nextProgress) >= 0) {
      nextProgress = elapsed().plus(PROGRESS_EVERY);
      console.say(progress());
    }
  }

  private String progress() {
    double seconds = elapsed().toMillis() / 1000.0;
    return String.format(
        Locale.ROOT,
        "%d seeds, %.1f a second; %d commits, %.1f simulated hours, %d violations",
        tally.seeds(),
        tally.seeds() / seconds,
        tally.commits(),
        tally.simulated().toSeconds() / 3600.0,
        tally.violations());
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
