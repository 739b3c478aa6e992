package dev.sampo.benchmarks.mailbox;

import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Measures a pair of actors on each kind of threads, alone and beside a pair that never rests. */
public final class MailboxTable {

  /** More than it will ever play: as long as its actor system lives. */
  private static final long FOR_EVER = Long.MAX_VALUE;

  private final MailboxPlan plan;
  private final Consumer<String> progress;

  public MailboxTable(MailboxPlan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /** Every row, one after the other. */
  public MailboxReport measure() {
    var rows = new ArrayList<MailboxReport.Row>();
    for (var threads : Threads.all()) {
      for (boolean busy : new boolean[] {false, true}) {
        progress.accept(threads.title() + (busy ? ", beside a busy pair ..." : ", alone ..."));
        rows.add(new MailboxReport.Row(threads.title(), busy, latencies(threads, busy)));
      }
    }
    return new MailboxReport(plan, rows, Runtime.getRuntime().availableProcessors());
  }

  private Latencies latencies(Threads threads, boolean busy) {
    var all = new CompletableFuture<Latencies>();
    var sender = new CompletableFuture<ActorRef<Sender.Command>>();
    var system = ActorSystem.create(pairs(threads, busy, sender, all), "mailbox", threads.config());
    try {
      var sending = sender.join();
      for (int i = 0; i < plan.warmUp() + plan.messages(); i++) {
        sending.tell(new Sender.Send());
        LockSupport.parkNanos(plan.pause().toNanos());
      }
      return all.join();
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }

  private Behavior<Void> pairs(
      Threads threads,
      boolean busy,
      CompletableFuture<ActorRef<Sender.Command>> sender,
      CompletableFuture<Latencies> all) {
    return Behaviors.setup(
        context -> {
          var receiver = context.spawn(Receiver.create(), "receiver", threads.seat(0));
          var count = new Sender.Count(plan.warmUp(), plan.messages());
          if (busy) {
            var near = context.spawn(Volley.create(), "near", threads.seat(2));
            var far = context.spawn(Volley.create(), "far", threads.seat(3));
            near.tell(new Volley.Ball(FOR_EVER, far, new CompletableFuture<>()));
          }
          sender.complete(
              context.spawn(Sender.create(receiver, count, all), "sender", threads.seat(1)));
          return Behaviors.empty();
        });
  }
}
