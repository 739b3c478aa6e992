package dev.sampo.cluster.bench;

import dev.sampo.cluster.demo.TransferLoad.Latencies;
import dev.sampo.cluster.demo.TransferLoad.Tally;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.HdrHistogram.Histogram;

/**
 * What one window gave.
 *
 * @param crossPercent how many of its transfers went to another ledger
 * @param closedLoop transfers in flight in a closed loop; nothing in an open one, whose latencies
 *     count from the time that was planned for each transfer: where more is offered than fits, only
 *     those since it was sent say how the ledger treats what it takes
 */
record BenchWindow(
    int crossPercent,
    Duration elapsed,
    Tally tally,
    Latencies latencies,
    Costs costs,
    OptionalInt closedLoop) {

  /** What a transfer cost all validators together, in microseconds. */
  static final String SERVERS = "cpu_us_per_transfer_servers";

  /** The figures by their names in the answer, in its order; what nobody knows is left out. */
  Map<String, Double> figures() {
    var figures = new LinkedHashMap<String, Double>();
    double committed = tally.committed();
    var latency = corrected();
    figures.put("transfers_per_second", committed * 1e9 / elapsed.toNanos());
    costs
        .crossingsEnded()
        .ifPresent(
            ended -> figures.put("crossings_ended_per_second", ended * 1e9 / elapsed.toNanos()));
    figures.put("p50_ms", latency.getValueAtPercentile(50) / 1e3);
    figures.put("p99_ms", latency.getValueAtPercentile(99) / 1e3);
    figures.put("p999_ms", latency.getValueAtPercentile(99.9) / 1e3);
    if (closedLoop.isEmpty()) {
      figures.put("since_sent_p50_ms", latencies.sinceSent().getValueAtPercentile(50) / 1e3);
      figures.put("since_sent_p99_ms", latencies.sinceSent().getValueAtPercentile(99) / 1e3);
    }
    figures.put(SERVERS, costs.servers().toNanos() / 1e3 / committed);
    figures.put("cpu_us_per_transfer_client", costs.client().toNanos() / 1e3 / committed);
    figures.put("syncs_per_block", costs.syncs() / costs.blocks());
    figures.put("transfers_per_block", committed / costs.blocks());
    figures.put("wire_bytes_per_transfer", costs.wireBytes() / committed);
    costs.diskBytes().ifPresent(bytes -> figures.put("disk_bytes_per_transfer", bytes / committed));
    figures.values().removeIf(value -> !Double.isFinite(value));
    return figures;
  }

  /**
   * In a closed loop a late answer keeps those from being asked that would have come late as well:
   * they are added, as HdrHistogram does it, at the interval at which each place was free again.
   */
  private Histogram corrected() {
    if (closedLoop.isEmpty() || tally.committed() == 0) {
      return latencies.counted();
    }
    long interval = elapsed.toNanos() / 1000 * closedLoop.getAsInt() / tally.committed();
    return latencies.counted().copyCorrectedForCoordinatedOmission(Math.max(1, interval));
  }
}
