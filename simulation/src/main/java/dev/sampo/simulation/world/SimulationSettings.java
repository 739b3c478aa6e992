package dev.sampo.simulation.world;

import dev.sampo.core.types.ValidatorSet;
import dev.sampo.simulation.fault.Behaviour;
import dev.sampo.simulation.swarm.FaultFamily;
import dev.sampo.simulation.swarm.Profile;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a run is made of, beside its faults.
 *
 * @param validators 1 to {@link ValidatorSet#MAX_SIZE}
 * @param families which of them may be drawn
 * @param behaviours how Byzantine validators may lie, where that is drawn
 * @param transactions how many the clients submit, spread over {@code duration}
 * @param duration how long faults happen and clients submit; healing comes after it
 */
public record SimulationSettings(
    long seed,
    int validators,
    Profile profile,
    List<FaultFamily> families,
    List<Behaviour> behaviours,
    int transactions,
    Duration duration) {

  /** No seed stands for more. */
  public static final int VALIDATORS_MAX = 16;

  private static final Duration DURATION = Duration.ofMinutes(3);
  private static final int TRANSACTIONS = 280;

  public SimulationSettings {
    families = families.stream().distinct().sorted().toList();
    behaviours = behaviours.stream().distinct().sorted().toList();
    if (validators < 1 || validators > ValidatorSet.MAX_SIZE) {
      throw new IllegalArgumentException("1 to " + ValidatorSet.MAX_SIZE + " validators");
    }
    if (transactions < 0 || duration.isNegative()) {
      throw new IllegalArgumentException("transactions and duration are not negative");
    }
  }

  /** The settings that the swarm uses for a seed: mostly four validators, all families. */
  public static SimulationSettings of(long seed) {
    return new SimulationSettings(
        seed,
        validatorsOf(seed),
        profileOf(seed),
        List.of(FaultFamily.values()),
        List.of(Behaviour.values()),
        TRANSACTIONS,
        DURATION);
  }

  private static Profile profileOf(long seed) {
    int draw = new SplittableRandom(seed + 1).nextInt(16);
    if (draw == 15) {
      return Profile.CALM;
    }
    return draw < 4 ? Profile.UNBOUNDED : Profile.RECOVERABLE;
  }

  private static int validatorsOf(long seed) {
    var random = new SplittableRandom(seed);
    int draw = random.nextInt(100);
    if (draw < 80) {
      return 4;
    }
    return draw < 99 ? random.nextInt(1, 8) : random.nextInt(8, VALIDATORS_MAX + 1);
  }

  public SimulationSettings withValidators(int count) {
    return new SimulationSettings(
        seed, count, profile, families, behaviours, transactions, duration);
  }

  public SimulationSettings withProfile(Profile other) {
    return new SimulationSettings(
        seed, validators, other, families, behaviours, transactions, duration);
  }

  public SimulationSettings withFamilies(List<FaultFamily> others) {
    return new SimulationSettings(
        seed, validators, profile, others, behaviours, transactions, duration);
  }

  public SimulationSettings withBehaviours(List<Behaviour> others) {
    return new SimulationSettings(
        seed, validators, profile, families, others, transactions, duration);
  }

  public SimulationSettings withTransactions(int count) {
    return new SimulationSettings(seed, validators, profile, families, behaviours, count, duration);
  }

  public SimulationSettings withDuration(Duration other) {
    return new SimulationSettings(
        seed, validators, profile, families, behaviours, transactions, other);
  }
}
