package dev.sampo.core.consensus.testing;

import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.ValidatorIndex;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Function;

/** One run: faults of all kinds for a while, then a network that heals (2.20, 2.21). */
public final class Chaos {

  private static final Duration FAULTS_LAST = Duration.ofSeconds(15);
  private static final Duration HEALED_WITHIN = Duration.ofMinutes(4);

  private final SplittableRandom random;
  private final Genesis genesis;
  private final World world;

  private Chaos(
      long seed,
      int validators,
      int traitors,
      boolean disksForgetVotes,
      Function<ValidatorIndex, ConsensusEngine> engines) {
    random = new SplittableRandom(seed);
    genesis = Fakes.genesis(validators);
    var network =
        Network.uneven(validators, Duration.ofMillis(1), Duration.ofMillis(30), random.split());
    world =
        new World(
            genesis,
            network,
            random.split(),
            new World.Faults(traitors, disksForgetVotes),
            engines);
  }

  /** Runs with the first {@code traitors} validators Byzantine; throws what it finds. */
  public static void run(
      long seed, int validators, int traitors, Function<ValidatorIndex, ConsensusEngine> engines) {
    guarded(seed, new Chaos(seed, validators, traitors, false, engines));
  }

  /** As {@link #run}, with disks that lose votes in a crash. */
  public static void runForgetful(
      long seed, int validators, int traitors, Function<ValidatorIndex, ConsensusEngine> engines) {
    guarded(seed, new Chaos(seed, validators, traitors, true, engines));
  }

  private static void guarded(long seed, Chaos chaos) {
    try {
      chaos.suffer();
    } catch (RuntimeException | AssertionError broken) {
      throw new AssertionError(
          "seed %d with %d validators; replay: Chaos.run(%dL, ...)"
              .formatted(seed, chaos.genesis.validators().size(), seed),
          broken);
    }
  }

  private void suffer() {
    world
        .network()
        .lossy(random.nextInt(31), random.nextInt(31), Duration.ofMillis(random.nextInt(1, 300)));
    disturb();
    submitForAWhile();
    world.run(FAULTS_LAST);
    world.network().heal();
    world.honest().forEach(SimulatedValidator::start);
    var height = world.observer().height();
    world.submit();
    if (!world.runUntil(world::isSettled, HEALED_WITHIN)) {
      throw new AssertionError("not live after healing at height " + height + ": " + standing());
    }
  }

  /** Every now and then links are cut or validators lose power, sometimes all at once. */
  private void disturb() {
    if (world.time().compareTo(FAULTS_LAST) >= 0) {
      return;
    }
    int validators = genesis.validators().size();
    switch (random.nextInt(6)) {
      case 0 -> world.network().partition(validators);
      case 1 -> world.network().isolate(ValidatorIndex.of(random.nextInt(validators)), validators);
      case 2, 3 -> restart(world.honest().get(random.nextInt(world.honest().size())));
      case 4 -> {
        if (random.nextInt(4) == 0) {
          world.honest().forEach(this::restart);
        }
      }
      default -> world.network().partition(1);
    }
    world.plan(Duration.ofMillis(random.nextInt(20, 1500)), this::disturb);
  }

  private void restart(SimulatedValidator validator) {
    validator.crash();
    world.plan(Duration.ofMillis(random.nextInt(1, 3000)), validator::start);
  }

  private void submitForAWhile() {
    if (world.time().compareTo(FAULTS_LAST) < 0) {
      world.submit();
      world.plan(Duration.ofMillis(random.nextInt(1, 400)), this::submitForAWhile);
    }
  }

  private String standing() {
    var all = new StringBuilder();
    for (var validator : world.honest()) {
      all.append('\n').append(validator.index()).append(": ");
      all.append(validator.isUp() ? validator.status() : "down");
      all.append(", transactions ").append(validator.deliveredTransactions());
      all.append(" of ").append(world.submittedCount());
    }
    return all.toString();
  }
}
