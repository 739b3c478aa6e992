package dev.sampo.planted.r9actors.node;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Takes commands that nobody listed. */
final class OffenderNotSealed extends AbstractBehavior<OffenderNotSealed.Command> {
  interface Command {}

  record Stop() implements Command {}

  static Behavior<Command> create() {
    return Behaviors.setup(OffenderNotSealed::new);
  }

  private OffenderNotSealed(ActorContext<Command> context) {
    super(context);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onMessage(Stop.class, stop -> Behaviors.stopped()).build();
  }
}
