package dev.sampo.cluster.cli;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.CrossTransfer;
import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "tx",
    description = "Sends transactions and follows them.",
    subcommands = {
      TransferCommand.class,
      TransactionCommands.Get.class,
      TransactionCommands.Watch.class
    })
final class TransactionCommands {

  @Command(name = "get", description = "Tells what is known of a transaction now.")
  static final class Get extends LedgerCommand {

    @Parameters(paramLabel = "ID", description = "64 hexadecimal digits.")
    private String id = "";

    @Option(names = "--prove", description = "Check its receipt here.")
    private boolean prove;

    @Override
    ExitCode run(SampoClient client, Console console) {
      var transaction = Words.transaction(id);
      var known = prove ? client.provenTransaction(transaction) : client.transaction(transaction);
      if (known.isEmpty()) {
        throw new CommandFailed(
            ExitCode.NOT_FOUND,
            "no node that was asked knows transaction "
                + id
                + "; it may be on its way, so until it has expired send only the same bytes again");
      }
      var exitCode = new Outcomes(console, options()).answer(known.get(), "", Map.of());
      return known.get() instanceof Outcome.Rejected ? ExitCode.OK : exitCode;
    }
  }

  @Command(
      name = "watch",
      description =
          "Follows a transaction until its outcome is final; exit code 6 if that takes"
              + " too long.")
  static final class Watch extends LedgerCommand {

    @Parameters(
        paramLabel = "ID",
        description = "64 hexadecimal digits; ID@LEDGER for one of another ledger.")
    private String id = "";

    @Option(
        names = "--timeout",
        paramLabel = "TIME",
        converter = DurationText.class,
        description = "How long to wait, such as 3s. Default: 2m.")
    private Duration timeout = Duration.ofMinutes(2);

    @Override
    ClientSettings settings(Duration callTimeout) {
      return Place.of(id)
          .ledger()
          .map(ledger -> options().settings(ledger, callTimeout))
          .orElseGet(() -> super.settings(callTimeout));
    }

    @Override
    ExitCode run(SampoClient client, Console console) {
      long deadline = System.nanoTime() + timeout.toNanos();
      var place = Place.of(id);
      var outcome = client.watch(Words.transaction(place.what()), timeout);
      var crossing =
          outcome instanceof Outcome.Committed committed
              ? CrossTransfer.of(committed.receipt())
              : Optional.<CrossTransfer>empty();
      if (crossing.isEmpty()) {
        return new Outcomes(console, options()).answer(outcome, "", Map.of());
      }
      var source = place.ledger().orElseGet(() -> options().ledgerNamed());
      var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      return new CrossOutcome(crossing.get(), source, console).follow(client, options(), left);
    }
  }
}
