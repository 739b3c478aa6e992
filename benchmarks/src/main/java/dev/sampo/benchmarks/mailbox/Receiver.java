package dev.sampo.benchmarks.mailbox;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Says when a message arrived. */
final class Receiver extends AbstractBehavior<Receiver.Command> {

  sealed interface Command {}

  record Ping(long sentNanos, ActorRef<Sender.Command> replyTo) implements Command {}

  private Receiver(ActorContext<Command> context) {
    super(context);
  }

  static Behavior<Command> create() {
    return Behaviors.setup(Receiver::new);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onMessage(Ping.class, this::onPing).build();
  }

  private Behavior<Command> onPing(Ping ping) {
    ping.replyTo().tell(new Sender.Pong(ping.sentNanos(), System.nanoTime()));
    return this;
  }
}
