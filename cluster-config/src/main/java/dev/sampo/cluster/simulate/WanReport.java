package dev.sampo.cluster.simulate;

import dev.sampo.cluster.console.TextTable;
import dev.sampo.simulation.wan.Latencies;
import dev.sampo.simulation.wan.Quantiles;
import dev.sampo.simulation.wan.WanCounts;
import dev.sampo.simulation.wan.WanFigures;
import dev.sampo.simulation.wan.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the runs of a wide area network showed, for people and for programs. */
record WanReport(List<WanFigures> runs) {

  WanReport {
    runs = List.copyOf(runs);
  }

  String text() {
    return "Finality in one-way delays of %d ms, p50 / p99\n%s\n\nMessages and bytes of a block\n%s"
        .formatted(runs.getFirst().plan().delay().toMillis(), latencies(), counts());
  }

  private TextTable latencies() {
    var table =
        new TextTable(
            "n",
            "load",
            "way",
            "count",
            "from submission",
            "waiting",
            "without it",
            "from proposal");
    for (var run : runs) {
      run.latencies()
          .forEach(
              (way, each) ->
                  table.row(
                      String.valueOf(run.plan().validators()),
                      run.plan().load().label(),
                      way.label(),
                      String.valueOf(each.count()),
                      text(each.total()),
                      text(each.waiting()),
                      text(each.travelling()),
                      text(each.fromProposal())));
    }
    return table;
  }

  private static String text(Quantiles quantiles) {
    return String.format(Locale.ROOT, "%.2f / %.2f", quantiles.p50(), quantiles.p99());
  }

  private TextTable counts() {
    var table =
        new TextTable(
            "n",
            "load",
            "blocks",
            "messages",
            "of 2.19",
            "bytes",
            "of 2.19",
            "state certificates",
            "certificates",
            "attestations",
            "lane messages",
            "proofs",
            "all bytes");
    for (var run : runs) {
      var counts = run.counts();
      table.row(
          String.valueOf(run.plan().validators()),
          run.plan().load().label(),
          String.valueOf(counts.blocks()),
          number(counts.consensus().messages()),
          percent(run.messagesByProtocol()),
          number(counts.consensus().bytes()),
          percent(run.bytesByProtocol()),
          number(counts.consensus().stateBytes()),
          number(counts.rest().certificates()),
          number(counts.rest().attestations()),
          number(counts.lanes().messagesPerBatch()),
          number(counts.lanes().proofsPerBatch()),
          number(counts.rest().bytes()));
    }
    return table;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", share * 100);
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("delay_ms", runs.getFirst().plan().delay().toMillis());
    json.put("sound", runs.stream().allMatch(WanFigures::isSound));
    json.put("runs", runs.stream().map(WanReport::run).toList());
    return json;
  }

  private static Map<String, Object> run(WanFigures run) {
    var json = new LinkedHashMap<String, Object>();
    json.put("validators", run.plan().validators());
    json.put("load", run.plan().load().label());
    json.put("violations", run.violations().stream().map(Object::toString).toList());
    json.put("transactions_open", run.open());
    var ways = new ArrayList<Object>();
    run.latencies().forEach((way, each) -> ways.add(latencies(way, each)));
    json.put("ways", ways);
    json.putAll(counts(run));
    return json;
  }

  private static Map<String, Object> latencies(Way way, Latencies of) {
    var json = new LinkedHashMap<String, Object>();
    json.put("way", way.label());
    json.put("transactions", of.count());
    put(json, "submission_to_final_delays", of.total());
    put(json, "waiting_for_proposal_delays", of.waiting());
    put(json, "without_waiting_delays", of.travelling());
    put(json, "proposal_to_final_delays", of.fromProposal());
    return json;
  }

  private static void put(Map<String, Object> json, String name, Quantiles quantiles) {
    json.put(name + "_p50", rounded(quantiles.p50()));
    json.put(name + "_p99", rounded(quantiles.p99()));
  }

  private static Map<String, Object> counts(WanFigures run) {
    var counts = run.counts();
    var json = new LinkedHashMap<String, Object>();
    json.put("blocks", counts.blocks());
    json.put("consensus_messages_per_block", rounded(counts.consensus().messages()));
    json.put("consensus_messages_expected", WanCounts.messagesOf(run.validators().size()));
    json.put("consensus_bytes_per_block", rounded(counts.consensus().bytes()));
    json.put("consensus_bytes_expected", WanCounts.bytesOf(run.validators()));
    json.put("state_certificate_bytes_per_block", rounded(counts.consensus().stateBytes()));
    json.put("certificate_messages_per_block", rounded(counts.rest().certificates()));
    json.put("attestations_per_block", rounded(counts.rest().attestations()));
    json.put("bytes_per_block", rounded(counts.rest().bytes()));
    json.put("batches", counts.lanes().batches());
    json.put("batches_and_acks_per_batch", rounded(counts.lanes().messagesPerBatch()));
    json.put("proofs_per_batch", rounded(counts.lanes().proofsPerBatch()));
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
