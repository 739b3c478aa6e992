package dev.sampo.cluster.simulate;

import dev.sampo.cluster.console.TextTable;
import dev.sampo.simulation.deployment.DeploymentFigures;
import dev.sampo.simulation.deployment.DeploymentFigures.Bytes;
import dev.sampo.simulation.deployment.DeploymentFigures.Carried;
import dev.sampo.simulation.deployment.DeploymentFigures.Loss;
import dev.sampo.simulation.deployment.Hardware;
import dev.sampo.simulation.deployment.Resource;
import dev.sampo.simulation.wan.Quantiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a deployment carried under each load, for people and for programs. */
record DeploymentReport(List<DeploymentFigures> runs) {

  private static final double MEGA = 1e6;
  private static final double PERCENT = 100;

  DeploymentReport {
    runs = List.copyOf(runs);
  }

  String text() {
    var plan = runs.getFirst().plan();
    var text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s: data centres x validators x ledgers, seed %d, capacity %.0f/s%n%s",
                plan.shape(),
                plan.seed(),
                plan.capacity(),
                loads()));
    runs.forEach(
        run -> run.loss().ifPresent(loss -> text.append("\n\n").append(lossText(run, loss))));
    return text.toString();
  }

  private TextTable loads() {
    var table =
        new TextTable(
            "load %",
            "offered/s",
            "committed/s",
            "p50 ms",
            "p99 ms",
            "blocks/s",
            "in each",
            "processors",
            "disk",
            "link",
            "between",
            "MB/s within",
            "between",
            "bytes each within",
            "between",
            "fullest");
    for (var run : runs) {
      var carried = run.carried();
      table.row(
          run.plan().percent() + (run.isSteady() ? "" : " (not steady)"),
          number(carried.offered()),
          number(carried.committed()),
          millis(carried, true),
          millis(carried, false),
          number(carried.blocks()),
          number(carried.transfersPerBlock()),
          use(run, Resource.PROCESSORS),
          use(run, Resource.DISK),
          use(run, Resource.LINK),
          use(run, Resource.BETWEEN_DATA_CENTRES),
          number(run.within().perSecond() / MEGA),
          number(run.between().perSecond() / MEGA),
          number(run.within().perTransfer()),
          number(run.between().perTransfer()),
          run.fullest().label());
    }
    return table;
  }

  private static String use(DeploymentFigures run, Resource resource) {
    var use = run.use().get(resource);
    return use == null ? "-" : percent(use.max()) + " / " + percent(use.median());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", share * PERCENT);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
  }

  private static String millis(Carried carried, boolean median) {
    return carried
        .millis()
        .map((Quantiles each) -> number(median ? each.p50() : each.p99()))
        .orElse("-");
  }

  private static String lossText(DeploymentFigures run, Loss loss) {
    var table = new TextTable("survivors", "offered/s", "committed/s", "p50 ms", "p99 ms");
    row(table, "before", loss.before());
    row(table, "until its leaders are passed over", loss.meanwhile());
    row(table, "after", loss.after());
    return "Data centre %d lost at a load of %d %%: %d ledgers had a quorum left, %d went on%n%s"
        .formatted(loss.dataCentre(), run.plan().percent(), loss.survivors(), loss.wentOn(), table);
  }

  private static void row(TextTable table, String name, Carried carried) {
    table.row(
        name,
        number(carried.offered()),
        number(carried.committed()),
        millis(carried, true),
        millis(carried, false));
  }

  Map<String, Object> json() {
    var plan = runs.getFirst().plan();
    var json = new LinkedHashMap<String, Object>();
    json.put("deployment", plan.shape().toString());
    json.put("seed", plan.seed());
    json.put("sound", runs.stream().allMatch(DeploymentFigures::isSound));
    json.put("capacity_per_second", rounded(plan.capacity()));
    json.put("hardware", hardware(plan.hardware()));
    json.put("cpu_us_per_transfer", plan.costs().transfer() / 1e3);
    json.put("cpu_us_per_block", plan.costs().block() / 1e3);
    json.put("cpu_us_per_message", plan.costs().message() / 1e3);
    json.put("measured_seconds", plan.measured().toMillis() / 1e3);
    json.put("runs", runs.stream().map(DeploymentReport::run).toList());
    return json;
  }

  private static Map<String, Object> hardware(Hardware hardware) {
    var json = new LinkedHashMap<String, Object>();
    json.put("cores", hardware.cores());
    json.put("sync_ms", hardware.sync().toNanos() / MEGA);
    json.put("link_mbit", hardware.linkBits() / MEGA);
    json.put("between_mbit", hardware.betweenBits() / MEGA);
    json.put("within_ms", hardware.within().toNanos() / MEGA);
    json.put("nearest_ms", hardware.nearest().toNanos() / MEGA);
    json.put("farthest_ms", hardware.farthest().toNanos() / MEGA);
    return json;
  }

  private static Map<String, Object> run(DeploymentFigures run) {
    var json = new LinkedHashMap<String, Object>();
    json.put("load_percent", run.plan().percent());
    json.putAll(carried(run.carried()));
    json.put("steady", run.isSteady());
    json.put("keeps_up", run.carried().isAll());
    json.put("fullest", run.fullest().label());
    run.use()
        .forEach(
            (resource, use) -> {
              var name = resource.label().replace('-', '_');
              json.put(name + "_max", rounded(use.max()));
              json.put(name + "_median", rounded(use.median()));
            });
    json.put("within_data_centres", bytes(run.within()));
    json.put("between_data_centres", bytes(run.between()));
    json.put("leads_at_a_time_mean", rounded(run.leaders().mean()));
    json.put("leads_at_a_time_max", rounded(run.leaders().max()));
    json.put("leads_at_a_time_max_by_chance", rounded(run.leaders().chance()));
    run.loss().ifPresent(loss -> json.put("loss", loss(loss)));
    var violations = new ArrayList<String>();
    run.violations().forEach(each -> violations.add(each.toString()));
    json.put("violations", violations);
    json.put("event_hash", Long.toHexString(run.eventHash()));
    return json;
  }

  private static Map<String, Object> carried(Carried carried) {
    var json = new LinkedHashMap<String, Object>();
    json.put("offered_per_second", rounded(carried.offered()));
    json.put("committed_per_second", rounded(carried.committed()));
    json.put("refused_per_second", rounded(carried.refused()));
    json.put("blocks_per_second", rounded(carried.blocks()));
    json.put("transfers_per_block", rounded(carried.transfersPerBlock()));
    carried
        .millis()
        .ifPresent(
            each -> {
              json.put("p50_ms", rounded(each.p50()));
              json.put("p99_ms", rounded(each.p99()));
            });
    return json;
  }

  private static Map<String, Object> bytes(Bytes bytes) {
    var json = new LinkedHashMap<String, Object>();
    json.put("bytes_per_second", Math.round(bytes.perSecond()));
    json.put("bytes_per_transfer", Math.round(bytes.perTransfer()));
    json.put("sent", bytes.sent());
    json.put("received", bytes.received());
    json.put("under_way", bytes.underWay());
    return json;
  }

  private static Map<String, Object> loss(Loss loss) {
    var json = new LinkedHashMap<String, Object>();
    json.put("data_centre", loss.dataCentre());
    json.put("ledgers_with_a_quorum", loss.survivors());
    json.put("ledgers_that_went_on", loss.wentOn());
    json.put("before", carried(loss.before()));
    json.put("meanwhile", carried(loss.meanwhile()));
    json.put("after", carried(loss.after()));
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
