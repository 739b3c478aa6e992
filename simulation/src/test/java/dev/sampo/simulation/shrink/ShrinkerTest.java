package dev.sampo.simulation.shrink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.run.RunResult;
import dev.sampo.simulation.run.Simulation;
import dev.sampo.simulation.swarm.Profile;
import dev.sampo.simulation.weak.Forgetful;
import dev.sampo.simulation.weak.Hasty;
import dev.sampo.simulation.weak.Moody;
import dev.sampo.simulation.world.Machines;
import dev.sampo.simulation.world.SimulationSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShrinkerTest {

  /** The clock of these tests counts how often it is asked, so that they repeat themselves. */
  private static final Duration LOOKS_MAX = Duration.ofNanos(300);

  private static final Duration MANY_LOOKS_MAX = Duration.ofNanos(1_500);

  @Test
  void leavesLessThanAQuarterOfTheEvents() {
    var ratios =
        List.of(new Hasty(), new Forgetful(), new Moody()).stream()
            .map(machines -> shrink(machines, MANY_LOOKS_MAX))
            .map(shrunk -> (double) shrunk.after().events() / shrunk.before().events())
            .sorted()
            .toList();

    assertThat(ratios.get(1)).as("median of %s", ratios).isLessThan(0.25);
  }

  @Test
  void keepsTheInvariantAndRepeatsItself() {
    var machines = new Forgetful();
    var shrunk = shrink(machines, LOOKS_MAX);

    var again = Simulation.run(shrunk.after().settings(), shrunk.after().schedule(), machines);

    assertThat(again.violations()).isEqualTo(shrunk.after().violations());
    assertThat(again.violations())
        .anyMatch(violation -> violation.invariant().equals(shrunk.invariant()));
    assertThat(again.eventHash()).isEqualTo(shrunk.after().eventHash());
    assertThat(shrunk.after().schedule().size()).isLessThan(shrunk.before().schedule().size());
    assertThat(shrunk.replay()).contains("--seed " + shrunk.before().settings().seed());
  }

  @Test
  void emitsATestThatCompiles(@TempDir Path folder) throws Exception {
    var source = shrink(new Forgetful(), LOOKS_MAX).regressionTest();
    var name = source.substring(source.indexOf("final class ") + 12, source.indexOf(" {"));
    var file = Files.writeString(folder.resolve(name + ".java"), source);

    int outcome =
        Objects.requireNonNull(ToolProvider.getSystemJavaCompiler())
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                "-d",
                folder.toString(),
                file.toString());

    assertThat(outcome).as(source).isZero();
  }

  @Test
  void refusesARunWithoutViolation() {
    var settings =
        SimulationSettings.of(1)
            .withProfile(Profile.CALM)
            .withTransactions(2)
            .withDuration(Duration.ofSeconds(2));

    assertThatThrownBy(
            () ->
                Shrinker.shrink(
                    settings, FaultSchedule.NONE, Machines.SHIPPED, LOOKS_MAX, () -> 0L))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing to shrink");
  }

  private static Shrunk shrink(Machines machines, Duration looksMax) {
    var found = firstViolation(machines);
    return Shrinker.shrink(found.settings(), found.schedule(), machines, looksMax, new Looks());
  }

  private static RunResult firstViolation(Machines machines) {
    for (long seed = 1; seed <= 100; seed++) {
      var settings =
          SimulationSettings.of(seed).withTransactions(90).withDuration(Duration.ofSeconds(60));
      var result = Simulation.run(settings, Simulation.scheduleOf(settings), machines);
      if (!result.isClean()) {
        return result;
      }
    }
    throw new AssertionError("no seed shows it");
  }

  private static final class Looks implements LongSupplier {
    private long count;

    @Override
    public long getAsLong() {
      return ++count;
    }
  }
}
