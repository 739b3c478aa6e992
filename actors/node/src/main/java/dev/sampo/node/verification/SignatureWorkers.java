package dev.sampo.node.verification;

import dev.sampo.core.execution.TransactionVerdicts;
import dev.sampo.core.transaction.SignedTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Has the clients' signatures of many transactions checked by workers beside each other, for roles
 * that must not wait (X11).
 */
public final class SignatureWorkers {

  /** Many verdicts are known already, and then a task for each would cost more than they do. */
  static final int CHECKED_TOGETHER = 32;

  private final TransactionVerdicts verdicts;
  private final Executor workers;

  public SignatureWorkers(TransactionVerdicts verdicts, Executor workers) {
    this.verdicts = verdicts;
    this.workers = workers;
  }

  /** The place of the first transaction whose signature is not valid, if any. */
  public CompletionStage<Optional<Integer>> firstInvalid(List<SignedTransaction> transactions) {
    var first = CompletableFuture.completedFuture(Optional.<Integer>empty());
    for (var part : parts(transactions)) {
      var found =
          CompletableFuture.supplyAsync(
              () -> verdicts.firstInvalid(part.transactions()).map(at -> part.from() + at),
              workers);
      first = first.thenCombine(found, (before, here) -> before.or(() -> here));
    }
    return first;
  }

  private record Part(int from, List<SignedTransaction> transactions) {}

  private static List<Part> parts(List<SignedTransaction> transactions) {
    var parts = new ArrayList<Part>();
    for (int from = 0; from < transactions.size(); from += CHECKED_TOGETHER) {
      int to = Math.min(from + CHECKED_TOGETHER, transactions.size());
      parts.add(new Part(from, transactions.subList(from, to)));
    }
    return parts;
  }
}
