package dev.sampo.cluster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorPausesTest {

  @TempDir Path folder;

  @Test
  void everyCollectorsPausesAreFoundAndNothingElse() {
    var lines =
        List.of(
            "[0.009s] Using Serial",
            "[1.204s] GC(0) Pause Young (Allocation Failure) 51M->6M(145M) 4.250ms",
            "[2.010s] GC(3) Pause Full (Metadata GC Threshold) 20M->11M(145M) 21.500ms",
            "[2.011s] GC(4) Pause Young (Normal) (G1 Evacuation Pause) 60M->20M(152M) 2.125ms",
            "[2.012s] GC(5)   Pre Evacuate Collection Set: 0.100ms",
            "[2.013s] GC(6) Concurrent Mark Cycle 12.000ms",
            "[2.014s] GC(7) Y: Pause Mark Start 0.012ms",
            "[2.014s] GC(7) y: Pause Mark End 0.020ms",
            "[2.015s] GC(7) Y: Concurrent Mark 8.000ms");

    assertThat(CollectorPauses.pausesMicros(lines))
        .containsExactly(4250.0, 21500.0, 2125.0, 12.0, 20.0);
  }

  @Test
  void whatWasLoggedBeforeDoesNotCount() throws IOException {
    var log = folder.resolve("gc.log");
    Files.writeString(log, "[1.0s] GC(0) Pause Young (Allocation Failure) 5M->1M(9M) 900.000ms\n");
    var pauses = CollectorPauses.since(List.of(log));
    Files.writeString(
        log,
        "[2.0s] GC(1) Pause Young (Allocation Failure) 5M->1M(9M) 3.000ms\n",
        StandardOpenOption.APPEND);

    assertThat(pauses.figures().get("gc_pause_max_ms")).isBetween(2.9, 3.1);
    assertThat(CollectorPauses.since(List.of()).figures()).isEmpty();
  }
}
