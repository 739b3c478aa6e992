package dev.sampo.benchmarks.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.cluster.console.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxTableTest {

  private static final int MESSAGES = 20;

  @Test
  void measuresEveryKindOfThreadsAloneAndBesideABusyPair() {
    var said = new ArrayList<String>();
    var plan = new MailboxPlan(MESSAGES, 5, Duration.ofNanos(100));

    var report = new MailboxTable(plan, said::add).measure();

    assertThat(said).hasSize(10);
    assertThat(report.rows().stream().map(row -> row.threads() + " " + row.busy()))
        .containsExactly(
            "default false",
            "default true",
            "fork-join false",
            "fork-join true",
            "affinity-pool false",
            "affinity-pool true",
            "pinned false",
            "pinned true",
            "pinned, busy spin false",
            "pinned, busy spin true");
    assertThat(report.rows())
        .allSatisfy(
            row -> {
              assertThat(row.latencies().oneWay().getTotalCount()).isEqualTo(MESSAGES);
              assertThat(row.latencies().roundTrip().getMinValue())
                  .isGreaterThanOrEqualTo(row.latencies().oneWay().getMinValue());
            });
    assertThat(Json.of(report.json())).contains("\"dispatcher\":\"affinity-pool\"", "\"us\":85");
    assertThat(report.text().lines()).hasSize(2 + 10 + List.of(85, 12, 6).size());
  }
}
