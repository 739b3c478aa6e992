package dev.sampo.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.simulation.fault.Behaviour;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.fault.TimedFault;
import dev.sampo.simulation.swarm.Profile;
import dev.sampo.simulation.world.SimulationSettings;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** X11 on ledgers of four validators, of which two vouch for forgeries: one too many. */
class ColludersTest {

  private static final String SHOWN = "forgery vouched for";

  @Test
  @DisplayName("2.14, X11: whoever verified shows who vouched for a forgery, and accuses no other")
  void areShownByWhomThatVerified() {
    // Which ledgers are attested and have lanes, the seeds draw.
    var runs = IntStream.rangeClosed(1, 30).mapToObj(ColludersTest::run).toList();

    assertThat(runs).allSatisfy(run -> assertThat(run.violations()).isEmpty());
    assertThat(runs).anySatisfy(run -> assertThat(run.sometimes().get(SHOWN)).isPositive());
  }

  private static RunResult run(long seed) {
    var settings =
        SimulationSettings.of(seed)
            .withValidators(4)
            .withProfile(Profile.UNBOUNDED)
            .withTransactions(60)
            .withDuration(Duration.ofSeconds(20));
    var colluders =
        FaultSchedule.of(
            new TimedFault(Duration.ZERO, new Fault.Corrupt(0, Behaviour.FORGE_BATCHES)),
            new TimedFault(Duration.ZERO, new Fault.Corrupt(2, Behaviour.ACK_UNSTORED)));
    return Simulation.run(settings, colluders);
  }
}
