package dev.sampo.node.consensus;

import dev.sampo.core.consensus.Promise;
import dev.sampo.node.consensus.ConsensusActor.Command;
import dev.sampo.node.consensus.ConsensusActor.PromisesRecovered;
import dev.sampo.persistence.journal.PromiseJournal;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;

/** What the consensus role does first: it reads the promises it made, and whatever comes waits. */
final class ConsensusRecovery {

  private static final int STASH_CAPACITY = 10_000;

  /** What it does next. */
  @FunctionalInterface
  interface Next {
    Behavior<Command> start(List<Promise> promises, ActorRef<PromiseJournal.Command> journal);
  }

  private ConsensusRecovery() {}

  static Behavior<Command> before(JournalFactory factory, Next next) {
    return Behaviors.setup(
        context ->
            Behaviors.withStash(
                STASH_CAPACITY,
                stash -> {
                  var recovered =
                      context.messageAdapter(
                          PromiseJournal.Recovered.class,
                          found -> new PromisesRecovered(found.promises()));
                  // On this actor's thread: a hand-over to another one would cost each vote twice.
                  var journal =
                      context.spawn(
                          factory.create(recovered), "promises", DispatcherSelector.sameAsParent());
                  context.watch(journal);
                  return waiting(journal, next, stash);
                }));
  }

  private static Behavior<Command> waiting(
      ActorRef<PromiseJournal.Command> journal, Next next, StashBuffer<Command> stash) {
    return Behaviors.receive(Command.class)
        .onMessage(
            PromisesRecovered.class,
            found -> stash.unstashAll(next.start(found.promises(), journal)))
        .onAnyMessage(
            early -> {
              stash.stash(early);
              return Behaviors.same();
            })
        .build();
  }
}
