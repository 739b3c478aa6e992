package dev.sampo.simulation.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.simulation.fault.Behaviour;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.TimedFault;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SwarmTest {

  private static final int SEEDS = 4_000;

  @Test
  void drawsEveryLieAboutEquallyOften() {
    var drawn = new EnumMap<Behaviour, Integer>(Behaviour.class);
    faults()
        .forEach(
            timed -> {
              if (timed.fault() instanceof Fault.Corrupt(_, var behaviour)) {
                drawn.merge(behaviour, 1, Integer::sum);
              }
            });

    assertThat(drawn).containsOnlyKeys(Behaviour.values());
    drawn.remove(Behaviour.TWIN); // a family of its own
    var counts = drawn.values().stream().sorted().toList();
    assertThat(counts.getLast()).isLessThan(counts.getFirst() * 2);
    // The same bound however many lies share it: 1/60 of the seeds each when there were 35.
    assertThat(counts.getFirst() * counts.size()).isGreaterThan(SEEDS * 35 / 60);
  }

  @Test
  void corruptsNoMoreThanATolerableShare() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      var liars =
          Swarm.draw(settings(seed)).faults().stream()
              .map(TimedFault::fault)
              .filter(Fault.Corrupt.class::isInstance)
              .map(fault -> ((Fault.Corrupt) fault).validator())
              .distinct();

      assertThat(liars).as("seed %d", seed).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void drawsOnlyTheLiesThatAreNamed() {
    var named = List.of(Behaviour.RELABEL, Behaviour.MUTE);

    var drawn =
        LongStream.rangeClosed(1, SEEDS)
            .boxed()
            .flatMap(seed -> Swarm.draw(settings(seed, named)).faults().stream())
            .map(TimedFault::fault)
            .filter(Fault.Corrupt.class::isInstance)
            .map(fault -> ((Fault.Corrupt) fault).behaviour())
            .filter(behaviour -> behaviour != Behaviour.TWIN)
            .distinct();

    assertThat(drawn).containsExactlyInAnyOrderElementsOf(named);
  }

  private static Stream<TimedFault> faults() {
    return LongStream.rangeClosed(1, SEEDS)
        .boxed()
        .flatMap(seed -> Swarm.draw(settings(seed)).faults().stream());
  }

  private static SwarmSettings settings(long seed) {
    return settings(seed, List.of(Behaviour.values()));
  }

  private static SwarmSettings settings(long seed, List<Behaviour> behaviours) {
    return new SwarmSettings(
        seed,
        4,
        Profile.RECOVERABLE,
        List.of(FaultFamily.values()),
        behaviours,
        Duration.ofMinutes(3));
  }
}
