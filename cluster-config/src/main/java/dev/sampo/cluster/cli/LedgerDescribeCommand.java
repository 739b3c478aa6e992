package dev.sampo.cluster.cli;

import dev.sampo.client.SampoClient;
import dev.sampo.client.SampoException;
import dev.sampo.cluster.console.ExitCode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "describe",
    description =
        "Shows what a ledger began with, its genesis document, checked against its id; and who"
            + " hosts it.")
final class LedgerDescribeCommand implements Callable<Integer> {

  private static final Duration CALL_MAX = Duration.ofSeconds(10);

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME|ID",
      description = "Which ledger. Default: that of --ledger or --genesis, or the demo's first.")
  private @Nullable String ledger;

  @Mixin private final ClientOptions options = new ClientOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    var settings = ledger == null ? options.settings(CALL_MAX) : options.settings(ledger, CALL_MAX);
    try (var client = SampoClient.connect(settings)) {
      var genesis = client.genesis();
      var picture = new GenesisPicture(genesis, names(client));
      var hosts = LedgerHosts.ask(genesis.ledgerId(), settings.endpoints(), output.console());
      var json = new LinkedHashMap<>(picture.json());
      json.put("hosts", hosts.json());
      output.console().answer(picture.text() + "\n" + hosts.text(), json);
      return ExitCode.OK.number();
    }
  }

  /** By public key in hexadecimal, as a node knows them; none if it does not say. */
  private Map<String, String> names(SampoClient client) {
    var names = new LinkedHashMap<String, String>();
    try {
      for (var validator : client.status().getValidatorsList()) {
        names.put(BlockCommand.hex(validator.getPublicKey()), validator.getName());
      }
    } catch (SampoException unanswered) {
      output
          .console()
          .say("The validators' names could not be asked: " + unanswered.error().code());
    }
    return names;
  }
}
