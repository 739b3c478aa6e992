package dev.sampo.cluster.simulate;

import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.simulation.wan.WanFigures;
import dev.sampo.simulation.wan.WanLoad;
import dev.sampo.simulation.wan.WanPlan;
import dev.sampo.simulation.wan.WanRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Measures ledgers of several sizes whose messages all take equally long, and reports on them. */
public final class WanRuns {

  /** So many transactions are measured where there is one at a time. */
  private static final int LONE = 100;

  /** Under load the transactions of so many views are, two one-way delays each. */
  private static final int VIEWS = 40;

  /** Above so many validators half of both, as each costs more. */
  private static final int MANY = 31;

  private final List<WanPlan> plans;
  private final Console console;

  public WanRuns(List<Integer> validators, Duration delay, Console console) {
    this.console = console;
    var bad = validators.stream().filter(n -> n < 1 || n > ValidatorSet.MAX_SIZE).toList();
    if (!bad.isEmpty()) {
      throw SeedRequest.usage(
          "--validators with --wan: 1 to %d each, not %s".formatted(ValidatorSet.MAX_SIZE, bad));
    }
    if (delay.compareTo(WanPlan.DELAY_MIN) < 0) {
      throw SeedRequest.usage("--delay is at least 1ms");
    }
    plans =
        validators.stream()
            .distinct()
            .sorted()
            .flatMap(n -> List.of(WanLoad.values()).stream().map(load -> plan(n, delay, load)))
            .toList();
  }

  private static WanPlan plan(int validators, Duration delay, WanLoad load) {
    int part = validators > MANY ? 2 : 1;
    int lone = LONE / part;
    int busy = load.inViews(validators, VIEWS / part);
    return new WanPlan(validators, delay, load, Math.max(lone, busy));
  }

  /** {@link ExitCode#FAILED} if an invariant was violated or a transaction was lost. */
  public ExitCode run() throws InterruptedException {
    var all = new ArrayList<WanFigures>();
    SideBySide.run(
        number -> WanRun.run(plans.get((int) number)),
        number -> number < plans.size(),
        figures -> {
          all.add(figures);
          console.say(
              "%d validators, %s: %d blocks"
                  .formatted(
                      figures.plan().validators(),
                      figures.plan().load().label(),
                      figures.counts().blocks()));
          figures.violations().forEach(violation -> console.say("VIOLATION  " + violation));
        });
    all.sort(Comparator.comparingInt(figures -> plans.indexOf(figures.plan())));
    var report = new WanReport(all);
    console.answer(report.text(), report.json());
    return all.stream().allMatch(WanFigures::isSound) ? ExitCode.OK : ExitCode.FAILED;
  }
}
