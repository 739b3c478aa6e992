package dev.sampo.cluster.demo;

import dev.sampo.client.KeyFile;
import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.client.TransactionBuilder;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.LedgerId;
import dev.sampo.node.verification.SignatureProvider;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Sends real signed transfers through the real client and measures them. Each moves 1 coin from one
 * account of a ring to the next, so that none runs out, on the ledgers in turn. For one run.
 */
public final class TransferLoad {

  /** Transfers in flight in a closed loop, unless told otherwise. */
  public static final int IN_FLIGHT = 256;

  /**
   * Most transfers in flight, and all that an open loop has; later ones wait, and their latency
   * shows it.
   */
  public static final int IN_FLIGHT_MAX = 4096;

  private static final Duration OUTCOME_MAX = Duration.ofSeconds(60);
  private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(10);
  private static final int DIGITS = 3;

  /**
   * What came of it.
   *
   * @param latencyMicros until the committed outcome, from the submission or, in an open loop, from
   *     the time that was planned for it
   * @param problem what became of the first transfer that was not committed
   */
  public record Result(
      Tally total, Duration elapsed, Histogram latencyMicros, Optional<String> problem) {

    double perSecond() {
      return elapsed.isZero() ? 0 : total.committed() * 1e9 / elapsed.toNanos();
    }

    double millisAt(double percentile) {
      return latencyMicros.getValueAtPercentile(percentile) / 1000.0;
    }
  }

  /**
   * How many transfers were sent, and what became of them.
   *
   * @param undecided transfers whose outcome was still unknown when they were given up
   */
  public record Tally(long submitted, long committed, long rejected, long undecided) {

    /** What came since {@code before}. */
    public Tally since(Tally before) {
      return new Tally(
          submitted - before.submitted,
          committed - before.committed,
          rejected - before.rejected,
          undecided - before.undecided);
    }
  }

  /**
   * How long committed transfers took, in microseconds.
   *
   * @param counted from the submission or, in an open loop, from the time that was planned
   * @param sinceSent from the submission, whenever it was planned
   */
  public record Latencies(Histogram counted, Histogram sinceSent) {}

  private final List<SampoClient> clients;
  private final AtomicLongArray committedOnEach;
  private final List<KeyFile> ring;
  private final List<Signer> signers;
  private final int inFlight;
  private volatile CrossShare cross;
  private final AtomicLong sentAcross = new AtomicLong();
  private final LongConsumer onDecided;
  private final AtomicLong submitted = new AtomicLong();
  private final AtomicLong committed = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong undecided = new AtomicLong();
  private final AtomicReference<@Nullable String> problem = new AtomicReference<>();
  private final Recorder latencyMicros = new Recorder(HIGHEST_MICROS, DIGITS);
  private final Recorder sinceSentMicros = new Recorder(HIGHEST_MICROS, DIGITS);

  /**
   * A load that has not begun.
   *
   * @param clients one for each ledger, all with the accounts of the ring
   * @param inFlight most transfers in flight in a closed loop
   * @param onDecided hears how many are decided, on threads that it must not block
   */
  public TransferLoad(
      List<SampoClient> clients, List<KeyFile> ring, int inFlight, LongConsumer onDecided) {
    this(clients, ring, inFlight, CrossShare.NONE, onDecided);
  }

  /** As above; some of the transfers cross to another ledger. */
  TransferLoad(
      List<SampoClient> clients,
      List<KeyFile> ring,
      int inFlight,
      CrossShare cross,
      LongConsumer onDecided) {
    this.cross = cross;
    this.clients = List.copyOf(clients);
    this.committedOnEach = new AtomicLongArray(clients.size());
    this.ring = List.copyOf(ring);
    this.signers = ring.stream().map(key -> SignatureProvider.signer(key.secretSeed())).toList();
    this.inFlight = inFlight;
    this.onDecided = onDecided;
  }

  /** So many of the transfers that are sent from now on cross, of a load with some that do. */
  public void crossing(int percent) {
    cross = cross.of(percent);
  }

  /** Sends {@code count} transfers, up to {@code inFlight} at a time. */
  Result closedLoop(long count) throws InterruptedException {
    var left = new AtomicLong(count);
    return closedLoop(() -> left.getAndDecrement() > 0);
  }

  /** Sends transfers until {@code duration} is over, up to {@code inFlight} at a time. */
  Result closedLoop(Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    return closedLoop(() -> System.nanoTime() - end < 0);
  }

  /** Sends transfers as long as there are {@code more}, up to {@code inFlight} at a time. */
  public Result closedLoop(BooleanSupplier more) throws InterruptedException {
    long start = System.nanoTime();
    var streams = new CountDownLatch(inFlight);
    for (int stream = 0; stream < inFlight; stream++) {
      nextInTurn(more, streams);
    }
    streams.await();
    return result(start);
  }

  private void nextInTurn(BooleanSupplier more, CountDownLatch streams) {
    if (more.getAsBoolean()) {
      var _ = transfer(System.nanoTime()).whenComplete((_, _) -> nextInTurn(more, streams));
    } else {
      streams.countDown();
    }
  }

  /** Sends {@code count} transfers at a fixed rate, however long each one takes. */
  Result openLoop(long count, int perSecond) throws InterruptedException {
    var left = new AtomicLong(count);
    return openLoop(() -> left.getAndDecrement() > 0, perSecond);
  }

  /** Sends transfers at a fixed rate as long as there are {@code more}. */
  public Result openLoop(BooleanSupplier more, int perSecond) throws InterruptedException {
    long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long start = System.nanoTime();
    var slots = new Semaphore(IN_FLIGHT_MAX);
    for (long i = 0; more.getAsBoolean(); i++) {
      long planned = start + i * interval;
      PlannedTime.await(planned);
      slots.acquire();
      var _ = transfer(planned).whenComplete((_, _) -> slots.release());
    }
    slots.acquire(IN_FLIGHT_MAX);
    return result(start);
  }

  /** What was sent and decided until now. */
  public Tally tally() {
    return new Tally(submitted.get(), committed.get(), rejected.get(), undecided.get());
  }

  /** The latencies of the transfers that were committed since this was last asked for. */
  public Latencies takeLatencies() {
    return new Latencies(
        latencyMicros.getIntervalHistogram(), sinceSentMicros.getIntervalHistogram());
  }

  /** How many were committed on each ledger, in the order of the clients. */
  List<Long> committedOnEach() {
    return IntStream.range(0, clients.size()).mapToObj(committedOnEach::get).toList();
  }

  /** How many of the committed ones are to arrive on another ledger, or to come back. */
  long sentAcross() {
    return sentAcross.get();
  }

  /** Completes when the transfer is decided or given up; never fails. */
  private CompletableFuture<Void> transfer(long startNanos) {
    long number = submitted.getAndIncrement();
    int ledger = (int) (number % clients.size());
    var client = clients.get(ledger);
    var share = cross;
    long sentNanos = System.nanoTime();
    return client
        .submitAndWaitAsync(next(client.ledger(), number, share), OUTCOME_MAX)
        .handle(
            (outcome, failure) -> {
              if (outcome instanceof Outcome.Committed) {
                if (share.crosses(number)) {
                  sentAcross.incrementAndGet();
                }
                committedOnEach.incrementAndGet(ledger);
                record(latencyMicros, startNanos);
                record(sinceSentMicros, sentNanos);
              }
              count(outcome, failure);
              onDecided.accept(committed.get() + rejected.get() + undecided.get());
              return null;
            });
  }

  private SignedTransaction next(LedgerId ledger, long number, CrossShare share) {
    long turn = number / clients.size();
    int place = (int) (turn % ring.size());
    var from = ring.get(place);
    var to = ring.get((int) ((turn + 1) % ring.size()));
    var builder = TransactionBuilder.of(ledger, from.account(), signers.get(place));
    return share.crosses(number)
        ? share.transfer(builder, (int) (number % clients.size()), turn, to.account())
        : builder.transfer(DemoAccounts.COIN, to.account(), 1);
  }

  private static void record(Recorder recorder, long sinceNanos) {
    long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sinceNanos);
    recorder.recordValue(Math.min(micros, HIGHEST_MICROS));
  }

  private void count(@Nullable Outcome outcome, @Nullable Throwable failure) {
    switch (outcome) {
      case null -> {
        rejected.incrementAndGet();
        note(String.valueOf(failure));
      }
      case Outcome.Committed _ -> committed.incrementAndGet();
      case Outcome.Rejected refused -> {
        rejected.incrementAndGet();
        note(refused.error().code() + ": " + refused.message());
      }
      case Outcome.Pending pending -> {
        undecided.incrementAndGet();
        note("the outcome of " + pending.id().hex() + " is unknown after " + OUTCOME_MAX);
      }
    }
  }

  private void note(String what) {
    problem.compareAndSet(null, what);
  }

  private Result result(long startNanos) {
    return new Result(
        tally(),
        Duration.ofNanos(System.nanoTime() - startNanos),
        takeLatencies().counted(),
        Optional.ofNullable(problem.get()));
  }
}
