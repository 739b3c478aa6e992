package dev.sampo.planted.r9actors.node;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Can be extended. */
class OffenderNotFinal extends AbstractBehavior<OffenderNotFinal.Command> {
  sealed interface Command {}

  record Stop() implements Command {}

  static Behavior<Command> create() {
    return Behaviors.setup(OffenderNotFinal::new);
  }

  private OffenderNotFinal(ActorContext<Command> context) {
    super(context);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onMessage(Stop.class, stop -> Behaviors.stopped()).build();
  }
}
