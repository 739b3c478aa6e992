package dev.sampo.cluster.cli;

import dev.sampo.client.SampoClient;
import dev.sampo.client.v1.Status;
import dev.sampo.cluster.cli.LedgerPicture.Row;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.console.Json.Unknown;
import dev.sampo.cluster.console.TextTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    description =
        "Shows every validator and how many may fail; exit code 10 if nothing can commit.")
final class StatusCommand implements Callable<Integer> {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

  @Mixin private final ClientOptions options = new ClientOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    // Others of its ledgers may have fewer validators than the demo.
    var trust = options.trust();
    var picture =
        options
            .demo()
            .filter(demo -> demo.ledger().equals(trust.ledger()))
            .map(
                demo ->
                    LedgerPicture.of(DemoNodes.ask(demo, demo.ledger()))
                        .with(demo.readers(), DemoNodes.askReaders(demo)))
            .orElseGet(this::askOne);
    Console console = output.console();
    console.answer(text(picture), json(picture));
    return (picture.margin() < 0 ? ExitCode.UNHEALTHY : ExitCode.OK).number();
  }

  private LedgerPicture askOne() {
    try (var client = SampoClient.connect(options.settings(ANSWER_MAX))) {
      return LedgerPicture.of(client.status());
    }
  }

  private static String text(LedgerPicture picture) {
    boolean isShared = picture.rows().stream().anyMatch(row -> row.place().isPresent());
    var headings =
        new ArrayList<>(List.of("validator", "data centre", "height", "lag", "view", "link"));
    if (isShared) {
      headings.addAll(List.of("host", "nodes"));
    }
    var table = new TextTable(headings.toArray(String[]::new));
    for (var row : picture.rows()) {
      var said = row.said();
      var cells =
          new ArrayList<>(
              List.of(
                  row.name(),
                  row.dataCentre(),
                  said.map(own -> Long.toString(own.height())).orElse("-"),
                  said.map(own -> Long.toString(picture.highest() - own.height())).orElse("-"),
                  said.map(own -> Long.toString(own.view())).orElse("-"),
                  row.reachable() ? "up" : "DOWN"));
      if (isShared) {
        cells.add(row.place().flatMap(LedgerPicture.Place::host).orElse("-"));
        cells.add(
            row.place().stream()
                .flatMap(place -> place.nodes().stream())
                .map(StatusCommand::text)
                .collect(Collectors.joining("; ")));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table + "\n" + readers(picture) + verdict(picture);
  }

  private static String readers(LedgerPicture picture) {
    if (picture.readers().isEmpty()) {
      return "";
    }
    var table = new TextTable("reader", "data centre", "height", "lag");
    for (var reader : picture.readers()) {
      table.row(
          reader.name(),
          reader.dataCentre(),
          reader.said().map(own -> Long.toString(own.height())).orElse("-"),
          reader.said().map(own -> Long.toString(lag(own, picture.highest()))).orElse("DOWN"));
    }
    return table + "\n";
  }

  /** A reader may have heard of a block before the validator that was asked for its height. */
  private static long lag(LedgerPicture.Said said, long highest) {
    return Math.max(0, highest - said.height());
  }

  private static String text(LedgerPicture.Node node) {
    var hosts = node.hosts().isEmpty() ? "nothing" : String.join(", ", node.hosts());
    return node.name() + " " + (node.reachable() ? "hosts " + hosts : "DOWN");
  }

  private static String verdict(LedgerPicture picture) {
    int validators = picture.rows().size();
    if (picture.margin() < 0) {
      return "NOTHING CAN COMMIT: %d of %d validators reachable, %d needed"
          .formatted(picture.reachable(), validators, picture.quorum());
    }
    return "can lose %d of %d".formatted(picture.margin(), validators);
  }

  private static Map<String, Object> json(LedgerPicture picture) {
    var json = new LinkedHashMap<String, Object>();
    picture.newest().ifPresent(status -> put(json, status));
    json.put("quorum", picture.quorum());
    json.put("quorum_margin", picture.margin());
    List<Map<String, Object>> rows =
        picture.rows().stream().map(row -> json(row, picture.highest())).toList();
    json.put("validators", rows);
    if (!picture.readers().isEmpty()) {
      List<Map<String, Object>> readers =
          picture.readers().stream().map(reader -> json(reader, picture.highest())).toList();
      json.put("readers", readers);
    }
    return json;
  }

  private static Map<String, Object> json(LedgerPicture.Reader reader, long highest) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", reader.name());
    json.put("data_centre", reader.dataCentre());
    json.put("height", orUnknown(reader.said().map(LedgerPicture.Said::height)));
    json.put("lag", orUnknown(reader.said().map(said -> lag(said, highest))));
    json.put("state_root", orUnknown(reader.said().map(LedgerPicture.Said::stateRoot)));
    return json;
  }

  private static void put(Map<String, Object> json, Status status) {
    json.put("ledger_id", BlockCommand.hex(status.getLedgerId()));
    json.put("epoch", status.getEpoch());
    json.put("view", status.getView());
    json.put("leader", status.getLeaderName());
    json.put("height", status.getExecutedHeight());
    json.put("final_height", status.getFinalHeight());
    json.put("certified_height", status.getCertifiedHeight());
    json.put("cluster_members_up", status.getClusterMembersUp());
    json.put("pending_transactions", status.getPendingTransactions());
    json.put("committed_transactions", status.getCommittedTransactions());
    json.put("syncs_per_block", status.getSyncsPerBlock());
    json.put("blocks_per_second", status.getBlocksPerSecond());
    json.put("transactions_per_second", status.getTransactionsPerSecond());
  }

  private static Map<String, Object> json(Row row, long highest) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", row.name());
    json.put("data_centre", row.dataCentre());
    json.put("pid", orUnknown(row.pid()));
    json.put("reachable", row.reachable());
    json.put("height", orUnknown(row.said().map(LedgerPicture.Said::height)));
    json.put("lag", orUnknown(row.said().map(said -> highest - said.height())));
    json.put("view", orUnknown(row.said().map(LedgerPicture.Said::view)));
    json.put("state_root", orUnknown(row.said().map(LedgerPicture.Said::stateRoot)));
    row.place()
        .ifPresent(
            place -> {
              json.put("host", orUnknown(place.host()));
              json.put("nodes", place.nodes().stream().map(StatusCommand::json).toList());
            });
    return json;
  }

  private static Map<String, Object> json(LedgerPicture.Node node) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", node.name());
    json.put("data_centre", node.dataCentre());
    json.put("pid", node.pid());
    json.put("reachable", node.reachable());
    json.put("hosts", node.hosts());
    return json;
  }

  private static Object orUnknown(Optional<?> value) {
    return value.isPresent() ? value.get() : Unknown.UNKNOWN;
  }
}
