package dev.sampo.cluster.cli;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.SampoClient;
import dev.sampo.client.SampoException;
import dev.sampo.client.TrustAnchor;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.placement.ReplicaMove;
import dev.sampo.core.types.LedgerId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which nodes host a ledger, one for each validator whose nodes were asked; in order of names. */
record LedgerHosts(List<ReplicaMove.Host> hosts) {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

  LedgerHosts {
    hosts = List.copyOf(hosts);
  }

  /** As the nodes there say; one that does not answer is told of and left out. */
  static LedgerHosts ask(LedgerId ledger, List<String> endpoints, Console console) {
    var hosts = new TreeMap<String, ReplicaMove.Host>();
    for (var endpoint : endpoints) {
      var settings = ClientSettings.of(new TrustAnchor.Pinned(ledger), endpoint);
      try (var client = SampoClient.connect(settings.withCallTimeout(ANSWER_MAX))) {
        ReplicaMove.host(client.placement(), ledger)
            .ifPresent(
                host -> hosts.merge(host.node(), host, (one, other) -> one.inSync() ? one : other));
      } catch (SampoException unanswered) {
        console.say(endpoint + ": " + unanswered.error().code());
      }
    }
    return new LedgerHosts(List.copyOf(hosts.values()));
  }

  String text() {
    return "hosts              "
        + hosts.stream()
            .map(host -> host.node() + (host.inSync() ? "" : " (not in sync)"))
            .collect(Collectors.joining(", "));
  }

  List<Map<String, Object>> json() {
    return hosts.stream().map(LedgerHosts::json).toList();
  }

  private static Map<String, Object> json(ReplicaMove.Host host) {
    var json = new LinkedHashMap<String, Object>();
    json.put("node", host.node());
    json.put("writer_epoch", host.writerEpoch());
    json.put("in_sync", host.inSync());
    return json;
  }
}
