package dev.sampo.cluster.demo;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one answer of {@code demo --transfers}; its JSON form is a contract. */
record LoadReport(
    Start start,
    TransferLoad.Result load,
    Crossed crossed,
    List<LedgerOutcome> ledgers,
    long residentMebibytesMax) {

  /**
   * How it began.
   *
   * @param ready how long it took until the validators could be used
   */
  record Start(DemoChoice.Sites sites, Duration ready) {}

  /**
   * What became of the committed transfers to another ledger.
   *
   * @param committed those that arrived there
   * @param refunded those whose amount came back
   */
  record Crossed(long committed, long refunded) {}

  LoadReport {
    ledgers = List.copyOf(ledgers);
  }

  /** Every transfer was committed, and all validators hold the same state of each ledger. */
  boolean isGood() {
    return load.total().committed() == load.total().submitted()
        && ledgers.stream().allMatch(LedgerOutcome::isGood);
  }

  private boolean stateRootsEqual() {
    return ledgers.stream().allMatch(each -> each.agreement().stateRootsEqual());
  }

  /** Of the highest of the ledgers. */
  private long height() {
    return ledgers.stream().mapToLong(each -> each.agreement().height()).max().orElse(0);
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("validators", start.sites().validators());
    json.put("gateways", start.sites().gateways());
    json.put(
        "cluster_members_up",
        ledgers.stream().mapToInt(LedgerOutcome::clusterMembersUp).min().orElse(0));
    json.put("data_centres", start.sites().dataCentres());
    json.put("organisations", start.sites().organisations());
    json.put("submitted", load.total().submitted());
    json.put("committed", load.total().committed());
    json.put("cross_committed", crossed.committed());
    json.put("refunded", crossed.refunded());
    json.put("rejected", load.total().rejected());
    json.put("undecided", load.total().undecided());
    json.put("height", height());
    json.put("conserved", ledgers.stream().allMatch(LedgerOutcome::conserved));
    json.put("state_roots_equal", stateRootsEqual());
    json.put("ready_seconds", rounded(start.ready().toMillis() / 1000.0));
    json.put("p50_ms", rounded(load.millisAt(50)));
    json.put("p99_ms", rounded(load.millisAt(99)));
    json.put("transfers_per_second", rounded(load.perSecond()));
    json.put("rss_mb_max", residentMebibytesMax);
    json.put("ledgers", ledgers.stream().map(LedgerOutcome::json).toList());
    return json;
  }

  String text() {
    return """
    %d of %d transfers committed, %d rejected, %d undecided
    %d of them arrived on another ledger, %d were refunded
    %.1f transfers per second, p50 %.1f ms, p99 %.1f ms
    %d ledgers on %d validators, the highest at height %d, state roots %s
    ready after %.1f s, at most %d MiB of memory for a validator\
    """
        .formatted(
            load.total().committed(),
            load.total().submitted(),
            load.total().rejected(),
            load.total().undecided(),
            crossed.committed(),
            crossed.refunded(),
            load.perSecond(),
            load.millisAt(50),
            load.millisAt(99),
            ledgers.size(),
            start.sites().validators(),
            height(),
            stateRootsEqual() ? "equal" : "DIFFERENT",
            start.ready().toMillis() / 1000.0,
            residentMebibytesMax);
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
