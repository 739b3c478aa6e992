package dev.sampo.node.relay;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.packet.BundleOutcome;
import dev.sampo.core.packet.relay.RelayCursor;
import dev.sampo.core.packet.relay.RelayRound;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.node.gateway.SubmitOutcome;
import dev.sampo.node.gateway.TransactionView;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;

/**
 * Carries out one round on a link: plans and signs on the storage workers, submits as any client
 * does, and waits for the outcomes within bounds.
 */
final class RelayRun {

  private static final Duration VALIDITY = Duration.ofSeconds(60);
  private static final Duration OUTCOME_MAX = Duration.ofSeconds(10);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(15);

  /** The code of an operation whose outcome is not known in time. */
  private static final String UNDECIDED = "UNDECIDED";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final RelaySettings settings;
  private final Executor storage;
  private CompletableFuture<Done> lastPlan = CompletableFuture.completedFuture(Done.getInstance());

  RelayRun(RelaySettings settings, Executor storage) {
    this.settings = settings;
    this.storage = storage;
  }

  private record Signed(RelayedLedger at, RelayRound.Due due, SignedTransaction transaction) {}

  private record Planned(List<Signed> transactions, RelayCursor next) {}

  /** Called by one actor only; {@code now} is measured by a clock that only goes on. */
  CompletableFuture<Carried> carry(LinkProgress progress, Duration now) {
    var link = progress.link();
    var cursor = progress.cursor();
    var step = progress.step(settings.step());
    var planned = lastPlan.thenApplyAsync(_ -> plan(link, step, cursor, now), storage);
    // One plan at a time, so that execution never lacks a storage worker because of them.
    lastPlan = planned.handle((_, _) -> Done.getInstance());
    return planned.thenCompose(made -> submit(made, now));
  }

  private Planned plan(RelayLink link, Duration step, RelayCursor cursor, Duration now) {
    var round = link.plan(step).round(cursor, now);
    var signed = round.due().stream().map(due -> sign(link, due)).toList();
    return new Planned(signed, round.next());
  }

  private Signed sign(RelayLink link, RelayRound.Due due) {
    var at = due.at().equals(link.source().id()) ? link.source() : link.destination();
    var salt = new byte[TransactionBody.SALT_LENGTH];
    RANDOM.nextBytes(salt);
    var body =
        new TransactionBody(
            due.at(),
            Assets.NAME,
            Assets.onPackets(due.operation()),
            settings.account(),
            LedgerTime.ofMillis(System.currentTimeMillis()).plusMillis(VALIDITY.toMillis()),
            Bytes.owning(salt),
            List.of());
    return new Signed(at, due, SignedTransaction.sign(body, settings.signer()));
  }

  private CompletableFuture<Carried> submit(Planned planned, Duration now) {
    var waited = planned.next().oldest().map(now::minus).orElse(Duration.ZERO);
    var ended = CompletableFuture.completedFuture(List.<Carried.Operation>of());
    for (var transaction : planned.transactions()) {
      ended = ended.thenCombine(submit(transaction), RelayRun::with);
    }
    return ended.thenApply(operations -> new Carried(operations, planned.next(), waited));
  }

  private static List<Carried.Operation> with(
      List<Carried.Operation> ended, List<Carried.Operation> next) {
    var all = new ArrayList<>(ended);
    all.addAll(next);
    return all;
  }

  /** Never fails, and ends in time whatever the ledger does. */
  private CompletableFuture<List<Carried.Operation>> submit(Signed signed) {
    var access = signed.at().access();
    var count = signed.due().steps().size();
    return access
        .submit(signed.transaction())
        .thenCompose(
            submitted ->
                switch (submitted) {
                  case SubmitOutcome.Accepted(var id) ->
                      access.watch(id, OUTCOME_MAX).thenApply(view -> refusals(view, count));
                  case SubmitOutcome.Rejected(var code, var _) ->
                      CompletableFuture.completedStage(each(code, count));
                })
        .toCompletableFuture()
        .orTimeout(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(_ -> each(UNDECIDED, count))
        .thenApply(refusals -> operations(signed, refusals));
  }

  private static List<Optional<String>> refusals(TransactionView view, int count) {
    return switch (view) {
      case TransactionView.Executed(var receipt, var _, var _) ->
          BundleOutcome.failures(receipt, count);
      case TransactionView.Expired _, TransactionView.Pending _, TransactionView.Unknown _ ->
          each(UNDECIDED, count);
    };
  }

  private static List<Optional<String>> each(String code, int count) {
    return Collections.nCopies(count, Optional.of(code));
  }

  private static List<Carried.Operation> operations(
      Signed signed, List<Optional<String>> refusals) {
    var operations = new ArrayList<Carried.Operation>();
    var steps = signed.due().steps();
    for (int i = 0; i < steps.size(); i++) {
      operations.add(new Carried.Operation(signed.at().name(), steps.get(i), refusals.get(i)));
    }
    return operations;
  }
}
