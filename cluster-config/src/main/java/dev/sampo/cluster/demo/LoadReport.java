package dev.sampo.cluster.demo;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The one answer of {@code demo --transfers}; its JSON form is a contract. */
record LoadReport(
    int clusterMembersUp,
    Duration ready,
    TransferLoad.Result load,
    Agreement agreement,
    long residentMebibytesMax) {

  private static final int DATA_CENTRES = 2;

  /** Every transfer was committed, and all validators hold the same state. */
  boolean isGood() {
    return load.total().committed() == load.total().submitted() && agreement.stateRootsEqual();
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("validators", DemoLayout.VALIDATORS);
    json.put("cluster_members_up", clusterMembersUp);
    json.put("data_centres", DATA_CENTRES);
    json.put("submitted", load.total().submitted());
    json.put("committed", load.total().committed());
    json.put("rejected", load.total().rejected());
    json.put("undecided", load.total().undecided());
    json.put("height", agreement.height());
    json.put("state_roots_equal", agreement.stateRootsEqual());
    json.put("ready_seconds", rounded(ready.toMillis() / 1000.0));
    json.put("p50_ms", rounded(load.millisAt(50)));
    json.put("p99_ms", rounded(load.millisAt(99)));
    json.put("transfers_per_second", rounded(load.perSecond()));
    json.put("rss_mb_max", residentMebibytesMax);
    return json;
  }

  String text() {
    return """
    %d of %d transfers committed, %d rejected, %d undecided
    %.1f transfers per second, p50 %.1f ms, p99 %.1f ms
    %d validators at height %d, state roots %s
    ready after %.1f s, at most %d MiB of memory for a validator\
    """
        .formatted(
            load.total().committed(),
            load.total().submitted(),
            load.total().rejected(),
            load.total().undecided(),
            load.perSecond(),
            load.millisAt(50),
            load.millisAt(99),
            DemoLayout.VALIDATORS,
            agreement.height(),
            agreement.stateRootsEqual() ? "equal" : "DIFFERENT",
            ready.toMillis() / 1000.0,
            residentMebibytesMax);
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
