package dev.sampo.cluster.cli;

import dev.sampo.client.AccountLocator.Location;
import dev.sampo.client.AccountReading;
import dev.sampo.client.SampoClient;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.assets.AccountRecord.Active;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.LedgerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "account",
    description = "Shows what an account holds, on the ledger on which it lives.",
    subcommands = AccountMoveCommand.class)
final class AccountCommand extends LedgerCommand {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The account.")
  private @Nullable String name;

  @Option(
      names = "--prove",
      description = "Believe nothing: check it here against the validators' signatures.")
  private boolean prove;

  @Option(names = "--asset", paramLabel = "ASSET", description = "Only this one. May be repeated.")
  private List<String> assets = List.of();

  @Override
  ExitCode run(SampoClient client, Console console) {
    // Not required by the parser, which would ask for it in front of a subcommand, too.
    Usage.require(name != null, "account needs NAME");
    var id = Words.account(Objects.requireNonNull(name));
    List<AssetId> wanted = assets.stream().map(Words::asset).toList();
    var home = options().firstLedgerOf(id).filter(ledger -> !ledger.equals(client.ledger()));
    if (home.isPresent()) {
      return follow(id, home.get(), wanted, console);
    }
    var reading = prove ? client.provenAccount(id, wanted) : client.account(id, wanted);
    if (reading.record().filter(record -> !(record instanceof Active)).isPresent()) {
      return follow(id, client.ledger(), wanted, console);
    }
    var json = json(reading);
    client.answeredBy().ifPresent(node -> json.put("answered_by", node));
    console.answer(text(reading), json);
    return reading.key().isPresent() ? ExitCode.OK : ExitCode.NOT_FOUND;
  }

  /** Each ledger that it has been on, from the first on, proves where to it has left. */
  private ExitCode follow(AccountId id, LedgerId first, List<AssetId> wanted, Console console) {
    try (var clients = new LedgerClients(options())) {
      return switch (AccountMoveCommand.locate(first, id, wanted, clients)) {
        case Location.Found(var ledger, var reading) -> {
          var json = json(reading);
          json.put("ledger", ledger.hex());
          console.answer(text(reading) + "\nlives on ledger " + named(ledger), json);
          yield ExitCode.OK;
        }
        case Location.UnderWay(var from, var to, var reading) -> {
          var json = json(reading);
          json.put("moving_from", from.hex());
          json.put("moving_to", to.hex());
          console.answer(
              text(reading) + "\nMOVING from ledger " + named(from) + " to " + named(to), json);
          yield ExitCode.OK;
        }
        case Location.Unknown _ ->
            throw new CommandFailed(ExitCode.NOT_FOUND, "there is no account " + id);
      };
    }
  }

  private String named(LedgerId ledger) {
    return options()
        .nameOf(ledger)
        .map(name -> name + " (" + ledger.hex() + ")")
        .orElse(ledger.hex());
  }

  private static String text(AccountReading reading) {
    var text = new StringBuilder();
    text.append(reading.id()).append("  height ").append(reading.height().number());
    if (reading.key().isEmpty()) {
      text.append("  no such account");
    }
    for (var balance : reading.balances()) {
      text.append("\n  ").append(balance.asset()).append("  ").append(balance.amount());
    }
    if (reading.proven()) {
      text.append("\nproof OK (checked here against the validators' signatures)");
    }
    return text.toString();
  }

  private static Map<String, Object> json(AccountReading reading) {
    var balances = new LinkedHashMap<String, Object>();
    reading.balances().forEach(each -> balances.put(each.asset().name(), each.amount()));
    var json = new LinkedHashMap<String, Object>();
    json.put("account", reading.id().name());
    json.put("exists", reading.key().isPresent());
    reading.key().ifPresent(key -> json.put("public_key", key.hex()));
    reading.record().ifPresent(record -> json.put("generation", record.generation()));
    json.put("height", reading.height().number());
    json.put("block_time_ms", reading.blockTime().millis());
    json.put("balances", balances);
    json.put("proof_ok", reading.proven());
    return json;
  }
}
