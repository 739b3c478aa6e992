package dev.sampo.benchmarks.mailbox;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Plays a ball back until it has flown often enough; it takes two. */
public final class Volley extends AbstractBehavior<Volley.Command> {

  /** What it is told. */
  public sealed interface Command {}

  /**
   * The ball.
   *
   * @param hops how often it is still to be played
   * @param from who gets it back
   * @param landed completed at the end
   */
  public record Ball(long hops, ActorRef<Command> from, CompletableFuture<Long> landed)
      implements Command {}

  private Volley(ActorContext<Command> context) {
    super(context);
  }

  public static Behavior<Command> create() {
    return Behaviors.setup(Volley::new);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onMessage(Ball.class, this::onBall).build();
  }

  private Behavior<Command> onBall(Ball ball) {
    if (ball.hops() == 0) {
      ball.landed().complete(0L);
    } else {
      ball.from().tell(new Ball(ball.hops() - 1, getContext().getSelf(), ball.landed()));
    }
    return this;
  }
}
