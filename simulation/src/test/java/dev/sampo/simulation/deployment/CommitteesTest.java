package dev.sampo.simulation.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where ledgers stand, and what validators spend on them. */
final class CommitteesTest {

  private static final Shape SHAPE = new Shape(3, 4, 64);

  @Test
  void aLedgerSurvivesTheLossOfEachDataCentreButItsHome() {
    for (var committee : Committees.of(SHAPE)) {
      assertThat(committee.members()).doesNotHaveDuplicates();
      for (int dataCentre = 0; dataCentre < 3; dataCentre++) {
        assertThat(committee.survives(dataCentre, SHAPE)).isEqualTo(dataCentre != committee.home());
      }
    }
  }

  @Test
  void homesSizesAndSeatsAreEven() {
    var committees = Committees.of(SHAPE);

    assertThat(committees.stream().map(Committee::size).distinct()).containsExactly(4, 7, 10);
    for (int home = 0; home < 3; home++) {
      int here = home;
      assertThat(committees.stream().filter(each -> each.home() == here).count())
          .isBetween(21L, 22L);
    }
    var seats = IntStream.range(0, 12).mapToLong(each -> seats(committees, each)).toArray();
    assertThat(IntStream.range(0, 12).mapToLong(i -> seats[i]).max().orElseThrow())
        .isLessThanOrEqualTo(
            IntStream.range(0, 12).mapToLong(i -> seats[i]).min().orElseThrow() + 3);
  }

  private static long seats(List<Committee> committees, int validator) {
    return committees.stream().filter(each -> each.members().contains(validator)).count();
  }

  @Test
  void aSmallDeploymentHasSmallCommittees() {
    assertThat(Committees.of(new Shape(3, 2, 9)))
        .allSatisfy(each -> assertThat(each.size()).isEqualTo(4));
    assertThat(Committees.of(new Shape(1, 4, 2)))
        .allSatisfy(each -> assertThat(each.members()).containsExactlyInAnyOrder(0, 1, 2, 3));
  }

  @Test
  void refusesWhatIsNoDeployment() {
    assertThatThrownBy(() -> new Shape(3, 1, 64)).hasMessageContaining("4 to 128 validators");
    assertThatThrownBy(() -> new Shape(0, 4, 64)).hasMessageContaining("data centres");
    assertThatThrownBy(() -> new Shape(3, 4, 257)).hasMessageContaining("256 ledgers");
  }

  /** docs/benchmarks.md: 49 ms of four validators for a block of one, 270 ms for one of 230. */
  @Test
  void blocksCostWhatWasMeasured() {
    var costs = Costs.MEASURED;
    double ofNone = (costs.block() + 10.5 * costs.message()) / 1e6;

    assertThat(4 * (ofNone + costs.transfer() / 1e6)).isCloseTo(49, within(0.5));
    assertThat(4 * (ofNone + 230 * costs.transfer() / 1e6)).isCloseTo(270, within(1.0));
  }

  @Test
  void capacityGrowsWithCoresAndNotWithLedgersOfTheSameSize() {
    var few = Committees.of(new Shape(1, 4, 1));
    var many = Committees.of(new Shape(1, 4, 8));

    double one = Costs.MEASURED.capacity(few, 2);

    assertThat(Costs.MEASURED.capacity(few, 4)).isCloseTo(2 * one, within(0.01));
    assertThat(Costs.MEASURED.capacity(many, 2)).isCloseTo(one, within(0.01));
  }
}
