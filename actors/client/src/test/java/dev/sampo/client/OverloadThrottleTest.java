package dev.sampo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OverloadThrottleTest {

  /** The seed decides nothing that is asserted: what is counted is in the thousands. */
  private final Random random = new Random(1);

  private final OverloadThrottle throttle = new OverloadThrottle(0);
  private long nanos;
  private int sent;
  private int held;

  /** A client that wants to send {@code wanted} a second, of which the node takes {@code room}. */
  private void run(Duration span, int wanted, int room) {
    sent = 0;
    held = 0;
    double taken = 0;
    int count = Math.toIntExact(wanted * span.toMillis() / 1000);
    for (int i = 0; i < count; i++) {
      nanos += Duration.ofSeconds(1).toNanos() / wanted;
      if (throttle.holdsBack(nanos, random)) {
        held++;
        continue;
      }
      sent++;
      if (taken + 1 <= (double) room * (i + 1) / wanted) {
        taken++;
        throttle.taken(nanos);
      } else {
        throttle.refused(nanos);
      }
    }
  }

  @Test
  void holdsNothingBackThatIsTaken() {
    run(Duration.ofSeconds(60), 1_000, 1_000);
    assertThat(held).isZero();
    run(Duration.ofSeconds(60), 1_000, 950);
    assertThat(held).as("a twentieth is refused").isZero();
  }

  @Test
  void sendsALittleMoreThanIsTaken() {
    run(Duration.ofSeconds(20), 2_000, 1_000);
    run(Duration.ofSeconds(60), 2_000, 1_000);
    assertThat(sent / 60.0).isCloseTo(1_000 * OverloadThrottle.SENT_PER_TAKEN, within(50.0));
  }

  @Test
  void noticesThatTheNodeTakesMoreAgain() {
    run(Duration.ofSeconds(20), 2_000, 500);
    run(Duration.ofSeconds(60), 2_000, 2_000);
    run(Duration.ofSeconds(10), 2_000, 2_000);
    assertThat(held).isZero();
  }

  /** A node that takes nothing is asked now and then, by whoever submits little all the time. */
  @Test
  void neverHoldsEverythingBack() {
    run(Duration.ofSeconds(60), 1_000, 0);
    assertThat(sent / 60.0).isBetween(1.0, 20.0);
  }

  @Test
  void aFewRefusalsHoldNothingBack() {
    for (int i = 0; i < OverloadThrottle.REFUSED_FREE; i++) {
      assertThat(throttle.holdsBack(nanos, random)).isFalse();
      throttle.refused(nanos);
    }
  }

  @Test
  void forgets() {
    run(Duration.ofSeconds(20), 1_000, 0);
    nanos += OverloadThrottle.HALF_LIFE.multipliedBy(20).toNanos();
    for (int i = 0; i < OverloadThrottle.REFUSED_FREE; i++) {
      assertThat(throttle.holdsBack(nanos, random)).isFalse();
    }
  }
}
