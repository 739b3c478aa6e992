package dev.sampo.cluster.cli;

import dev.sampo.cluster.console.TextTable;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorIndex;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A genesis document for people and for programs.
 *
 * @param names of validators, by their public keys in hexadecimal; any may be missing
 */
record GenesisPicture(Genesis genesis, Map<String, String> names) {

  private static final String UNNAMED = "-";

  GenesisPicture {
    names = Map.copyOf(names);
  }

  String text() {
    var validators = genesis.validators();
    var table = new TextTable("validator", "name", "public key");
    for (var index : validators.indices()) {
      table.row(index.toString(), nameOf(validators.key(index)), validators.key(index).hex());
    }
    var parameters = genesis.parameters();
    var lanes = parameters.lanes();
    return """
    ledger             %s
    engine             %s
    application        %s, begins with %d bytes
    time               %d ms
    validators         %d, quorum %d, tolerates %d liars
    verification       %s
    inline section     at most %d bytes
    validity           at most %d ms
    live ids           at most %d
    attested           every %d blocks
    idle               an empty block after %d ms
    lanes              %s
    backlog            at most %d blocks, %d batches
    %s\
    """
        .formatted(
            genesis.ledgerId().hex(),
            genesis.engine(),
            genesis.application(),
            genesis.applicationState().length(),
            genesis.time().millis(),
            validators.size(),
            validators.quorum(),
            validators.faultsTolerated(),
            parameters.verification().label(),
            parameters.inlineBytesMax(),
            parameters.maxValidityMillis(),
            parameters.maxLiveIds(),
            parameters.attestEvery(),
            parameters.idleMillis(),
            lanes.areUsed()
                ? "batches of %d bytes, %d bytes ahead, %d in a block"
                    .formatted(lanes.batchBytesMax(), lanes.windowBytes(), lanes.advanceMax())
                : "none",
            parameters.backlog().blocksMax(),
            parameters.backlog().batchesMax(),
            table);
  }

  private String nameOf(PublicKey key) {
    return names.getOrDefault(key.hex(), UNNAMED);
  }

  Map<String, Object> json() {
    var validators = genesis.validators();
    var json = new LinkedHashMap<String, Object>();
    json.put("ledger_id", genesis.ledgerId().hex());
    json.put("engine", genesis.engine());
    json.put("application", genesis.application());
    json.put("application_state_bytes", genesis.applicationState().length());
    json.put("time_ms", genesis.time().millis());
    json.put("quorum", validators.quorum());
    json.put("faults_tolerated", validators.faultsTolerated());
    json.put("parameters", parameters());
    json.put("validators", validators.indices().stream().map(this::validator).toList());
    return json;
  }

  private Map<String, Object> validator(ValidatorIndex index) {
    var key = genesis.validators().key(index);
    var json = new LinkedHashMap<String, Object>();
    json.put("index", index.number());
    json.put("name", nameOf(key));
    json.put("public_key", key.hex());
    return json;
  }

  private Map<String, Object> parameters() {
    var parameters = genesis.parameters();
    var lanes = new LinkedHashMap<String, Object>();
    lanes.put("batch_bytes_max", parameters.lanes().batchBytesMax());
    lanes.put("window_bytes", parameters.lanes().windowBytes());
    lanes.put("advance_max", parameters.lanes().advanceMax());
    var json = new LinkedHashMap<String, Object>();
    json.put("inline_bytes_max", parameters.inlineBytesMax());
    json.put("max_validity_ms", parameters.maxValidityMillis());
    json.put("max_live_ids", parameters.maxLiveIds());
    json.put("attest_every", parameters.attestEvery());
    json.put("idle_ms", parameters.idleMillis());
    json.put("lanes", lanes);
    json.put("verification", parameters.verification().label());
    json.put("backlog_blocks_max", parameters.backlog().blocksMax());
    json.put("backlog_batches_max", parameters.backlog().batchesMax());
    return json;
  }
}
