package dev.sampo.node.execution;

import dev.sampo.core.block.Block;
import dev.sampo.core.cache.LruCache;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Tells those who wait for a transaction how it ended; at most {@link #WAITERS_MAX} wait at once.
 */
public final class OutcomesActor extends AbstractBehavior<OutcomesActor.Command> {

  /** What the role is told. */
  public sealed interface Command {}

  /**
   * Answers once the transaction is executed or can never be, or after {@code patience}; at once if
   * that is zero. {@code answer} completes on the role's thread, which must not be kept.
   */
  public record Await(TransactionId id, Duration patience, CompletableFuture<Outcome> answer)
      implements Command {}

  /** The block is stored; its results stand at their indices. */
  public record NoteExecuted(Block block, List<TransactionResult> results) implements Command {}

  /** The time of the block at {@code height} has overtaken them: they can never execute (7.13). */
  public record NoteExpired(List<TransactionId> ids, Height height) implements Command {}

  private enum DropImpatient implements Command {
    NOW
  }

  /** How waiting for a transaction ended. */
  public sealed interface Outcome {}

  /** With the time of the block that it was executed in. */
  public record Executed(Receipt receipt, LedgerTime blockTime) implements Outcome {}

  /** It can never execute any more, as the block at {@code height} shows. */
  public record Expired(Height height) implements Outcome {}

  /** Nothing is known yet; the transaction may still execute. */
  public record Unknown() implements Outcome {}

  /** Too many wait already. */
  public record Overloaded() implements Outcome {}

  private record Waiter(CompletableFuture<Outcome> answer, long deadlineNanos) {}

  /** More than this many waiting requests are refused. */
  public static final int WAITERS_MAX = 20_000;

  /** Expired transactions that are remembered for those who ask later. */
  private static final int EXPIRED_MAX = 10_000;

  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(250);

  private final LedgerReader ledger;
  private final Map<TransactionId, List<Waiter>> waiters = new HashMap<>();
  private final LruCache<TransactionId, Height> expired = new LruCache<>(EXPIRED_MAX);
  private int waiting;

  private OutcomesActor(
      ActorContext<Command> context, TimerScheduler<Command> timers, LedgerReader ledger) {
    super(context);
    this.ledger = ledger;
    timers.startTimerWithFixedDelay(DropImpatient.NOW, SWEEP_INTERVAL);
  }

  public static Behavior<Command> create(LedgerReader ledger) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new OutcomesActor(context, timers, ledger)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Await await -> onAwait(await);
      case NoteExecuted(var block, var results) -> onNoteExecuted(block, results);
      case NoteExpired(var ids, var height) -> onNoteExpired(ids, height);
      case DropImpatient now -> onDropImpatient();
    }
    return this;
  }

  /** What is stored is told after it is stored, so looking here misses nothing. */
  private void onAwait(Await await) {
    var known = known(await.id());
    if (known.isPresent()) {
      await.answer().complete(known.get());
    } else if (await.patience().isZero()) {
      await.answer().complete(new Unknown());
    } else if (waiting >= WAITERS_MAX) {
      await.answer().complete(new Overloaded());
    } else {
      waiting++;
      waiters
          .computeIfAbsent(await.id(), id -> new ArrayList<>(1))
          .add(new Waiter(await.answer(), System.nanoTime() + await.patience().toNanos()));
    }
  }

  private Optional<Outcome> known(TransactionId id) {
    var receipt = ledger.receipt(id);
    if (receipt.isPresent()) {
      var header = ledger.header(receipt.get().height()).orElseThrow();
      return Optional.of(new Executed(receipt.get(), header.time()));
    }
    return expired.get(id).map(Expired::new);
  }

  private void onNoteExecuted(Block block, List<TransactionResult> results) {
    if (waiters.isEmpty()) {
      return;
    }
    for (var result : results) {
      if (result instanceof TransactionResult.Executed(var receipt)) {
        answer(receipt.id(), new Executed(receipt, block.header().time()));
      }
    }
  }

  private void onNoteExpired(List<TransactionId> ids, Height height) {
    for (var id : ids) {
      expired.put(id, height);
      answer(id, new Expired(height));
    }
  }

  private void answer(TransactionId id, Outcome outcome) {
    var satisfied = waiters.remove(id);
    if (satisfied != null) {
      waiting -= satisfied.size();
      satisfied.forEach(waiter -> waiter.answer().complete(outcome));
    }
  }

  private void onDropImpatient() {
    long now = System.nanoTime();
    for (var each = waiters.values().iterator(); each.hasNext(); ) {
      var waitingForOne = each.next();
      waitingForOne.removeIf(
          waiter -> {
            boolean impatient = waiter.deadlineNanos() - now < 0;
            if (impatient) {
              waiting--;
              waiter.answer().complete(new Unknown());
            }
            return impatient;
          });
      if (waitingForOne.isEmpty()) {
        each.remove();
      }
    }
  }
}
