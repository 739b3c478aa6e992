package dev.sampo.simulation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever comes first is served first, and the time that places are busy is that of their work. */
final class ServerTest {

  @Test
  void whatComesWhileAllPlacesAreTakenWaitsForTheFirstThatIsFree() {
    var server = new Server(2);

    assertThat(server.take(0, 100)).isEqualTo(100);
    assertThat(server.take(10, 50)).isEqualTo(50);
    assertThat(server.take(20, 30)).isEqualTo(70);
    assertThat(server.take(200, 5)).isEqualTo(5);
  }

  @Test
  void whatIsStillToBeDoneIsNotBusyYet() {
    var server = new Server(1);
    server.take(0, 100);
    server.take(0, 100);

    assertThat(server.busy(0)).isZero();
    assertThat(server.busy(150)).isEqualTo(150);
    assertThat(server.busy(500)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void utilisationTimesCapacityIsWhatPassed(int places) {
    var server = new Server(places);
    var random = new SplittableRandom(7);
    long now = 0;
    long work = 0;
    long end = 0;
    for (int i = 0; i < 10_000; i++) {
      now += random.nextLong(100);
      long each = random.nextLong(80L * places);
      work += each;
      end = Math.max(end, now + server.take(now, each));
    }

    double utilisation = (double) server.busy(end) / (end * places);

    assertThat(Math.round(utilisation * end * places)).isEqualTo(work);
    assertThat(utilisation).isBetween(0.5, 1.0);
  }
}
