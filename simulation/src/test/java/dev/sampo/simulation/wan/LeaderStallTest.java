package dev.sampo.simulation.wan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.genesis.LaneParameters;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.simulation.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 2.10: lanes grow while ordering stands still, so that the first good view orders the backlog. */
final class LeaderStallTest {

  private static final int VALIDATORS = 4;
  private static final int LEADER = 3;
  private static final Duration DELAY = Duration.ofMillis(40);
  private static final Duration GOING = Duration.ofSeconds(6);
  private static final Duration STALL = Duration.ofSeconds(5);
  private static final Duration WINDOW = Duration.ofSeconds(20);
  private static final Duration STEP = Duration.ofMillis(1);

  /** So long it takes from a message of the owner's to a proposal that rests on it. */
  private static final Duration HEARD = DELAY.plusMillis(5);

  /**
   * A ledger under load.
   *
   * @param stalled who stands still, {@link #LEADER} first; nobody pays through them
   */
  private record Load(List<Integer> stalled, Duration apart) {

    List<Integer> live() {
      return IntStream.range(0, VALIDATORS).filter(i -> !stalled.contains(i)).boxed().toList();
    }

    boolean wentOn(BlockHeader header) {
      return !stalled.contains(header.proposer().number());
    }

    /** Those of {@code stalled} stop just before the view that the first of them leads. */
    Course run(boolean happens) {
      var course = new Course(VALIDATORS, live().getFirst());
      var parameters = WanLoad.LANES_BUSY.parameters(VALIDATORS);
      var ledger = new WanLedger(VALIDATORS, DELAY, parameters, List.of(course));
      course.follow(ledger);
      var began = Optional.<Duration>empty();
      for (int turn = 0; began.filter(at -> isOver(at, ledger)).isEmpty(); turn++) {
        ledger.pay(live().get(turn % live().size()));
        var next = ledger.time().plus(apart.dividedBy(live().size()));
        while (ledger.time().compareTo(next) < 0) {
          ledger.runUntil(ledger.time().plus(STEP));
          if (began.isEmpty()
              && ledger.time().compareTo(GOING) > 0
              && course.leadsNext(ValidatorIndex.of(LEADER))) {
            began = Optional.of(ledger.time());
            course.mark();
            if (happens) {
              stalled.forEach(each -> ledger.inject(new Fault.Pause(each, STALL)));
            }
          }
        }
      }
      assertThat(ledger.violations()).isEmpty();
      assertThat(ledger.refused()).isEmpty();
      return course;
    }

    private static boolean isOver(Duration began, WanLedger ledger) {
      return ledger.time().minus(began).compareTo(WINDOW.plus(DELAY)) > 0;
    }
  }

  @Test
  void theBlockAfterAStalledLeadersViewCarriesTheBacklog() {
    var load = new Load(List.of(LEADER), Duration.ofMillis(60));

    var course = load.run(true);

    var after = course.marked().next().next();
    var first = course.first(block -> !block.block().view().isBefore(after));
    assertThat(first.proposedAt()).isBetween(course.markedAt(), course.markedAt().plus(STALL));
    assertCarriesBacklog(course, first);
    assertLosesAtMostTheStall(load, course);
  }

  /** A leader that stood still itself has not stored yet what came meanwhile (P3). */
  @ParameterizedTest
  @ValueSource(ints = {120, 250})
  void theFirstLeaderThatWentOnThroughAStallOfAllOrderingCarriesTheBacklog(int millisApart) {
    var load = new Load(List.of(LEADER, 1), Duration.ofMillis(millisApart));

    var course = load.run(true);

    var end = course.markedAt().plus(STALL);
    assertThat(course.storedBetween(course.markedAt().plus(Duration.ofSeconds(1)), end)).isZero();
    var earliest = course.first(block -> block.proposedAt().compareTo(end) > 0);
    var first =
        course.first(
            block -> block.proposedAt().compareTo(end) > 0 && load.wentOn(block.block().header()));
    assertThat(first.block().height().number())
        .isLessThanOrEqualTo(earliest.block().height().number() + load.stalled().size());
    assertCarriesBacklog(course, first);
    long batches = STALL.minusMillis(500).toMillis() / millisApart;
    int most = LaneParameters.DEFAULT.advanceMax();
    for (int lane : load.live()) {
      assertThat(course.advance(earliest, first, lane))
          .isGreaterThanOrEqualTo(Math.min(batches, most));
    }
    assertLosesAtMostTheStall(load, course);
  }

  /** Whatever was proven to its leader, up to {@code maxAdvance} batches of a lane. */
  private static void assertCarriesBacklog(Course course, Course.Final block) {
    for (int lane = 0; lane < VALIDATORS; lane++) {
      long parent = course.parentTip(block, lane).height().number();
      long proven = course.provenBy(lane, block.proposedAt().minus(HEARD));
      long most = LaneParameters.DEFAULT.advanceMax();
      assertThat(course.advance(block, lane))
          .as("lane %d above batch %d", lane, parent)
          .isBetween(Math.clamp(proven - parent, 0, most), most);
    }
  }

  /** Against the same load without the stall. */
  private static void assertLosesAtMostTheStall(Load load, Course course) {
    var calm = load.run(false);
    assertThat(calm.markedAt()).isEqualTo(course.markedAt());
    long undisturbed = calm.entriesBetween(calm.markedAt(), calm.markedAt().plus(WINDOW));
    long executed = course.entriesBetween(course.markedAt(), course.markedAt().plus(WINDOW));

    assertThat(undisturbed).isGreaterThan(100);
    assertThat(executed)
        .isGreaterThanOrEqualTo(undisturbed * WINDOW.minus(STALL).toMillis() / WINDOW.toMillis());
  }
}
