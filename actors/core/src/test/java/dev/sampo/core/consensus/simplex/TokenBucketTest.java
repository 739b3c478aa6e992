package dev.sampo.core.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** S2: bytes per second. */
class TokenBucketTest {

  private static final long START = Duration.ofHours(1).toNanos();

  private final TokenBucket bucket = new TokenBucket(1_000, START);

  private boolean take(long bytes, long afterMicros) {
    return bucket.take(bytes, START + afterMicros * 1_000);
  }

  @Test
  @DisplayName("one second's worth is there at once, and nothing when it is used up")
  void isUsedUp() {
    assertThat(take(999, 0)).isTrue();
    assertThat(take(1, 0)).isTrue();
    assertThat(take(1, 0)).isFalse();
  }

  @Test
  @DisplayName("it fills with time, and not above one second's worth")
  void fills() {
    assertThat(take(1_000, 0)).isTrue();
    assertThat(take(500, 500_000)).isTrue();
    assertThat(take(1, 500_000)).isFalse();
    assertThat(take(1_000, 60_500_000)).isTrue();
    assertThat(take(1, 60_500_000)).isFalse();
  }

  @Test
  @DisplayName("whoever borrows pays back first")
  void paysBack() {
    assertThat(take(3_000, 0)).isTrue();
    assertThat(take(1, 2_000_000)).isFalse();
    assertThat(take(1, 2_001_000)).isTrue();
    assertThat(take(1, 2_001_000)).isFalse();
  }

  @Test
  @DisplayName("what asks often loses no fraction of a token")
  void losesNoFraction() {
    assertThat(take(1_000, 0)).isTrue();
    assertThat(take(1, 400)).isFalse();
    assertThat(take(1, 800)).isFalse();
    assertThat(take(1, 1_000)).isTrue();
  }
}
