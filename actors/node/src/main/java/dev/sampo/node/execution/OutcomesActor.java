package dev.sampo.node.execution;

import dev.sampo.core.block.Block;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.execution.Receipt;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.transaction.TransactionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Tells those who wait for a transaction how it ended; at most {@link #WAITERS_MAX} wait at once. */
public final class OutcomesActor extends AbstractBehavior<OutcomesActor.Command> {

  /** What the role is told. */
  public sealed interface Command {}

  /** Answers once the transaction is executed or can never be, or after {@code patience}. */
  public record Await(TransactionId id, Duration patience, ActorRef<Outcome> replyTo)
      implements Command {}

  /** The block is stored; its results stand at their indices. */
  public record NoteExecuted(Block block, List<TransactionResult> results) implements Command {}

  /** Block time has overtaken these transactions: they can never execute (7.13). */
  public record NoteExpired(List<TransactionId> ids) implements Command {}

  private enum DropImpatient implements Command {
    NOW
  }

  /** How waiting for a transaction ended. */
  public sealed interface Outcome {}

  public record Executed(Receipt receipt) implements Outcome {}

  /** It can never execute any more. */
  public record Expired() implements Outcome {}

  /** Nothing is known yet; the transaction may still execute. */
  public record Unknown() implements Outcome {}

  /** Too many wait already. */
  public record Overloaded() implements Outcome {}

  private record Waiter(ActorRef<Outcome> replyTo, long deadlineNanos) {}

  /** More than this many waiting requests are refused. */
  public static final int WAITERS_MAX = 20_000;

  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(250);

  private final LedgerReader ledger;
  private final Map<TransactionId, List<Waiter>> waiters = new HashMap<>();
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
      case NoteExpired(var ids) -> ids.forEach(id -> answer(id, new Expired()));
      case DropImpatient now -> onDropImpatient();
    }
    return this;
  }

  /** What is stored is told after it is stored, so looking here misses nothing. */
  private void onAwait(Await await) {
    var receipt = ledger.receipt(await.id());
    if (receipt.isPresent()) {
      await.replyTo().tell(new Executed(receipt.get()));
    } else if (waiting >= WAITERS_MAX) {
      await.replyTo().tell(new Overloaded());
    } else {
      waiting++;
      waiters
          .computeIfAbsent(await.id(), id -> new ArrayList<>(1))
          .add(new Waiter(await.replyTo(), System.nanoTime() + await.patience().toNanos()));
    }
  }

  private void onNoteExecuted(Block block, List<TransactionResult> results) {
    if (waiters.isEmpty()) {
      return;
    }
    for (var result : results) {
      if (result instanceof TransactionResult.Executed(var receipt)) {
        answer(receipt.id(), new Executed(receipt));
      }
    }
  }

  private void answer(TransactionId id, Outcome outcome) {
    var satisfied = waiters.remove(id);
    if (satisfied != null) {
      waiting -= satisfied.size();
      satisfied.forEach(waiter -> waiter.replyTo().tell(outcome));
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
              waiter.replyTo().tell(new Unknown());
            }
            return impatient;
          });
      if (waitingForOne.isEmpty()) {
        each.remove();
      }
    }
  }
}
