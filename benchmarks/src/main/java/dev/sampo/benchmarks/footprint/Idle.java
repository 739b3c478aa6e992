package dev.sampo.benchmarks.footprint;

import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Waits for a message that nobody sends. */
final class Idle extends AbstractBehavior<Idle.Command> {

  sealed interface Command {}

  record Wake() implements Command {}

  private Idle(ActorContext<Command> context) {
    super(context);
  }

  /** Counts down when it has begun. */
  static Behavior<Command> create(CountDownLatch begun) {
    return Behaviors.setup(
        context -> {
          var idle = new Idle(context);
          begun.countDown();
          return idle;
        });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onMessage(Wake.class, _ -> this).build();
  }
}
