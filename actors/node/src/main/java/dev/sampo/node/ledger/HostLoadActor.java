package dev.sampo.node.ledger;

import dev.sampo.core.consensus.HostLoad;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Watches how busy this host is, and says so whenever it changes (protocol TI7). */
final class HostLoadActor extends AbstractBehavior<HostLoadActor.Command> {

  /** What it is told: nothing from outside. */
  sealed interface Command {}

  private enum Sample implements Command {
    DUE
  }

  /** Whether the host has less time than its ledgers want. */
  record LoadChanged(boolean busy) {}

  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final HostLoad load = new HostLoad();
  private final DoubleSupplier used;
  private final ActorRef<LoadChanged> owner;
  private boolean busy;

  private HostLoadActor(
      ActorContext<Command> context, DoubleSupplier used, ActorRef<LoadChanged> owner) {
    super(context);
    this.used = used;
    this.owner = owner;
  }

  /**
   * {@code used} is the share of the processors in use since it was asked last.
   *
   * @see HostLoad#sample
   */
  static Behavior<Command> create(DoubleSupplier used, ActorRef<LoadChanged> owner) {
    return Behaviors.withTimers(
        timers -> {
          timers.startTimerWithFixedDelay(Sample.DUE, INTERVAL);
          return Behaviors.setup(context -> new HostLoadActor(context, used, owner));
        });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(_ -> onSample()).build();
  }

  private Behavior<Command> onSample() {
    boolean now = load.sample(used.getAsDouble());
    if (now != busy) {
      busy = now;
      owner.tell(new LoadChanged(now));
    }
    return this;
  }
}
