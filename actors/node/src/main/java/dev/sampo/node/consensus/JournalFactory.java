package dev.sampo.node.consensus;

import dev.sampo.persistence.journal.PromiseJournal;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/**
 * Makes the actor that keeps a validator's promises; it tells {@code recovered} what it kept
 * before.
 */
@FunctionalInterface
public interface JournalFactory {

  Behavior<PromiseJournal.Command> create(ActorRef<PromiseJournal.Recovered> recovered);
}
