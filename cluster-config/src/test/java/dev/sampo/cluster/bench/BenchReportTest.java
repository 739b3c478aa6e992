package dev.sampo.cluster.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.sampo.cluster.demo.TransferLoad.Latencies;
import dev.sampo.cluster.demo.TransferLoad.Tally;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BenchReportTest {

  private static final BenchReport.Setting SETTING =
      new BenchReport.Setting(4, "simplex", 1, "BouncyCastle", "serial", 2);

  @Test
  void theMiddleOfTheWindowsIsTold() {
    var json =
        report(
                window(100, OptionalInt.of(10)),
                window(400, OptionalInt.of(10)),
                window(200, OptionalInt.of(10)))
            .json();

    assertThat(json)
        .containsEntry("validators", 4)
        .containsEntry("engine", "simplex")
        .containsEntry("verifier", "BouncyCastle")
        .containsEntry("loop", "closed")
        .containsEntry("in_flight", 10)
        .containsEntry("cross_percent", 0)
        .containsEntry("transfers_per_second", 100.0)
        .containsEntry("cpu_us_per_transfer_servers", 5000.0)
        .containsEntry("cpu_us_per_transfer_client", 500.0)
        .containsEntry("syncs_per_block", 3.0)
        .containsEntry("transfers_per_block", 20.0)
        .containsEntry("wire_bytes_per_transfer", 10.0)
        .containsEntry("disk_bytes_per_transfer", 50.0)
        .containsEntry("committed", 700L)
        .containsEntry("rejected", 3L)
        .containsKeys("p50_ms", "p99_ms", "p999_ms");
    assertThat((List<?>) json.get("windows")).hasSize(3);
  }

  @Test
  void aWindowInWhichNothingCommittedIsNoSuccess() {
    var report = report(window(100, OptionalInt.of(10)), window(0, OptionalInt.of(10)));

    assertThat(report.isGood()).isFalse();
    assertThat(report.json()).containsEntry("transfers_per_second", 25.0);
    assertThat(report.text()).contains("transfers_per_second");
  }

  @Test
  @DisplayName("crossings have ended when their sources know it, not when they were sent")
  void tellsHowManyCrossingsEnded() {
    var costs =
        new Costs(
            Duration.ofSeconds(1),
            Duration.ZERO,
            30,
            10,
            OptionalDouble.of(180),
            2_000,
            OptionalLong.empty());
    var tally = new Tally(200, 200, 0, 0);
    var window =
        new BenchWindow(
            100, Duration.ofSeconds(2), tally, same(new Histogram(3)), costs, OptionalInt.empty());

    assertThat(window.figures()).containsEntry("crossings_ended_per_second", 90.0);
    assertThat(window(100, OptionalInt.empty()).figures())
        .doesNotContainKey("crossings_ended_per_second");
  }

  @Test
  @DisplayName("where more is offered than fits, the wait to be sent is told apart")
  void anOpenLoopTellsHowLongItTookSinceItWasSent() {
    var planned = new Histogram(3);
    planned.recordValueWithCount(20_000_000, 100);
    var sent = new Histogram(3);
    sent.recordValueWithCount(1_000_000, 100);
    var costs = window(100, OptionalInt.empty()).costs();
    var window =
        new BenchWindow(
            0,
            Duration.ofSeconds(2),
            new Tally(100, 100, 0, 0),
            new Latencies(planned, sent),
            costs,
            OptionalInt.empty());

    assertThat(window.figures().get("p99_ms")).isCloseTo(20_000, within(20.0));
    assertThat(window.figures().get("since_sent_p50_ms")).isCloseTo(1_000, within(1.0));
    assertThat(window.figures().get("since_sent_p99_ms")).isCloseTo(1_000, within(1.0));
    assertThat(window(100, OptionalInt.of(10)).figures()).doesNotContainKey("since_sent_p99_ms");
  }

  /** One answer in a hundred takes a second, and blocks the only place of the loop meanwhile. */
  @Test
  void aClosedLoopCountsThoseThatALateAnswerKeptFromBeingAsked() {
    var latencies = new Histogram(3);
    for (int i = 0; i < 99; i++) {
      latencies.recordValue(10_000);
    }
    latencies.recordValue(1_000_000);

    var closed = window(100, latencies, OptionalInt.of(1)).figures();
    var open = window(100, latencies, OptionalInt.empty()).figures();

    assertThat(open.get("p99_ms")).isCloseTo(10, within(0.1));
    assertThat(closed.get("p99_ms")).isGreaterThan(900);
  }

  @Test
  @DisplayName("a share that crosses is compared with the window of the first share before it")
  void comparesShares() {
    var report =
        report(
            List.of(0, 100),
            turn(0, 1),
            turn(100, 3),
            turn(0, 2),
            turn(100, 4),
            turn(0, 4),
            turn(100, 10));

    var json = report.json();

    assertThat(json).doesNotContainKeys("cross_percent", "cpu_us_per_transfer_servers");
    assertThat((List<?>) json.get("windows")).hasSize(6);
    assertThat(json.get("shares"))
        .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
        .extracting(
            share ->
                tuple(
                    share.get("cross_percent"),
                    share.get("cpu_ratio"),
                    share.get("cpu_us_per_transfer_servers")))
        .containsExactly(tuple(0, 1.0, 20_000.0), tuple(100, 2.5, 40_000.0));
    assertThat(report.text()).contains("100% cpu_ratio").contains("0% transfers_per_second");
  }

  private static Latencies same(Histogram latencies) {
    return new Latencies(latencies, latencies);
  }

  private static BenchWindow turn(int crossPercent, int cpuSeconds) {
    var latencies = new Histogram(3);
    latencies.recordValueWithCount(10_000, 100);
    var cpu = Duration.ofSeconds(cpuSeconds);
    return window(crossPercent, cpu, 100, latencies, OptionalInt.of(10));
  }

  private static BenchReport report(BenchWindow... windows) {
    return report(List.of(0), windows);
  }

  private static BenchReport report(List<Integer> shares, BenchWindow... windows) {
    var plan =
        new BenchPlan(
            new BenchPlan.Load(OptionalInt.empty(), 10, shares),
            Duration.ofSeconds(60),
            windows.length,
            Duration.ofSeconds(2));
    return new BenchReport(
        plan, SETTING, Arrays.asList(windows), Map.of("gc_pause_p99_ms", 7.0), 400);
  }

  private static BenchWindow window(long committed, OptionalInt closedLoop) {
    var latencies = new Histogram(3);
    latencies.recordValueWithCount(10_000, committed);
    return window(committed, latencies, closedLoop);
  }

  /** Two seconds, ten blocks. */
  private static BenchWindow window(long committed, Histogram latencies, OptionalInt closedLoop) {
    return window(0, Duration.ofSeconds(1), committed, latencies, closedLoop);
  }

  private static BenchWindow window(
      int crossPercent, Duration cpu, long committed, Histogram latencies, OptionalInt closedLoop) {
    return new BenchWindow(
        crossPercent,
        Duration.ofSeconds(2),
        new Tally(committed + 1, committed, 1, 0),
        same(latencies),
        new Costs(
            cpu,
            Duration.ofMillis(100),
            30,
            10,
            OptionalDouble.empty(),
            2_000,
            OptionalLong.of(10_000)),
        closedLoop);
  }
}
