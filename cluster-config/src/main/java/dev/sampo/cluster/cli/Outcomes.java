package dev.sampo.cluster.cli;

import dev.sampo.client.Outcome;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.transaction.Receipt;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints what became of a transaction. */
final class Outcomes {

  private final Console console;
  private final ClientOptions options;

  /** {@code options}: of the command whose transaction it is. */
  Outcomes(Console console, ClientOptions options) {
    this.console = console;
    this.options = options;
  }

  /** {@code remark} follows the text, {@code more} the JSON of a committed transaction. */
  ExitCode answer(Outcome outcome, String remark, Map<String, Object> more) {
    return switch (outcome) {
      case Outcome.Committed committed -> {
        var json = json(committed);
        json.putAll(more);
        console.answer(text(committed) + remark, json);
        yield ExitCode.OK;
      }
      case Outcome.Rejected rejected -> {
        console.answer(text(rejected), json(rejected));
        console.say(rejected.error().whatToDo());
        console.say(Failures.advice(rejected.error()));
        yield Failures.exitCodeOf(rejected.error());
      }
      case Outcome.Pending pending -> {
        console.answer("PENDING  transaction " + pending.id().hex(), json(pending, "PENDING"));
        console.say(
            "Nobody can tell yet how it ends; it cannot happen twice. Follow it with: sampo tx"
                + " watch "
                + pending.id().hex()
                + options.sameLedger());
        yield ExitCode.OUTCOME_UNKNOWN;
      }
    };
  }

  private static String text(Outcome.Committed committed) {
    return "COMMITTED  height %d  transaction %s"
        .formatted(committed.receipt().height().number(), committed.id().hex());
  }

  private static String text(Outcome.Rejected rejected) {
    return "REJECTED  %s  %s  transaction %s"
        .formatted(rejected.error().code(), rejected.error().title(), rejected.id().hex());
  }

  private static Map<String, Object> json(Outcome.Committed committed) {
    var json = json(committed, "COMMITTED");
    put(json, committed.receipt());
    json.put("block_time_ms", committed.blockTime().millis());
    json.put("proven", committed.proven());
    return json;
  }

  private static Map<String, Object> json(Outcome.Rejected rejected) {
    var json = json(rejected, "REJECTED");
    rejected.receipt().ifPresent(receipt -> put(json, receipt));
    json.put("code", rejected.error().code());
    json.put("retryable", rejected.error().retryable());
    json.put("safe_to_resubmit", rejected.error().safeToResubmit());
    json.put("message", rejected.message());
    return json;
  }

  private static void put(Map<String, Object> json, Receipt receipt) {
    json.put("height", receipt.height().number());
    json.put("index", receipt.index());
    json.put("code", receipt.code());
  }

  private static Map<String, Object> json(Outcome outcome, String name) {
    var json = new LinkedHashMap<String, Object>();
    json.put("transaction_id", outcome.id().hex());
    json.put("outcome", name);
    return json;
  }
}
