package dev.sampo.cluster.cli;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.SampoClient;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that asks a ledger something. */
abstract class LedgerCommand implements Callable<Integer> {

  private static final Duration CALL_MAX = Duration.ofSeconds(10);

  @Mixin private final ClientOptions options = new ClientOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public final Integer call() {
    try (var client = SampoClient.connect(settings(CALL_MAX))) {
      return run(client, output.console()).number();
    }
  }

  abstract ExitCode run(SampoClient client, Console console);

  /** Of the ledger that the command is about, which its options name unless it says otherwise. */
  ClientSettings settings(Duration callTimeout) {
    return options.settings(callTimeout);
  }

  ClientOptions options() {
    return options;
  }
}
