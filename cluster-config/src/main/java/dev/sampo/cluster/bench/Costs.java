package dev.sampo.cluster.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the validators and the client have used up since they began.
 *
 * @param syncs disk syncs of a validator, the mean of all
 * @param blocks final blocks, the mean of all validators
 * @param crossingsEnded packets whose ends their sources know, the mean of all validators' relays;
 *     nothing if no transfer crosses
 * @param wireBytes what the validators have sent to each other, without the overhead of TLS and TCP
 * @param diskBytes what the validators have had written to their disks; only Linux tells
 */
record Costs(
    Duration servers,
    Duration client,
    double syncs,
    double blocks,
    OptionalDouble crossingsEnded,
    double wireBytes,
    OptionalLong diskBytes) {

  /**
   * Reads all of it.
   *
   * @param crossing whether some transfers go to another ledger
   */
  static Costs read(List<Long> processes, List<String> endpoints, boolean crossing)
      throws IOException {
    var servers = Duration.ZERO;
    long written = 0;
    boolean told = true;
    for (long pid : processes) {
      var meters = ProcessMeters.of(pid);
      servers = servers.plus(meters.cpu());
      written += meters.diskBytes().orElse(0);
      told &= meters.diskBytes().isPresent();
    }
    var client = ProcessMeters.of(ProcessHandle.current().pid()).cpu();
    double syncs = 0;
    double blocks = 0;
    double crossingsEnded = 0;
    double wireBytes = 0;
    for (var endpoint : endpoints) {
      var meters = NodeMeters.of(endpoint);
      syncs += meters.sum("sampo_store_syncs_total", "");
      blocks += meters.sum("sampo_ledger_height", "");
      crossingsEnded += crossing ? meters.sum("sampo_relay_ended", "") : 0;
      wireBytes += meters.sum("sampo_peer_bytes_total", "direction=\"out\"");
    }
    return new Costs(
        servers,
        client,
        syncs / endpoints.size(),
        blocks / endpoints.size(),
        crossing ? OptionalDouble.of(crossingsEnded / endpoints.size()) : OptionalDouble.empty(),
        wireBytes,
        told ? OptionalLong.of(written) : OptionalLong.empty());
  }

  /** Whether a packet waits for its end, as any of the nodes sees it. */
  static boolean isSomethingCrossing(List<String> endpoints) throws IOException {
    for (var endpoint : endpoints) {
      if (NodeMeters.of(endpoint).sum("sampo_relay_lag_millis", "") > 0) {
        return true;
      }
    }
    return false;
  }

  Costs since(Costs before) {
    return new Costs(
        servers.minus(before.servers),
        client.minus(before.client),
        syncs - before.syncs,
        blocks - before.blocks,
        crossingsEnded.isPresent() && before.crossingsEnded.isPresent()
            ? OptionalDouble.of(crossingsEnded.getAsDouble() - before.crossingsEnded.getAsDouble())
            : OptionalDouble.empty(),
        wireBytes - before.wireBytes,
        diskBytes.isPresent() && before.diskBytes.isPresent()
            ? OptionalLong.of(diskBytes.getAsLong() - before.diskBytes.getAsLong())
            : OptionalLong.empty());
  }
}
