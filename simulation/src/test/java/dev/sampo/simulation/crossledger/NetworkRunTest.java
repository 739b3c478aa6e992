package dev.sampo.simulation.crossledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.simulation.run.RunResult;
import dev.sampo.simulation.world.SimulationSettings;
import java.time.Duration;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("4.1: packets between ledgers of which each has its own faults")
final class NetworkRunTest {

  private static RunResult run(long seed, int ledgers) {
    return NetworkRun.run(
        NetworkSettings.of(SimulationSettings.of(seed), ledgers)
            .lasting(9, Duration.ofSeconds(20)));
  }

  @Test
  void repeatsItselfInAllWorldsEventByEvent() {
    for (long seed = 1; seed <= 2; seed++) {
      var first = run(seed, 3);

      var second = run(seed, 3);

      assertThat(second.eventHash()).as("seed %d", seed).isEqualTo(first.eventHash());
      assertThat(second.events()).isEqualTo(first.events());
      assertThat(second.sometimes()).isEqualTo(first.sometimes());
    }
    assertThat(run(1, 3).eventHash()).isNotEqualTo(run(2, 3).eventHash());
  }

  @Test
  @Tag("fault-19")
  @DisplayName("T1 to T9, M1 to M5: exactly once, conserved, and with an end, whatever relayers do")
  void isSafeAndEverythingThatWasSentComesToItsEnd() {
    var occasions = new TreeMap<String, Long>();
    for (long seed = 1; seed <= 24; seed++) {
      var result = run(seed, seed % 12 == 0 ? 5 : 2 + (int) (seed % 2));

      assertThat(result.violations()).as("seed %d", seed).isEmpty();
      result.sometimes().forEach((name, count) -> occasions.merge(name, count, Long::sum));
    }

    // Runs in which none of this happens would show nothing.
    for (var occasion :
        new String[] {
          "account arrived",
          "account moved on",
          "account sent back",
          "refused: MOVED",
          "packet received",
          "packet received again",
          "packet refused on arrival",
          "packet timed out",
          "packet settled again",
          "refused: RATE_LIMITED",
          "client frozen",
          "refused: CLIENT_FROZEN",
          "refused: NOT_PROVEN",
          "refused: PACKET_TIMED_OUT",
          "refused: TIMEOUT_NOT_REACHED"
        }) {
      assertThat(occasions.get(occasion)).as(occasion).isPositive();
    }
    assertThat(occasions.get("packet sent")).isGreaterThan(24L * 8);
  }

  @Test
  void eightLedgersAreNoOtherThanTwo() {
    var result = run(3, 8);

    assertThat(result.violations()).isEmpty();
    assertThat(result.sometimes().get("packet received")).isPositive();
  }
}
