package dev.sampo.cluster.demo;

import dev.sampo.core.genesis.LedgerName;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of one ledger of a demo.
 *
 * @param committed transfers
 * @param conserved whether its accounts hold together what they started with
 * @param clusterMembersUp as its first validator sees the cluster
 */
record LedgerOutcome(
    LedgerName name, long committed, Agreement agreement, boolean conserved, int clusterMembersUp) {

  boolean isGood() {
    return agreement.stateRootsEqual() && conserved;
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", name.text());
    json.put("committed", committed);
    json.put("height", agreement.height());
    json.put("conserved", conserved);
    json.put("state_roots_equal", agreement.stateRootsEqual());
    return json;
  }
}
