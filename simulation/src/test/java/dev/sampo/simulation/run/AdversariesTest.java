package dev.sampo.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.simulation.fault.Behaviour;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.swarm.Profile;
import dev.sampo.simulation.world.SimulationSettings;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AdversariesTest {

  private static final int SEEDS = 3;

  @ParameterizedTest
  @EnumSource(Behaviour.class)
  void doesNotKeepThreeHonestValidatorsFromTheirWork(Behaviour behaviour) {
    for (int seed = 0; seed < SEEDS; seed++) {
      var settings =
          SimulationSettings.of(seed)
              .withValidators(4)
              .withProfile(Profile.RECOVERABLE)
              .withTransactions(20)
              .withDuration(Duration.ofSeconds(20));
      var liar = FaultSchedule.NONE.with(Duration.ZERO, new Fault.Corrupt(seed % 4, behaviour));

      var result = Simulation.run(settings, liar);

      assertThat(result.violations()).as("seed %d", seed).isEmpty();
      assertThat(result.commits()).isGreaterThan(5);
    }
  }
}
