package dev.sampo.benchmarks.mailbox;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Sends a message whenever it is told to, and records how long it and its answer take. */
final class Sender extends AbstractBehavior<Sender.Command> {

  sealed interface Command {}

  /** Send one. */
  record Send() implements Command {}

  /** One arrived. */
  record Pong(long sentNanos, long receivedNanos) implements Command {}

  /**
   * How many messages there are.
   *
   * @param unmeasured the first of them, which only warm up
   * @param measured those that follow
   */
  record Count(int unmeasured, int measured) {}

  private final ActorRef<Receiver.Command> receiver;
  private final Count count;
  private final CompletableFuture<Latencies> all;
  private final Latencies latencies = Latencies.none();
  private int answered;

  private Sender(
      ActorContext<Command> context,
      ActorRef<Receiver.Command> receiver,
      Count count,
      CompletableFuture<Latencies> all) {
    super(context);
    this.receiver = receiver;
    this.count = count;
    this.all = all;
  }

  /** Completes {@code all} when the last answer is there. */
  static Behavior<Command> create(
      ActorRef<Receiver.Command> receiver, Count count, CompletableFuture<Latencies> all) {
    return Behaviors.setup(context -> new Sender(context, receiver, count, all));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Send.class, _ -> onSend())
        .onMessage(Pong.class, this::onPong)
        .build();
  }

  private Behavior<Command> onSend() {
    receiver.tell(new Receiver.Ping(System.nanoTime(), getContext().getSelf()));
    return this;
  }

  private Behavior<Command> onPong(Pong pong) {
    long now = System.nanoTime();
    answered++;
    if (answered > count.unmeasured()) {
      latencies.record(pong.receivedNanos() - pong.sentNanos(), now - pong.sentNanos());
    }
    if (answered == count.unmeasured() + count.measured()) {
      all.complete(latencies);
    }
    return this;
  }
}
