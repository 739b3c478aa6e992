package dev.sampo.cluster.cli;

import dev.sampo.client.CrossTransfer;
import dev.sampo.client.CrossTransfer.Stage;
import dev.sampo.client.SampoClient;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import java.time.Duration;
import java.util.LinkedHashMap;

/** Follows an amount, or an account, to another ledger and prints how far it has come. */
final class CrossOutcome {

  private static final Duration CALL_MAX = Duration.ofSeconds(10);

  private final CrossTransfer transfer;
  private final String handle;
  private final Console console;

  /** {@code source}: how a later command may name the ledger that it comes from. */
  CrossOutcome(CrossTransfer transfer, String source, Console console) {
    this.transfer = transfer;
    this.handle = transfer.id().hex() + "@" + source;
    this.console = console;
  }

  /** Waits until it has arrived and the source knows, or it is back, but not longer than asked. */
  ExitCode follow(SampoClient source, ClientOptions options, Duration atMost) {
    var there = options.settings(transfer.destination().hex(), CALL_MAX);
    try (var destination = SampoClient.connect(there)) {
      return answer(
          transfer.follow(source, destination, atMost, stage -> console.say(name(stage))));
    }
  }

  private ExitCode answer(Stage stage) {
    var json = new LinkedHashMap<String, Object>();
    json.put("transaction_id", transfer.id().hex());
    json.put("stage", name(stage));
    json.put("channel", transfer.channel().name());
    json.put("sequence", transfer.sequence());
    json.put("destination", transfer.destination().hex());
    var text = name(stage) + "  transaction " + handle;
    return switch (stage) {
      case Stage.Done _ -> {
        console.answer(text, json);
        yield ExitCode.OK;
      }
      case Stage.Refunded(var code) -> {
        json.put("code", code);
        console.answer(text + "  " + code, json);
        console.say(
            transfer.movesAccount()
                ? "It did not arrive, and the account is where it was."
                : "It did not arrive, and the amount is back with its sender.");
        yield ExitCode.FAILED;
      }
      case Stage.Sent _, Stage.Received _ -> {
        console.answer(text, json);
        console.say("It is on its way. Follow it with: sampo tx watch " + handle);
        yield ExitCode.OUTCOME_UNKNOWN;
      }
    };
  }

  private String name(Stage stage) {
    return transfer.movesAccount() ? ofAccount(stage) : ofAmount(stage);
  }

  private static String ofAccount(Stage stage) {
    return switch (stage) {
      case Stage.Sent _ -> "MOVING";
      case Stage.Received _ -> "INSTALLED";
      case Stage.Done _ -> "MOVED";
      case Stage.Refunded _ -> "BACK";
    };
  }

  private static String ofAmount(Stage stage) {
    return switch (stage) {
      case Stage.Sent _ -> "SENT";
      case Stage.Received _ -> "RECEIVED";
      case Stage.Done _ -> "DONE";
      case Stage.Refunded _ -> "REFUNDED";
    };
  }
}
