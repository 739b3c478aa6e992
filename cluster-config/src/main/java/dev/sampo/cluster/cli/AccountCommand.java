package dev.sampo.cluster.cli;

import dev.sampo.client.AccountReading;
import dev.sampo.client.SampoClient;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.assets.AssetId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "account", description = "Shows what an account holds.")
final class AccountCommand extends LedgerCommand {

  @Parameters(paramLabel = "NAME", description = "The account.")
  private String name = "";

  @Option(
      names = "--prove",
      description = "Believe nothing: check it here against the validators' signatures.")
  private boolean prove;

  @Option(names = "--asset", paramLabel = "ASSET", description = "Only this one. May be repeated.")
  private List<String> assets = List.of();

  @Override
  ExitCode run(SampoClient client, Console console) {
    var id = Words.account(name);
    List<AssetId> wanted = assets.stream().map(Words::asset).toList();
    var reading = prove ? client.provenAccount(id, wanted) : client.account(id, wanted);
    var json = json(reading);
    client.answeredBy().ifPresent(node -> json.put("answered_by", node));
    console.answer(text(reading), json);
    return reading.key().isPresent() ? ExitCode.OK : ExitCode.NOT_FOUND;
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
    json.put("height", reading.height().number());
    json.put("block_time_ms", reading.blockTime().millis());
    json.put("balances", balances);
    json.put("proof_ok", reading.proven());
    return json;
  }
}
