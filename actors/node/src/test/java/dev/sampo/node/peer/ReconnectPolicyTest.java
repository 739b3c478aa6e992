package dev.sampo.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Back-off and circuit breaker of S15, in virtual time. */
class ReconnectPolicyTest {

  private static final ReconnectSettings DEFAULT = ReconnectSettings.DEFAULT;
  private static final double LONGEST = 1.0;

  private static long seconds(long count) {
    return Duration.ofSeconds(count).toNanos();
  }

  private static ReconnectPolicy failedTimes(int times) {
    var policy = ReconnectPolicy.fresh(DEFAULT, 0);
    for (int i = 0; i < times; i++) {
      policy = policy.attempted().failed(0, LONGEST);
    }
    return policy;
  }

  @Test
  void firstAttemptIsPermittedAtOnce() {
    assertThat(ReconnectPolicy.fresh(DEFAULT, 5).permits(5)).isTrue();
  }

  @Test
  void backOffDoublesFromOneSecond() {
    assertThat(failedTimes(1).delay(0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(failedTimes(2).delay(0)).isEqualTo(Duration.ofSeconds(2));
    assertThat(failedTimes(3).delay(0)).isEqualTo(Duration.ofSeconds(4));
    assertThat(failedTimes(4).delay(0)).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void backOffStopsAtItsCap() {
    var persistent =
        new ReconnectSettings(
            Duration.ofSeconds(1), Duration.ofSeconds(30), 100, Duration.ofSeconds(30));
    var policy = ReconnectPolicy.fresh(persistent, 0);
    for (int i = 0; i < 90; i++) {
      policy = policy.failed(0, LONGEST);
    }

    assertThat(policy.delay(0)).isEqualTo(Duration.ofSeconds(30));
    assertThat(policy.breaker()).isEqualTo(Breaker.CLOSED);
  }

  @Test
  void jitterTakesAtMostHalfOfTheBackOff() {
    var policy = ReconnectPolicy.fresh(DEFAULT, 0);

    assertThat(policy.failed(0, 0.0).delay(0)).isEqualTo(Duration.ofMillis(500));
    assertThat(policy.failed(0, 0.5).delay(0)).isEqualTo(Duration.ofMillis(750));
  }

  @Test
  void noAttemptBeforeTheBackOffIsOver() {
    var policy = failedTimes(3);

    assertThat(policy.permits(seconds(4) - 1)).isFalse();
    assertThat(policy.permits(seconds(4))).isTrue();
  }

  @Test
  void breakerOpensAtTheFifthFailureInARow() {
    assertThat(failedTimes(4).breaker()).isEqualTo(Breaker.CLOSED);
    assertThat(failedTimes(5).breaker()).isEqualTo(Breaker.OPEN);
    assertThat(failedTimes(5).delay(0)).isEqualTo(Duration.ofSeconds(30));
    assertThat(failedTimes(5).permits(seconds(30) - 1)).isFalse();
  }

  @Test
  void halfOpenLetsExactlyOneAttemptThrough() {
    var open = failedTimes(5);
    assertThat(open.permits(seconds(30))).isTrue();

    var halfOpen = open.attempted();

    assertThat(halfOpen.breaker()).isEqualTo(Breaker.HALF_OPEN);
    assertThat(halfOpen.permits(seconds(31))).isFalse();
  }

  @Test
  void failureInHalfOpenOpensTheBreakerAgain() {
    var again = failedTimes(5).attempted().failed(seconds(31), LONGEST);

    assertThat(again.breaker()).isEqualTo(Breaker.OPEN);
    assertThat(again.delay(seconds(31))).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void everyTimeIsRelativeEvenWhereTheClockOverflows() {
    var policy = ReconnectPolicy.fresh(DEFAULT, Long.MAX_VALUE).failed(Long.MAX_VALUE, LONGEST);

    assertThat(policy.permits(Long.MAX_VALUE)).isFalse();
    assertThat(policy.delay(Long.MAX_VALUE)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.permits(Long.MAX_VALUE + seconds(1))).isTrue();
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    var second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new ReconnectSettings(Duration.ZERO, second, 5, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReconnectSettings(second, Duration.ofMillis(1), 5, second))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
