package dev.sampo.node.ledger;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import org.apache.pekko.Done;

/**
 * Lets the link of a peer read on although up to {@code max} of its messages are not handled yet,
 * so that few messages cost a hand-over back to the link and none can fill a mailbox. Thread-safe.
 */
final class Ahead {

  private final int max;
  private final AtomicIntegerArray unhandled = new AtomicIntegerArray(ValidatorSet.MAX_SIZE);

  Ahead(int max) {
    this.max = max;
  }

  /** Starts to handle a message; the result completes when the link may read on. */
  CompletionStage<Done> admit(ValidatorIndex sender, Supplier<CompletionStage<Done>> handling) {
    int ahead = unhandled.incrementAndGet(sender.number());
    var handled =
        handling.get().whenComplete((done, failure) -> unhandled.decrementAndGet(sender.number()));
    return ahead <= max ? CompletableFuture.completedStage(Done.getInstance()) : handled;
  }
}
