package dev.sampo.cluster.simulate;

import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.simulation.deployment.DeploymentFigures;
import dev.sampo.simulation.deployment.DeploymentRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Locale;

/** Runs a deployment under several loads, and reports what it carried. */
public final class DeploymentRuns {

  private final DeploymentRequest request;
  private final Console console;

  public DeploymentRuns(DeploymentRequest request, Console console) {
    this.request = request;
    this.console = console;
  }

  /**
   * {@link ExitCode#FAILED} if an invariant was violated, or ledgers did not go on that had to when
   * a data centre was lost, or did that could not.
   */
  public ExitCode run() throws InterruptedException {
    var plans = request.plans();
    var all = new ArrayList<DeploymentFigures>();
    SideBySide.run(
        number -> DeploymentRun.run(plans.get((int) number)),
        number -> number < plans.size(),
        figures -> {
          all.add(figures);
          console.say(
              String.format(
                  Locale.ROOT,
                  "load %d %%%s: %.0f of %.0f transfers a second, fullest: %s",
                  figures.plan().percent(),
                  figures.loss().isPresent() ? ", a data centre lost" : "",
                  figures.carried().committed(),
                  figures.carried().offered(),
                  figures.fullest().label()));
          figures.violations().forEach(violation -> console.say("VIOLATION  " + violation));
        });
    all.sort(
        Comparator.<DeploymentFigures>comparingInt(each -> each.loss().isPresent() ? 1 : 0)
            .thenComparingInt(each -> each.plan().percent()));
    var report = new DeploymentReport(all);
    console.answer(report.text(), report.json());
    return all.stream().allMatch(DeploymentFigures::isSound) ? ExitCode.OK : ExitCode.FAILED;
  }
}
