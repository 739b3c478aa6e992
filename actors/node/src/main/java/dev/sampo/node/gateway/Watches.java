package dev.sampo.node.gateway;

import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.core.transaction.TransactionId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Streams of what becomes of a transaction: the outcome now, and again at each change until it is
 * final. A stream asks the ledger in rounds, so that nothing of one that was given up lasts longer
 * than a round, and after {@link #ROUNDS_MAX} rounds it completes; it may be resumed by the id.
 */
final class Watches {

  static final Duration ROUND = Duration.ofSeconds(10);
  static final int ROUNDS_MAX = 60;

  private final Errors errors;
  private final Slots slots;

  Watches(Errors errors, Slots slots) {
    this.errors = errors;
    this.slots = slots;
  }

  /** Whether a stream that is opened now would fail with TOO_MANY_WATCHES. */
  boolean isFull() {
    return slots.isFull();
  }

  Refused tooMany() {
    return errors.refused("TOO_MANY_WATCHES", "retry later, or ask for the transaction by its id");
  }

  /** Takes a slot while it runs. */
  Source<TransactionStatus, NotUsed> of(Api api, TransactionId id) {
    return Source.lazySource(
            () -> {
              if (!slots.tryTake()) {
                throw tooMany();
              }
              return rounds(api, id)
                  .watchTermination(
                      (notUsed, ended) -> {
                        ended.whenComplete((_, _) -> slots.release());
                        return notUsed;
                      });
            })
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  /** What was last said, and how often the ledger was asked. */
  private record Told(Optional<TransactionView> last, int rounds) {

    boolean isOver() {
      return rounds > ROUNDS_MAX || last.filter(TransactionView::isDecided).isPresent();
    }
  }

  private Source<TransactionStatus, NotUsed> rounds(Api api, TransactionId id) {
    return Source.unfoldAsync(new Told(Optional.empty(), 0), told -> next(api, id, told))
        .mapConcat(changed -> changed.stream().toList())
        .map(api::status);
  }

  private CompletionStage<Optional<Pair<Told, Optional<TransactionView>>>> next(
      Api api, TransactionId id, Told told) {
    if (told.isOver()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    var view = told.last().isEmpty() ? api.view(id) : api.watch(id, ROUND);
    return view.thenApply(
        now -> {
          boolean isNews = !told.last().equals(Optional.of(now));
          var after = new Told(Optional.of(now), told.rounds() + 1);
          return Optional.of(
              Pair.create(after, isNews ? Optional.of(now) : Optional.<TransactionView>empty()));
        });
  }
}
