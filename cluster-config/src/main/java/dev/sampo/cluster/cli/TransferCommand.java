package dev.sampo.cluster.cli;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.CrossTransfer;
import dev.sampo.client.KeyFile;
import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.client.SampoException;
import dev.sampo.client.TransactionBuilder;
import dev.sampo.client.v1.Validator;
import dev.sampo.cluster.config.NamedDirectory;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "transfer",
    description = {
      "Moves an amount of an asset; signs it here. NAME@LEDGER is an account of another ledger"
          + " than",
      "the command's: --from alice@trade --to bob@custody sends it over a channel from one to the",
      "other, where it arrives as a voucher, or from where it comes back. With a directory, NAME"
          + " is",
      "on the ledger where it lives now."
    })
final class TransferCommand extends LedgerCommand {

  private static final Duration ARRIVAL_MAX = Duration.ofMinutes(10);

  @Option(names = "--from", required = true, paramLabel = "NAME", description = "Who pays.")
  private String from = "";

  @Option(names = "--to", required = true, paramLabel = "NAME", description = "Who receives.")
  private String to = "";

  @Option(
      names = "--amount",
      required = true,
      paramLabel = "N",
      description = "How much, in the asset's smallest unit; at least 1.")
  private long amount;

  @Option(names = "--asset", paramLabel = "ASSET", description = "Default: coin.")
  private String asset = "coin";

  @Option(names = "--wait", description = "Wait for the outcome; exit code 6 if it stays unknown.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "How long to wait, such as 3s. Default: 30s.")
  private Duration timeout = Duration.ofSeconds(30);

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "With --to NAME@LEDGER: over this one. Default: that of the ledger's name.")
  private @Nullable String channel;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "The same key never pays twice: the same command sends the same bytes again.")
  private @Nullable String idempotencyKey;

  private @Nullable TransferWay found;

  @Override
  ClientSettings settings(Duration callTimeout) {
    return way()
        .source()
        .map(ledger -> options().settings(ledger, callTimeout))
        .orElseGet(() -> super.settings(callTimeout));
  }

  /** Looked for once. */
  private TransferWay way() {
    var way = found == null ? find() : found;
    found = way;
    return way;
  }

  private TransferWay find() {
    var sender = Place.of(from);
    var recipient = Place.of(to);
    boolean isSaid = sender.ledger().isPresent() || recipient.ledger().isPresent();
    var directory = isSaid ? Optional.<NamedDirectory>empty() : options().directory();
    return directory
        .map(known -> TransferWay.of(known, sender, recipient, options()))
        .orElseGet(() -> TransferWay.of(sender, recipient));
  }

  @Override
  ExitCode run(SampoClient client, Console console) {
    Usage.require(
        !way().crosses() || idempotencyKey == null,
        "--idempotency-key is for one ledger, not across");
    Usage.require(way().crosses() || channel == null, "--channel needs --to NAME@LEDGER");
    var transaction = sign(client);
    long start = System.nanoTime();
    var outcome = wait ? client.submitAndWait(transaction, timeout) : client.submit(transaction);
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    if (outcome instanceof Outcome.Rejected refused && hadNoEffect(refused)) {
      sent().forget(transaction);
    }
    return switch (outcome) {
      case Outcome.Committed committed when way().crosses() ->
          crossed(client, console, committed, Duration.ofMillis(millis));
      case Outcome.Committed committed -> committed(client, console, committed, millis);
      case Outcome.Pending pending when !wait -> submitted(console, pending);
      case Outcome.Pending _, Outcome.Rejected _ ->
          new Outcomes(console, options()).answer(outcome, "", Map.of());
    };
  }

  private SignedTransaction sign(SampoClient client) {
    if (amount < 1) {
      throw new CommandFailed(ExitCode.USAGE, "--amount is at least 1, not " + amount);
    }
    var builder = TransactionBuilder.of(client.ledger(), key());
    AccountId recipient = Words.account(Place.of(to).what());
    if (way().crosses()) {
      return builder.sendAcross(
          Words.channel(channel == null ? way().channel().orElseThrow() : channel),
          Words.asset(asset),
          recipient,
          amount,
          ARRIVAL_MAX);
    }
    if (idempotencyKey == null) {
      return builder.transfer(Words.asset(asset), recipient, amount);
    }
    return sent()
        .keep(
            builder
                .withIdempotencyKey(idempotencyKey)
                .transfer(Words.asset(asset), recipient, amount));
  }

  private KeyFile key() {
    var file = options().keyFolder().resolve(Words.account(Place.of(from).what()).name() + ".key");
    if (!Files.exists(file)) {
      throw new CommandFailed(ExitCode.NOT_FOUND, "there is no key of " + from + ": " + file);
    }
    return KeyFile.read(file);
  }

  private String source() {
    return way().source().orElseGet(() -> options().ledgerNamed());
  }

  private ExitCode crossed(
      SampoClient client, Console console, Outcome.Committed committed, Duration spent) {
    var transfer = CrossTransfer.of(committed.receipt()).orElseThrow();
    var left = timeout.minus(spent);
    return new CrossOutcome(transfer, source(), console)
        .follow(client, options(), left.isNegative() ? Duration.ZERO : left);
  }

  private SentTransactions sent() {
    return new SentTransactions(options().keyFolder());
  }

  private static boolean hadNoEffect(Outcome.Rejected refused) {
    return refused.error().safeToResubmit() && refused.receipt().isEmpty();
  }

  private ExitCode submitted(Console console, Outcome.Pending pending) {
    var json = new LinkedHashMap<String, Object>();
    json.put("transaction_id", pending.id().hex());
    json.put("outcome", "PENDING");
    console.answer("SUBMITTED  transaction " + pending.id().hex(), json);
    var follow =
        way().crosses() || way().source().isPresent()
            ? pending.id().hex() + "@" + source()
            : pending.id().hex() + options().sameLedger();
    console.say("Its outcome: sampo tx watch " + follow);
    return ExitCode.OK;
  }

  private ExitCode committed(
      SampoClient client, Console console, Outcome.Committed committed, long millis) {
    var more = new LinkedHashMap<String, Object>();
    client.answeredBy().ifPresent(node -> more.put("answered_by", node));
    more.put("latency_ms", millis);
    var remark = new StringBuilder("  ").append(millis).append(" ms");
    try {
      var validators = client.status().getValidatorsList();
      long reachable = validators.stream().filter(Validator::getReachable).count();
      more.put("validators_reachable", reachable);
      more.put("validators", validators.size());
      remark.append(", %d/%d validators".formatted(reachable, validators.size()));
    } catch (SampoException unknown) {
      console.say("How many validators there are could not be asked: " + unknown.error().code());
    }
    return new Outcomes(console, options()).answer(committed, remark.toString(), more);
  }
}
