package dev.sampo.cluster.cli;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.SampoClient;
import dev.sampo.client.SampoException;
import dev.sampo.client.TrustAnchor;
import dev.sampo.client.v1.ListedLedger;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.console.TextTable;
import dev.sampo.cluster.placement.Loss;
import dev.sampo.cluster.placement.Member;
import dev.sampo.cluster.placement.Placement;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where the ledgers of a network stand, and what they can lose. */
@Command(
    name = "quorum",
    description = "Says what a network can lose.",
    subcommands = QuorumCommands.Plan.class)
final class QuorumCommands {

  private QuorumCommands() {}

  /** What each ledger has left, now or after losses. */
  @Command(
      name = "plan",
      description = {
        "Says of each ledger that a node hosts whether it goes on without some validators, which",
        "data centres it cannot do without, and where it would survive the loss of any."
      })
  static final class Plan implements Callable<Integer> {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    @Mixin private final ClientOptions options = new ClientOptions();

    @Option(
        names = "--lose",
        paramLabel = "WHAT",
        converter = LossText.class,
        description = "dc=NAME or validator=NAME. May be repeated.")
    private List<Loss> losses = List.of();

    @Mixin private final OutputOptions output = new OutputOptions();

    /** A ledger and where it stands. */
    private record Row(String name, Placement placement) {}

    @Override
    public Integer call() {
      var rows = rows();
      Console console = output.console();
      console.answer(text(rows), json(rows));
      return ExitCode.OK.number();
    }

    private List<Row> rows() {
      var settings = options.settings(ANSWER_MAX);
      var rows = listed(settings).values().stream().map(each -> row(each, settings)).toList();
      for (var loss : losses) {
        boolean takesNone =
            rows.stream()
                .flatMap(row -> row.placement().committee().stream())
                .noneMatch(loss::takes);
        if (takesNone) {
          throw new CommandFailed(ExitCode.NOT_FOUND, "no validator is lost by " + loss);
        }
      }
      return rows;
    }

    /** By their names; a node knows its own, so all are asked, and those that are down are not. */
    private static SortedMap<String, ListedLedger> listed(ClientSettings settings) {
      var ledgers = new TreeMap<String, ListedLedger>();
      SampoException unanswered = null;
      for (var endpoint : settings.endpoints()) {
        var one =
            ClientSettings.of(settings.trust(), endpoint).withCallTimeout(settings.callTimeout());
        try (var client = SampoClient.connect(one)) {
          client.ledgers().forEach(each -> ledgers.put(each.getName(), each));
        } catch (SampoException failed) {
          unanswered = failed;
        }
      }
      if (ledgers.isEmpty() && unanswered != null) {
        throw unanswered;
      }
      return ledgers;
    }

    private static Row row(ListedLedger listed, ClientSettings settings) {
      var id = new LedgerId(Bytes.owning(listed.getLedgerId().toByteArray()));
      var own =
          ClientSettings.of(new TrustAnchor.Pinned(id), settings.endpoints().toArray(String[]::new))
              .withCallTimeout(ANSWER_MAX);
      try (var client = SampoClient.connect(own)) {
        var committee =
            client.status().getValidatorsList().stream()
                .map(each -> new Member(each.getName(), each.getDataCentre()))
                .toList();
        return new Row(listed.getName(), new Placement(committee));
      }
    }

    private String text(List<Row> rows) {
      var table =
          new TextTable("ledger", "validators", "needs", "left", "then", "cannot do without");
      for (var row : rows) {
        var placement = row.placement();
        var fatal = placement.fatalDataCentres();
        table.row(
            row.name(),
            Integer.toString(placement.committee().size()),
            Integer.toString(placement.quorum()),
            Integer.toString(placement.left(losses)),
            verdict(placement),
            fatal.isEmpty() ? "-" : "dc " + String.join(", dc ", fatal));
      }
      return table + "\n" + advice(rows);
    }

    private String verdict(Placement placement) {
      int margin = placement.margin(losses);
      return margin < 0 ? "HALTS" : "goes on, can lose " + margin + " more";
    }

    private static String advice(List<Row> rows) {
      var best = best(rows);
      return best.map(
              placement ->
                  "no data centre is missed by a ledger of "
                      + placement.committee().stream()
                          .map(Member::name)
                          .collect(Collectors.joining(",")))
          .orElse(
              "no committee of these validators survives the loss of any data centre: it takes"
                  + " three with equally many validators, at least two, or more of them");
    }

    private static Optional<Placement> best(List<Row> rows) {
      var network = new TreeMap<String, Member>();
      rows.forEach(
          row -> row.placement().committee().forEach(each -> network.put(each.name(), each)));
      return Placement.survivingOneDataCentre(network.values());
    }

    private Map<String, Object> json(List<Row> rows) {
      var json = new LinkedHashMap<String, Object>();
      json.put("lost", losses.stream().map(Loss::toString).toList());
      json.put("ledgers", new ArrayList<Object>(rows.stream().map(this::json).toList()));
      json.put(
          "surviving_committee",
          best(rows).stream()
              .flatMap(placement -> placement.committee().stream())
              .map(Member::name)
              .toList());
      return json;
    }

    private Map<String, Object> json(Row row) {
      var placement = row.placement();
      var json = new LinkedHashMap<String, Object>();
      json.put("name", row.name());
      json.put("validators", placement.committee().size());
      json.put("quorum", placement.quorum());
      json.put("left", placement.left(losses));
      json.put("margin", placement.margin(losses));
      json.put("halts", placement.margin(losses) < 0);
      json.put("fatal_data_centres", placement.fatalDataCentres());
      return json;
    }
  }

  /** Reads {@code dc=a} or {@code validator=v1}. */
  static final class LossText implements ITypeConverter<Loss> {
    @Override
    public Loss convert(String text) {
      try {
        return Loss.parse(text);
      } catch (IllegalArgumentException malformed) {
        throw new TypeConversionException(malformed.getMessage());
      }
    }
  }
}
