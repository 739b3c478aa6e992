package dev.sampo.core.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When a host counts as busy (protocol TI7). */
class HostLoadTest {

  private final HostLoad load = new HostLoad();

  @Test
  @DisplayName("TI7: a burst does not make a host busy, load that lasts does")
  void aBurstDoesNotCount() {
    assertThat(samples(3, 1.0)).isFalse();
    assertThat(samples(8, 1.0)).isTrue();
  }

  @Test
  @DisplayName("TI7: a busy host stays so until it clearly has time again")
  void staysBusyInBetween() {
    samples(20, 1.0);

    assertThat(samples(20, HostLoad.FREE_BELOW + 0.05)).isTrue();
    assertThat(samples(20, HostLoad.FREE_BELOW - 0.05)).isFalse();
    assertThat(samples(20, HostLoad.BUSY_FROM - 0.05)).isFalse();
  }

  @Test
  @DisplayName("TI7: a system that knows nothing of its load is not busy")
  void unknownLoadIsNone() {
    samples(20, 1.0);

    assertThat(samples(20, -1)).isFalse();
    assertThat(samples(20, Double.NaN)).isFalse();
  }

  @Test
  @DisplayName("TI7: leaders are told whether their ledger has the busy host for itself")
  void tellsWhoWantsTheTime() {
    assertThat(HostPressure.of(false, 1)).isEqualTo(HostPressure.NONE);
    assertThat(HostPressure.of(false, 2)).isEqualTo(HostPressure.NONE);
    assertThat(HostPressure.of(true, 1)).isEqualTo(HostPressure.LONE_LEDGER);
    assertThat(HostPressure.of(true, 2)).isEqualTo(HostPressure.SEVERAL_LEDGERS);
  }

  private boolean samples(int count, double used) {
    return IntStream.range(0, count).mapToObj(sample -> load.sample(used)).toList().getLast();
  }
}
