package dev.sampo.simulation.wan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 2.19: what finality takes over links of 40 ms, in delays, messages and bytes. */
final class WanRunTest {

  private static final Duration DELAY = Duration.ofMillis(40);

  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void aLoneInlineTransactionIsFinalThreeDelaysAfterItsLeaderHasIt(int validators) {
    var figures = run(validators, WanLoad.INLINE_IDLE, 40);

    assertThat(figures.latencies().keySet()).containsExactly(Way.INLINE);
    var inline = latencies(figures, Way.INLINE);
    assertThat(inline.count()).isEqualTo(40);
    assertThat(inline.fromProposal().p50()).isBetween(3.0, 3.3);
    assertThat(inline.fromProposal().p99()).isLessThanOrEqualTo(3.3);
    // One more to the leader, unless it is the gateway's own validator.
    assertThat(inline.travelling().p99()).isLessThanOrEqualTo(4.3);
    assertCountsAreThoseOfTheProtocol(figures);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void aLoneTransactionIsFinalSixDelaysAfterItsSubmissionToALane(int validators) {
    var figures = run(validators, WanLoad.LANES_IDLE, 40);

    assertThat(figures.latencies().keySet()).containsExactly(Way.CERTIFIED);
    var certified = latencies(figures, Way.CERTIFIED);
    assertThat(certified.total().p50()).isBetween(6.0, 6.5);
    assertThat(certified.travelling().p99()).isLessThanOrEqualTo(6.5);
    assertThat(certified.fromProposal().p99()).isLessThanOrEqualTo(3.3);
    assertCountsAreThoseOfTheProtocol(figures);
    assertThat(figures.counts().lanes().messagesPerBatch()).isEqualTo(2.0 * (validators - 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void underLoadTransactionsWaitForTheNextProposalAndNothingElse(int validators) {
    var figures = run(validators, WanLoad.INLINE_BUSY, 120);

    var inline = latencies(figures, Way.INLINE);
    assertThat(inline.travelling().p99()).isLessThanOrEqualTo(4.3);
    // Two for the view that has just begun, and one more where the leader is the gateway's own
    // validator, which has the transaction a delay before the others.
    assertThat(inline.waiting().p99()).isLessThanOrEqualTo(3.2);
    assertThat(inline.total().p99()).isLessThanOrEqualTo(6.3);
    assertThat(inline.fromProposal().p99()).isLessThanOrEqualTo(3.3);
    assertCountsAreThoseOfTheProtocol(figures);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void underLoadLeadersProposeBatchesWithoutWaitingForProofs(int validators) {
    var figures = run(validators, WanLoad.LANES_BUSY, 200);

    var optimistic = latencies(figures, Way.OPTIMISTIC);
    assertThat(optimistic.travelling().p50()).isBetween(4.0, 4.6);
    assertThat(optimistic.fromProposal().p99()).isLessThanOrEqualTo(3.3);
    assertCountsAreThoseOfTheProtocol(figures);
  }

  @Test
  void equalPlansGiveEqualFigures() {
    var first = run(4, WanLoad.LANES_BUSY, 60);

    var second = run(4, WanLoad.LANES_BUSY, 60);

    assertThat(second).isEqualTo(first);
  }

  private static WanFigures run(int validators, WanLoad load, int transactions) {
    var figures = WanRun.run(new WanPlan(validators, DELAY, load, transactions));
    assertThat(figures.violations()).isEmpty();
    assertThat(figures.open()).isZero();
    return figures;
  }

  private static Latencies latencies(WanFigures figures, Way way) {
    assertThat(figures.latencies()).containsKey(way);
    return Optional.ofNullable(figures.latencies().get(way)).orElseThrow();
  }

  /** I21, and its counterpart in bytes. */
  private static void assertCountsAreThoseOfTheProtocol(WanFigures figures) {
    assertThat(figures.counts().blocks()).isGreaterThan(10);
    assertThat(figures.messagesByProtocol()).isCloseTo(1, within(0.05));
    assertThat(figures.bytesByProtocol()).isCloseTo(1, within(0.05));
    assertThat(figures.counts().rest().certificates())
        .isLessThanOrEqualTo(0.05 * WanCounts.messagesOf(figures.validators().size()));
  }
}
