package dev.sampo.cluster.cli;

import dev.sampo.client.AccountLocator;
import dev.sampo.client.AccountLocator.Location;
import dev.sampo.client.CrossTransfer;
import dev.sampo.client.KeyFile;
import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.client.TransactionBuilder;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.LedgerId;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "move",
    description = {
      "Moves an account to another ledger, with its key and all that it holds; signs it here.",
      "MOVING: on neither ledger. INSTALLED: there, and the ledger that it left does not know yet.",
      "MOVED: there. BACK: where it was."
    })
final class AccountMoveCommand extends LedgerCommand {

  private static final Duration ARRIVAL_MAX = Duration.ofMinutes(10);

  @Parameters(paramLabel = "NAME", description = "The account; wherever it lives now.")
  private String name = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "LEDGER",
      description = "Where to: its name.")
  private String to = "";

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Over this one. Default: that of the ledger's name.")
  private @Nullable String channel;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "How long to wait, such as 3s. Default: 1m.")
  private Duration timeout = Duration.ofMinutes(1);

  @Override
  ExitCode run(SampoClient client, Console console) {
    var id = Words.account(name);
    long deadline = System.nanoTime() + timeout.toNanos();
    try (var clients = new LedgerClients(options())) {
      var home = homeOf(id, options().firstLedgerOf(id).orElse(client.ledger()), clients);
      var transaction =
          TransactionBuilder.of(home, key(id))
              .moveAccount(Words.channel(channel == null ? to : channel), ARRIVAL_MAX);
      var outcome = clients.of(home).submitAndWait(transaction, timeout);
      if (!(outcome instanceof Outcome.Committed committed)) {
        return new Outcomes(console, options()).answer(outcome, "", Map.of());
      }
      var move = CrossTransfer.of(committed.receipt()).orElseThrow();
      var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      return new CrossOutcome(move, home.hex(), console).follow(clients.of(home), options(), left);
    }
  }

  /** The ledger on which it lives now. */
  private static LedgerId homeOf(AccountId id, LedgerId first, LedgerClients clients) {
    return switch (locate(first, id, List.of(), clients)) {
      case Location.Found(var ledger, _) -> ledger;
      case Location.UnderWay(_, var there, _) ->
          throw new CommandFailed(
              ExitCode.CONFLICT, id + " is on its way to ledger " + there.hex() + " already");
      case Location.Unknown _ ->
          throw new CommandFailed(ExitCode.NOT_FOUND, "there is no account " + id);
    };
  }

  static Location locate(
      LedgerId first, AccountId id, List<AssetId> assets, LedgerClients clients) {
    return AccountLocator.of(clients::of).locate(first, id, assets);
  }

  private KeyFile key(AccountId id) {
    var file = options().keyFolder().resolve(id.name() + ".key");
    if (!Files.exists(file)) {
      throw new CommandFailed(ExitCode.NOT_FOUND, "there is no key of " + id + ": " + file);
    }
    return KeyFile.read(file);
  }
}
