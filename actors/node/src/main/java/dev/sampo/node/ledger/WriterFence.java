package dev.sampo.node.ledger;

import dev.sampo.node.supervision.FailStop;
import dev.sampo.persistence.store.StaleWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the failures of one copy of a replica and the process. That a newer writer has
 * taken over (protocol V1) ends this copy alone: it may say nothing more. Every other failure stops
 * the process. Thread-safe.
 */
public final class WriterFence implements FailStop {

  private final FailStop process;
  private final CompletableFuture<Done> fenced = new CompletableFuture<>();

  WriterFence(FailStop process) {
    this.process = process;
  }

  /** Completes on the thread that was fenced, which must not be kept. */
  CompletionStage<Done> fenced() {
    return fenced.minimalCompletionStage();
  }

  /** Once this is true it stays so. */
  boolean isFenced() {
    return fenced.isDone();
  }

  @Override
  public void stop(String reason, @Nullable Throwable cause) {
    if (isStale(cause)) {
      fenced.complete(Done.getInstance());
    } else if (!isFenced()) {
      process.stop(reason, cause);
    }
  }

  private static boolean isStale(@Nullable Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StaleWriter) {
        return true;
      }
    }
    return false;
  }
}
