package dev.sampo.simulation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.simulation.deployment.DeploymentFigures.Use;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Several ledgers of six validators in three data centres: what fills is told, and is true. */
final class DeploymentRunTest {

  private static final Shape SHAPE = new Shape(3, 2, 4);
  private static final Duration MEASURED = Duration.ofSeconds(2);
  private static final long SEED = 11;

  @Test
  void aSmallLoadIsCarriedWhole() {
    var figures = run(Hardware.DEFAULT, 1, OptionalInt.empty());

    assertThat(figures.carried().isAll()).isTrue();
    assertThat(figures.carried().refused()).isZero();
    assertThat(figures.carried().millis().orElseThrow().p50()).isBetween(60.0, 400.0);
    assertThat(figures.use().values())
        .allSatisfy(use -> assertThat(use.max()).isBetween(use.median(), 1.0));
  }

  @Test
  void bytesAreReceivedOrUnderWay() {
    var figures = run(Hardware.DEFAULT, 1, OptionalInt.empty());

    for (var bytes : List.of(figures.within(), figures.between())) {
      assertThat(bytes.sent()).isPositive().isEqualTo(bytes.received() + bytes.underWay());
      assertThat(bytes.underWay()).isNotNegative().isLessThan(bytes.sent() / 10);
      assertThat(bytes.perSecond() * 2).isLessThan((double) bytes.sent());
    }
  }

  @Test
  void aTinyLinkBetweenDataCentresIsWhatIsFull() {
    var figures = run(Hardware.DEFAULT.withBetween(400_000), 1, OptionalInt.empty());

    assertThat(figures.fullest()).isEqualTo(Resource.BETWEEN_DATA_CENTRES);
    assertThat(use(figures, Resource.BETWEEN_DATA_CENTRES).max()).isGreaterThan(0.95);
    assertThat(figures.carried().isAll()).isFalse();
    // Two bits in three leave by links that are full: no more than their capacity goes through.
    assertThat(figures.between().received() * 8.0 / 5).isLessThanOrEqualTo(6 * 400_000);
  }

  @Test
  void aTinyLinkOfValidatorsIsWhatIsFull() {
    var figures = run(Hardware.DEFAULT.withLink(500_000), 1, OptionalInt.empty());

    assertThat(figures.fullest()).isEqualTo(Resource.LINK);
    assertThat(figures.carried().isAll()).isFalse();
  }

  @Test
  void aSlowDiskIsWhatIsFull() {
    var figures = run(Hardware.DEFAULT.withSync(Duration.ofMillis(25)), 1, OptionalInt.empty());

    assertThat(figures.fullest()).isEqualTo(Resource.DISK);
    assertThat(use(figures, Resource.DISK).max()).isGreaterThan(0.9);
  }

  @Test
  void withoutADataCentreTheLedgersGoOnThatHaveTheirHomesElsewhere() {
    var figures = run(Hardware.DEFAULT, 1, OptionalInt.of(1));

    var loss = figures.loss().orElseThrow();
    assertThat(figures.isSound()).isTrue();
    assertThat(loss.survivors()).isEqualTo(3);
    assertThat(loss.wentOn()).isEqualTo(3);
    assertThat(loss.before().isAll()).isTrue();
    assertThat(loss.after().committed()).isGreaterThan(0.8 * loss.after().offered());
  }

  @Test
  void equalPlansGiveEqualFiguresAndOtherSeedsOthers() {
    var first = run(Hardware.DEFAULT, 1, OptionalInt.empty());
    var again = run(Hardware.DEFAULT, 1, OptionalInt.empty());
    var other = DeploymentRun.run(plan(Hardware.DEFAULT, 1, OptionalInt.empty(), SEED + 1));

    assertThat(again).isEqualTo(first);
    assertThat(other.eventHash()).isNotEqualTo(first.eventHash());
  }

  private static Use use(DeploymentFigures figures, Resource resource) {
    assertThat(figures.use()).containsKey(resource);
    return figures.use().getOrDefault(resource, new Use(0, 0));
  }

  private static DeploymentFigures run(Hardware hardware, int percent, OptionalInt lost) {
    var figures = DeploymentRun.run(plan(hardware, percent, lost, SEED));
    assertThat(figures.violations()).isEmpty();
    return figures;
  }

  private static DeploymentPlan plan(Hardware hardware, int percent, OptionalInt lost, long seed) {
    return new DeploymentPlan(SHAPE, hardware, Costs.MEASURED, percent, MEASURED, lost, seed);
  }
}
