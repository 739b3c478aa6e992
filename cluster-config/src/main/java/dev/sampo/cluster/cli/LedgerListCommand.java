package dev.sampo.cluster.cli;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.SampoClient;
import dev.sampo.client.SampoException;
import dev.sampo.client.TrustAnchor;
import dev.sampo.client.v1.ListedLedger;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.console.TextTable;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    description =
        "Lists the ledgers that nodes say they host; exit code 10 if one is not ready somewhere.")
final class LedgerListCommand implements Callable<Integer> {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

  /** What a node hosts is asked about no ledger. */
  private static final TrustAnchor NO_LEDGER =
      new TrustAnchor.Pinned(new LedgerId(Bytes.owning(new byte[LedgerId.LENGTH])));

  @Mixin private final ClientOptions options = new ClientOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  /** A ledger, and the nodes that say they host it. */
  private record Hosted(ListedLedger ledger, List<String> nodes, List<String> readyNodes) {

    Hosted(ListedLedger ledger) {
      this(ledger, new ArrayList<>(), new ArrayList<>());
    }

    void add(String node, ListedLedger said) {
      nodes.add(node);
      if (said.getNotReadyReasonsCount() == 0) {
        readyNodes.add(node);
      }
    }
  }

  @Override
  public Integer call() {
    var found = new TreeMap<String, Hosted>();
    var silent = new ArrayList<String>();
    for (var node : options.endpoints()) {
      try (var client =
          SampoClient.connect(ClientSettings.of(NO_LEDGER, node).withCallTimeout(ANSWER_MAX))) {
        for (var ledger : client.ledgers()) {
          var key = ledger.getName() + " " + BlockCommand.hex(ledger.getLedgerId());
          found.computeIfAbsent(key, _ -> new Hosted(ledger)).add(node, ledger);
        }
      } catch (SampoException unanswered) {
        output.console().say(node + ": " + unanswered.error().code());
        silent.add(node);
      }
    }
    var all = List.copyOf(found.values());
    output.console().answer(text(all), json(all, silent));
    if (silent.size() == options.endpoints().size()) {
      return ExitCode.FAILED.number();
    }
    boolean allReady = all.stream().allMatch(each -> each.nodes().equals(each.readyNodes()));
    return (allReady ? ExitCode.OK : ExitCode.UNHEALTHY).number();
  }

  private static String text(List<Hosted> all) {
    var table =
        new TextTable("name", "ledger", "engine", "application", "validators", "nodes", "ready");
    for (var each : all) {
      var ledger = each.ledger();
      table.row(
          ledger.getName() + (ledger.getIsDefault() ? " (default)" : ""),
          BlockCommand.hex(ledger.getLedgerId()),
          ledger.getEngine(),
          ledger.getApplication(),
          Integer.toString(ledger.getValidators()),
          Integer.toString(each.nodes().size()),
          Integer.toString(each.readyNodes().size()));
    }
    return table.toString();
  }

  private static Map<String, Object> json(List<Hosted> all, List<String> silent) {
    var json = new LinkedHashMap<String, Object>();
    json.put("ledgers", all.stream().map(LedgerListCommand::json).toList());
    json.put("silent_nodes", silent);
    return json;
  }

  private static Map<String, Object> json(Hosted each) {
    var ledger = each.ledger();
    var json = new LinkedHashMap<String, Object>();
    json.put("name", ledger.getName());
    json.put("ledger_id", BlockCommand.hex(ledger.getLedgerId()));
    json.put("engine", ledger.getEngine());
    json.put("application", ledger.getApplication());
    json.put("validators", ledger.getValidators());
    json.put("is_default", ledger.getIsDefault());
    json.put("nodes", each.nodes());
    json.put("ready_nodes", each.readyNodes());
    return json;
  }
}
