package dev.sampo.cluster.simulate;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

/**
 * Does numbered pieces of work on as many threads as there are cores, and hands over each result on
 * the thread of the caller. Pieces are begun in the order of their numbers, from 0 on.
 */
final class SideBySide {

  static final int WORKERS = Runtime.getRuntime().availableProcessors();

  private SideBySide() {}

  /** Begins pieces while {@code more} says so; returns once all that were begun have ended. */
  static <T> void run(LongFunction<T> work, LongPredicate more, Consumer<T> results)
      throws InterruptedException {
    try (var workers = Executors.newFixedThreadPool(WORKERS)) {
      var ended = new ExecutorCompletionService<T>(workers);
      long begun = 0;
      long open = 0;
      try {
        while (true) {
          // Twice as many as there are workers: none waits for the next piece.
          while (open < 2L * WORKERS && more.test(begun)) {
            long number = begun++;
            open++;
            Callable<T> piece = () -> work.apply(number);
            ended.submit(piece);
          }
          if (open == 0) {
            return;
          }
          results.accept(ended.take().get());
          open--;
        }
      } catch (ExecutionException broken) {
        throw new IllegalStateException(broken.getCause());
      } finally {
        workers.shutdownNow();
      }
    }
  }
}
