package dev.sampo.benchmarks.api;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** Always so many requests at a time, each of them sent when one before it is answered. */
final class ClosedLoop {

  private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(2);
  private static final int DIGITS = 3;

  /**
   * What came of it.
   *
   * @param problem what became of the first request that failed
   */
  record Result(Histogram latencyMicros, long failed, Duration elapsed, Optional<String> problem) {}

  private final Supplier<CompletableFuture<Void>> request;
  private final int inFlight;
  private final Recorder latencyMicros = new Recorder(HIGHEST_MICROS, DIGITS);
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<@Nullable String> problem = new AtomicReference<>();

  ClosedLoop(Supplier<CompletableFuture<Void>> request, int inFlight) {
    this.request = request;
    this.inFlight = inFlight;
  }

  /** Asks for so long, and waits for the last answers. */
  Result run(Duration duration) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    var chains = new CountDownLatch(inFlight);
    for (int i = 0; i < inFlight; i++) {
      next(end, chains);
    }
    chains.await();
    return new Result(
        latencyMicros.getIntervalHistogram(),
        failed.get(),
        Duration.ofNanos(System.nanoTime() - start),
        Optional.ofNullable(problem.get()));
  }

  private void next(long end, CountDownLatch chains) {
    long start = System.nanoTime();
    if (start - end >= 0) {
      chains.countDown();
      return;
    }
    var _ =
        request
            .get()
            .whenComplete(
                (_, failure) -> {
                  count(start, failure);
                  next(end, chains);
                });
  }

  private void count(long start, @Nullable Throwable failure) {
    if (failure == null) {
      long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
      latencyMicros.recordValue(Math.min(micros, HIGHEST_MICROS));
    } else {
      failed.incrementAndGet();
      problem.compareAndSet(null, String.valueOf(failure));
    }
  }
}
