package dev.sampo.node.mempool;

import dev.sampo.core.block.Block;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.mempool.Admission;
import dev.sampo.core.mempool.Mempool;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.View;
import dev.sampo.node.peer.Outbound;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Hosts the mempool; passes what gateways accept on to every validator. */
public final class MempoolActor extends AbstractBehavior<MempoolActor.Command> {

  /** What the role is told. All transactions in it have valid signatures. */
  public sealed interface Command {}

  /** {@code answer} completes on the role's thread, which must not be kept. */
  public record Submit(SignedTransaction transaction, CompletableFuture<Admission> answer)
      implements Command {}

  /** From another validator; {@code handled} completes once they are looked at (back-pressure). */
  public record Take(List<SignedTransaction> transactions, CompletableFuture<Done> handled)
      implements Command {}

  public record Build(View view, List<Block> ancestors, int bytesMax, ActorRef<Payload> replyTo)
      implements Command {}

  /** The block at the ledger's end was executed and stored. */
  public record NoteExecuted(Block block, List<TransactionResult> results) implements Command {}

  /** Tells {@code subscriber} now and at each change whether transactions wait. */
  public record SubscribeWork(ActorRef<Work> subscriber) implements Command {}

  /** Asks whether the transaction waits here; {@code answer} as in {@link Submit}. */
  public record Find(TransactionId id, CompletableFuture<Boolean> answer) implements Command {}

  public record GetLevel(ActorRef<Level> replyTo) implements Command {}

  private enum FlushGossip implements Command {
    NOW
  }

  /** The transactions for a block of {@code view}. */
  public record Payload(View view, List<SignedTransaction> transactions) {}

  /** Whether transactions wait to be ordered. */
  public record Work(boolean waiting) {}

  /** How full the mempool is. */
  public record Level(int transactions, long bytes) {}

  /** Told of transactions that the time of the block at {@code height} has overtaken. */
  @FunctionalInterface
  public interface ExpiryListener {
    void expired(List<TransactionId> ids, Height height);
  }

  private final TimerScheduler<Command> timers;
  private final Mempool mempool;
  private final Gossip gossip;
  private final ExpiryListener expiries;
  private final List<ActorRef<Work>> subscribers = new ArrayList<>();
  private boolean announced;
  private boolean builtSinceAnnounced;

  private MempoolActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Mempool mempool,
      Outbound outbound,
      ExpiryListener expiries) {
    super(context);
    this.timers = timers;
    this.mempool = mempool;
    this.gossip = new Gossip(outbound);
    this.expiries = expiries;
  }

  public static Behavior<Command> create(
      Mempool mempool, Outbound outbound, ExpiryListener expiries) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new MempoolActor(context, timers, mempool, outbound, expiries)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Submit(var transaction, var answer) -> onSubmit(transaction, answer);
      case Take(var transactions, var handled) -> onTake(transactions, handled);
      case Build build -> onBuild(build);
      case NoteExecuted(var block, var results) -> onNoteExecuted(block, results);
      case SubscribeWork(var subscriber) -> onSubscribeWork(subscriber);
      case Find(var id, var answer) -> answer.complete(mempool.find(id).isPresent());
      case GetLevel(var replyTo) -> replyTo.tell(new Level(mempool.count(), mempool.bytes()));
      case FlushGossip now -> gossip.flush();
    }
    return this;
  }

  private void onSubmit(SignedTransaction transaction, CompletableFuture<Admission> answer) {
    var admission = mempool.admit(transaction, now());
    answer.complete(admission);
    switch (admission) {
      case Admission.Admitted admitted -> {
        if (gossip.isEmpty()) {
          planFlush();
        }
        gossip.add(transaction);
        announceWork();
      }
      case Admission.Refused refused -> {}
    }
  }

  private void onTake(List<SignedTransaction> transactions, CompletableFuture<Done> handled) {
    transactions.forEach(transaction -> mempool.admit(transaction, now()));
    announceWork();
    handled.complete(Done.getInstance());
  }

  private void onBuild(Build build) {
    var transactions =
        mempool.build(build.ancestors(), now(), build.bytesMax(), Block.INLINE_COUNT_MAX);
    build.replyTo().tell(new Payload(build.view(), transactions));
    builtSinceAnnounced = true;
  }

  private void onNoteExecuted(Block block, List<TransactionResult> results) {
    var expired = mempool.executed(block, results);
    if (!expired.isEmpty()) {
      expiries.expired(expired, block.height());
    }
    announceWork();
  }

  private void onSubscribeWork(ActorRef<Work> subscriber) {
    subscribers.add(subscriber);
    subscriber.tell(new Work(mempool.hasWork()));
  }

  /** Even at once it waits behind the submissions already in the mailbox: they share its frame. */
  private void planFlush() {
    if (gossip.isDue()) {
      getContext().getSelf().tell(FlushGossip.NOW);
    } else {
      timers.startSingleTimer(FlushGossip.NOW, Gossip.INTERVAL);
    }
  }

  /**
   * A leader that was given nothing asks again only when it hears of work, so work is told again
   * after each {@code Build}.
   */
  private void announceWork() {
    boolean waiting = mempool.hasWork();
    if (waiting != announced || waiting && builtSinceAnnounced) {
      announced = waiting;
      builtSinceAnnounced = false;
      subscribers.forEach(subscriber -> subscriber.tell(new Work(waiting)));
    }
  }

  /** Ledger time stands still while the ledger idles, so the wall clock counts too. */
  private LedgerTime now() {
    var wallClock = LedgerTime.ofMillis(System.currentTimeMillis());
    return wallClock.isAfter(mempool.lastBlockTime()) ? wallClock : mempool.lastBlockTime();
  }
}
