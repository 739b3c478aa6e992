package dev.sampo.cluster.demo;

import dev.sampo.client.CrossTransfer;
import dev.sampo.client.KeyFile;
import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.client.TransactionBuilder;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.node.verification.SignatureProvider;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Transfers on one ledger, a few at a time, that remembers all that was acknowledged. Each waits
 * for its outcome, however long the ledger halts. Thread-safe.
 */
final class WatchedLoad {

  private static final Duration OUTCOME_MAX = Duration.ofMinutes(3);
  private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(10);
  private static final int DIGITS = 3;

  /** A commit that was waited for, and has not come. */
  private static final long NONE = -1;

  private final SampoClient client;
  private final List<KeyFile> ring;
  private final List<Signer> signers;
  private final CrossShare cross;
  private final Recorder latencyMicros = new Recorder(HIGHEST_MICROS, DIGITS);
  private final Queue<TransactionId> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<CrossTransfer> sentAcross = new ConcurrentLinkedQueue<>();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();
  private final AtomicLong committed = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong lastCommitNanos = new AtomicLong(System.nanoTime());
  private final AtomicLong measuredFromNanos = new AtomicLong(System.nanoTime());
  private final AtomicLong awaitedCommitNanos = new AtomicLong(NONE);
  private final AtomicBoolean isStopping = new AtomicBoolean();

  /** {@code cross}: which of them cross, from the first of its ledgers. */
  WatchedLoad(SampoClient client, List<KeyFile> ring, CrossShare cross) {
    this.client = client;
    this.ring = List.copyOf(ring);
    this.signers = ring.stream().map(key -> SignatureProvider.signer(key.secretSeed())).toList();
    this.cross = cross;
  }

  /** Begins with {@code inFlight} at a time; completes some time after {@link #stop}. */
  CompletableFuture<Void> start(int inFlight) {
    var streams = Stream.generate(CompletableFuture<Void>::new).limit(inFlight).toList();
    streams.forEach(this::next);
    return CompletableFuture.allOf(streams.toArray(CompletableFuture[]::new));
  }

  void stop() {
    isStopping.set(true);
  }

  private void next(CompletableFuture<Void> stream) {
    if (isStopping.get()) {
      stream.complete(null);
      return;
    }
    long start = System.nanoTime();
    var _ =
        client
            .submitAndWaitAsync(transfer(sent.getAndIncrement()), OUTCOME_MAX)
            .whenComplete(
                (outcome, failure) -> {
                  note(outcome, failure, start);
                  next(stream);
                });
  }

  private SignedTransaction transfer(long number) {
    int place = (int) (number % ring.size());
    var to = ring.get((int) ((number + 1) % ring.size())).account();
    var builder =
        TransactionBuilder.of(client.ledger(), ring.get(place).account(), signers.get(place));
    return cross.crosses(number)
        ? cross.transfer(builder, 0, number, to)
        : builder.transfer(DemoAccounts.COIN, to, 1);
  }

  private void note(@Nullable Outcome outcome, @Nullable Throwable failure, long startNanos) {
    switch (outcome) {
      case Outcome.Committed committed -> onCommitted(committed, startNanos);
      case Outcome.Rejected refused -> problems.add(refused.error().code());
      case Outcome.Pending pending -> problems.add("undecided: " + pending.id().hex());
      case null -> problems.add(String.valueOf(failure));
    }
  }

  private void onCommitted(Outcome.Committed outcome, long startNanos) {
    long now = System.nanoTime();
    lastCommitNanos.set(now);
    awaitedCommitNanos.compareAndSet(NONE, now);
    if (startNanos - measuredFromNanos.get() >= 0) {
      long micros = TimeUnit.NANOSECONDS.toMicros(now - startNanos);
      latencyMicros.recordValue(Math.min(micros, HIGHEST_MICROS));
    }
    acknowledged.add(outcome.receipt().id());
    committed.incrementAndGet();
    CrossTransfer.of(outcome.receipt()).ifPresent(sentAcross::add);
  }

  long committed() {
    return committed.get();
  }

  /** Of the commits since this was last asked for. */
  Histogram takeLatencyMicros() {
    return latencyMicros.getIntervalHistogram();
  }

  /** Transfers that have begun already are not measured: they waited for something that is over. */
  void measureFromNow() {
    measuredFromNanos.set(System.nanoTime());
    latencyMicros.reset();
  }

  long lastCommitNanos() {
    return lastCommitNanos.get();
  }

  /** The next commit from now on is the one that {@link #hasCommitted} tells of. */
  void awaitCommit() {
    awaitedCommitNanos.set(NONE);
  }

  boolean hasCommitted() {
    return awaitedCommitNanos.get() != NONE;
  }

  /** When the commit came that was awaited. */
  long awaitedCommitNanos() {
    return awaitedCommitNanos.get();
  }

  Collection<TransactionId> acknowledged() {
    return List.copyOf(acknowledged);
  }

  Collection<CrossTransfer> sentAcross() {
    return List.copyOf(sentAcross);
  }

  /** Why transfers were not committed. */
  List<String> problems() {
    return List.copyOf(problems);
  }
}
