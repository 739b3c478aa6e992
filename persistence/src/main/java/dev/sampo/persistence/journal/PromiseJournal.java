package dev.sampo.persistence.journal;

import dev.sampo.core.consensus.Promise;
import dev.sampo.core.types.LedgerId;
import dev.sampo.persistence.store.NodeStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Makes the promises of this validator durable before it speaks (protocol 2.4). While one write is
 * under way those that come wait, and are then written together. Any failure, be it in writing or
 * in recovering, ends the use of the node's store and so stops the process.
 */
public final class PromiseJournal extends AbstractBehavior<PromiseJournal.Command> {

  /** What the journal is told. */
  public sealed interface Command {

    /**
     * Answered by {@link Written} once all {@code promises} are on disk; never answered otherwise.
     *
     * @param sequence the writer's number, returned in the answer
     */
    record Write(long sequence, List<Promise> promises, ActorRef<Written> replyTo)
        implements Command {
      public Write {
        promises = List.copyOf(promises);
      }
    }
  }

  private record Appended() implements Command {}

  /** The promises of the write with this number are durable. */
  public record Written(long sequence) {}

  /**
   * Every promise that still binds, in the order in which they were made; sent once at the start.
   */
  public record Recovered(List<Promise> promises) {
    public Recovered {
      promises = List.copyOf(promises);
    }
  }

  /** Each writer has one write under way (the durability gate), so this many are never reached. */
  private static final int WAITING_MAX = 1024;

  private final NodeStore store;
  private final ActorRef<PromiseLog.Append> log;
  private final ActorRef<Done> onAppended;
  private final Deque<Command.Write> waiting = new ArrayDeque<>();
  private List<Command.Write> underWay = List.of();

  private PromiseJournal(
      ActorContext<Command> context, LedgerId ledger, ActorRef<Recovered> recoveredTo) {
    super(context);
    store = NodeStoreExtension.get(context.getSystem()).store(ledger);
    onAppended = context.messageAdapter(Done.class, done -> new Appended());
    var behavior =
        PromiseLog.create(ledger, live -> recoveredTo.tell(new Recovered(live.promises())));
    log = context.spawn(behavior, "log", DispatcherSelector.sameAsParent());
    context.watch(log);
  }

  /** The actor system needs a store, see {@link NodeStoreExtension}. */
  public static Behavior<Command> create(LedgerId ledger, ActorRef<Recovered> recoveredTo) {
    return Behaviors.setup(context -> new PromiseJournal(context, ledger, recoveredTo));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onAnyMessage(this::onMessage)
        .onSignal(ChildFailed.class, failed -> onLogFailed(failed.cause()))
        .build();
  }

  private Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Command.Write write -> onWrite(write);
      case Appended appended -> onAppended();
    };
  }

  private Behavior<Command> onWrite(Command.Write write) {
    if (waiting.size() == WAITING_MAX) {
      return onLogFailed(new IllegalStateException("more than " + WAITING_MAX + " writes wait"));
    }
    waiting.add(write);
    return appendWaiting();
  }

  private Behavior<Command> onAppended() {
    underWay.forEach(write -> write.replyTo().tell(new Written(write.sequence())));
    underWay = List.of();
    return appendWaiting();
  }

  private Behavior<Command> appendWaiting() {
    if (underWay.isEmpty() && !waiting.isEmpty()) {
      underWay = List.copyOf(waiting);
      waiting.clear();
      var promises = new ArrayList<Promise>();
      underWay.forEach(write -> promises.addAll(write.promises()));
      log.tell(new PromiseLog.Append(new PromisesMade(promises), onAppended));
    }
    return this;
  }

  private Behavior<Command> onLogFailed(Throwable cause) {
    store.failStop(cause);
    return Behaviors.stopped();
  }
}
