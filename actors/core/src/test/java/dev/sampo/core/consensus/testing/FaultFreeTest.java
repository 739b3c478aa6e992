package dev.sampo.core.consensus.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.consensus.HostPressure;
import dev.sampo.core.consensus.simplex.SimplexEngine;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a block costs when nothing goes wrong (2.19, I21, W11, TI7). */
class FaultFreeTest {

  private static final int BLOCKS = 200;

  @ParameterizedTest
  @CsvSource({"1,1,1", "4,1,1", "5,1,1", "7,1,1", "4,5,90", "7,5,90", "16,1,20"})
  @DisplayName("I21: messages and syncs per block stay within the expected count")
  void costsNoMoreThanExpected(int n, int leastMillis, int mostMillis) {
    var random = new SplittableRandom(n);
    var genesis = Fakes.genesis(n);
    var network =
        Network.uneven(n, Duration.ofMillis(leastMillis), Duration.ofMillis(mostMillis), random);
    var world =
        new World(
            genesis,
            network,
            random,
            World.Faults.NONE,
            index -> new SimplexEngine(genesis, index));
    keepBusy(world);
    assertThat(world.runUntil(() -> reached(world, 50), Duration.ofMinutes(2))).isTrue();
    world.forgetCounts();
    long first = world.observer().height().number();

    assertThat(world.runUntil(() -> reached(world, first + BLOCKS), Duration.ofMinutes(5)))
        .isTrue();

    long blocks = world.observer().height().number() - first;
    int base = (n - 1) + 2 * n * (n - 1);
    assertThat(world.observer().nullifiedViews()).isEmpty();
    assertThat(world.sent(Proposal.class) + world.sent(ConsensusVote.class))
        .isLessThanOrEqualTo((int) ((blocks + 2) * base));
    assertThat(world.sent(Certificates.class)).isLessThanOrEqualTo((int) (blocks * base / 20));
    assertThat(world.sentInAll()).isLessThanOrEqualTo((int) ((blocks + 2) * base * 1.05));
    for (var validator : world.honest()) {
      assertThat(validator.persistCount()).isLessThanOrEqualTo((int) (2 * (blocks + 2)));
      assertThat(validator.promiseCount()).isLessThan(200);
    }
  }

  @Test
  @DisplayName("TI7: on busy hosts fewer blocks carry the same, and no view is given up for it")
  void blocksOfBusyHostsAreFewer() {
    var world = evenWorld(4, Duration.ofMillis(10));
    keepBusy(world);
    world.run(Duration.ofSeconds(3));
    long before = blocksWithin(world, Duration.ofSeconds(5));

    world.honest().forEach(validator -> validator.hostBusy(HostPressure.SEVERAL_LEDGERS));
    world.run(Duration.ofSeconds(3));
    long busy = blocksWithin(world, Duration.ofSeconds(5));

    assertThat(world.observer().nullifiedViews()).isEmpty();
    assertThat(busy).isBetween(before / 3, before * 3 / 4);
    world.honest().forEach(validator -> validator.hostBusy(HostPressure.NONE));
    world.run(Duration.ofSeconds(3));
    assertThat(blocksWithin(world, Duration.ofSeconds(5))).isBetween(before - 10, before + 10);
  }

  private static long blocksWithin(World world, Duration span) {
    long first = world.observer().height().number();
    world.run(span);
    return world.observer().height().number() - first;
  }

  @Test
  @DisplayName("TI5: an idle ledger grows by one empty block per T_idle")
  void growsSlowlyWhenIdle() {
    var world = evenWorld(4, Duration.ofMillis(5));
    world.run(Duration.ofMinutes(2));
    assertThat(world.observer().nullifiedViews()).isEmpty();
    assertThat(world.observer().height().number()).isBetween(22L, 24L);
  }

  @Test
  @DisplayName("three message delays and three syncs make a transaction final")
  void isFinalAfterThreeDelays() {
    var world = evenWorld(4, Duration.ofMillis(10));
    world.run(Duration.ofSeconds(12));
    long before = world.observer().height().number();
    world.submit();
    var begun = world.time();
    assertThat(world.runUntil(() -> reached(world, before + 1), Duration.ofSeconds(5))).isTrue();
    assertThat(world.time().minus(begun)).isLessThan(Duration.ofMillis(34));
  }

  private static World evenWorld(int n, Duration oneWay) {
    var random = new SplittableRandom(1);
    var genesis = Fakes.genesis(n);
    var network = Network.even(n, oneWay, random);
    return new World(
        genesis, network, random, World.Faults.NONE, index -> new SimplexEngine(genesis, index));
  }

  private static boolean reached(World world, long height) {
    return world.honest().stream().allMatch(v -> v.height().number() >= height);
  }

  private static void keepBusy(World world) {
    world.submit();
    world.plan(Duration.ofMillis(1), () -> keepBusy(world));
  }
}
