package dev.sampo.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.cluster.console.Json;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, as it looks at the memory of the whole process. */
@Isolated
class FootprintTableTest {

  @Test
  void anActorTakesHeapAndAPlatformThreadTakesMoreBesideIt() throws Exception {
    var said = new ArrayList<String>();

    var report = new FootprintTable(new FootprintTable.Counts(20_000, 100), said::add).measure();

    assertThat(said).hasSize(3);
    assertThat(report.rows().stream().map(FootprintReport.Row::kind))
        .containsExactly("typed actor", "virtual thread, parked", "platform thread, parked");
    assertThat(report.rows().get(0).heapBytes()).isBetween(100.0, 5_000.0);
    assertThat(report.rows().get(1).heapBytes()).isBetween(100.0, 10_000.0);
    assertThat(report.rows()).allSatisfy(row -> assertThat(row.perSecond()).isPositive());
    assertThat(Json.of(report.json())).contains("\"what\":\"goroutine\"", "\"heap_bytes\":");
    assertThat(report.text()).contains("quoted: goroutine");
  }
}
