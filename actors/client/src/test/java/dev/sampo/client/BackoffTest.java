package dev.sampo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void doublesUpToItsCapWithJitter() {
    var backoff = new Backoff(9, Duration.ofMillis(100), Duration.ofSeconds(2));
    var random = new Random(1);
    for (int failures = 1; failures < 70; failures++) {
      long longest = Math.min(100L << Math.min(failures - 1, 20), 2_000);
      assertThat(backoff.delayAfter(failures, random).toMillis()).isBetween(longest / 2, longest);
    }
  }

  @Test
  void needsAnAttempt() {
    assertThatThrownBy(() -> new Backoff(0, Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
