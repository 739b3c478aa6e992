package dev.sampo.persistence.journal;

import dev.sampo.core.types.LedgerId;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.DeleteEventsFailed;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotFailed;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The event-sourced row of promises of one ledger. A snapshot of those that still bind replaces the
 * events before it, so that the journal stays bounded. Stops at any failure.
 */
final class PromiseLog extends EventSourcedBehavior<PromiseLog.Append, PromisesMade, LivePromises> {

  /** Answered once the promises are on disk. */
  record Append(PromisesMade promises, ActorRef<Done> replyTo) {}

  private static final int EVENTS_PER_SNAPSHOT = 500;

  private final Consumer<LivePromises> onRecovered;

  private PromiseLog(PersistenceId id, Consumer<LivePromises> onRecovered) {
    super(id);
    this.onRecovered = onRecovered;
  }

  static Behavior<Append> create(LedgerId ledger, Consumer<LivePromises> onRecovered) {
    return new PromiseLog(PersistenceId.of("promises", ledger.hex()), onRecovered);
  }

  @Override
  public LivePromises emptyState() {
    return LivePromises.NONE;
  }

  @Override
  public CommandHandler<Append, PromisesMade, LivePromises> commandHandler() {
    return (live, append) -> onAppend(append);
  }

  @Override
  public EventHandler<LivePromises, PromisesMade> eventHandler() {
    return LivePromises::after;
  }

  @Override
  public SignalHandler<LivePromises> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), onRecovered)
        .onSignal(SnapshotFailed.class, (live, failed) -> stop(failed.getFailure()))
        .onSignal(DeleteEventsFailed.class, (live, failed) -> stop(failed.getFailure()))
        .build();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, 1).withDeleteEventsOnSnapshot();
  }

  @Override
  public String journalPluginId() {
    return "sampo.persistence.journal";
  }

  @Override
  public String snapshotPluginId() {
    return "sampo.persistence.snapshot-store";
  }

  private Effect<PromisesMade, LivePromises> onAppend(Append append) {
    return Effect().persist(append.promises()).thenReply(append.replyTo(), live -> Done.done());
  }

  private static void stop(Throwable failure) {
    throw new IllegalStateException("promises cannot be kept", failure);
  }
}
