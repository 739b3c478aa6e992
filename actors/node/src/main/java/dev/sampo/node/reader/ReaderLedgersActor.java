package dev.sampo.node.reader;

import dev.sampo.core.types.LedgerId;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.ledger.OpenLedgers.OpenLedger;
import dev.sampo.node.ledger.ReplicaHost;
import dev.sampo.node.supervision.FailStop;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** The copies of all ledgers that a reader follows. */
public final class ReaderLedgersActor extends AbstractBehavior<ReaderLedgersActor.Command> {

  /** What the copies are told. */
  public sealed interface Command {}

  /** How many members the cluster has. */
  public record NoteCluster(int membersUp) implements Command {}

  /** From now on the node is not ready. */
  public record BeginDrain() implements Command {}

  private record Host(OpenLedger ledger, CompletableFuture<LedgerAccess> access)
      implements Command {}

  private record Release(LedgerId ledger, CompletableFuture<Done> stopped) implements Command {}

  private final FollowedLedgerActor.Shared shared;
  private final FailStop failStop;
  private final SortedMap<LedgerId, ActorRef<FollowedLedgerActor.Command>> followed =
      new TreeMap<>();
  private final Map<ActorRef<?>, CompletableFuture<Done>> ending = new LinkedHashMap<>();
  private int membersUp;

  private ReaderLedgersActor(
      ActorContext<Command> context, FollowedLedgerActor.Shared shared, FailStop failStop) {
    super(context);
    this.shared = shared;
    this.failStop = failStop;
  }

  /** {@code node}: the name of this one. */
  public static Behavior<Command> create(
      String node, FollowedReplicas replicas, MeterRegistry registry, FailStop failStop) {
    return Behaviors.setup(
        context ->
            new ReaderLedgersActor(
                context, new FollowedLedgerActor.Shared(node, replicas, registry), failStop));
  }

  /** How {@link dev.sampo.node.ledger.RunningLedgers} has this actor run copies. */
  public static ReplicaHost hosting(ActorRef<Command> ledgers) {
    return new ReplicaHost() {
      @Override
      public void host(OpenLedger ledger, CompletableFuture<LedgerAccess> access) {
        ledgers.tell(new Host(ledger, access));
      }

      @Override
      public void release(LedgerId ledger, CompletableFuture<Done> stopped) {
        ledgers.tell(new Release(ledger, stopped));
      }

      @Override
      public void dropFenced(LedgerId ledger, CompletableFuture<Done> stopped) {
        ledgers.tell(new Release(ledger, stopped));
      }
    };
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onSignal(Terminated.class, this::onTerminated)
        .onAnyMessage(this::onMessage)
        .build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Host(var ledger, var access) -> onHost(ledger, access);
      case Release(var ledger, var stopped) -> onRelease(ledger, stopped);
      case NoteCluster(int members) -> {
        membersUp = members;
        followed.values().forEach(each -> each.tell(new FollowedLedgerActor.NoteCluster(members)));
      }
      case BeginDrain _ ->
          followed.values().forEach(each -> each.tell(new FollowedLedgerActor.BeginDrain()));
    }
    return this;
  }

  private void onHost(OpenLedger ledger, CompletableFuture<LedgerAccess> access) {
    var actor =
        getContext()
            .spawn(
                FollowedLedgerActor.create(ledger, shared, access),
                "ledger-" + ledger.settings().name());
    getContext().watch(actor);
    actor.tell(new FollowedLedgerActor.NoteCluster(membersUp));
    followed.put(ledger.settings().genesis().ledgerId(), actor);
  }

  private void onRelease(LedgerId ledger, CompletableFuture<Done> stopped) {
    var actor = followed.remove(ledger);
    if (actor == null) {
      stopped.complete(Done.getInstance());
      return;
    }
    ending.put(actor, stopped);
    getContext().stop(actor);
  }

  private Behavior<Command> onTerminated(Terminated ended) {
    var released = ending.remove(ended.getRef());
    if (released == null) {
      failStop.stop(ended.getRef().path().name() + " ended", null);
      return Behaviors.stopped();
    }
    released.complete(Done.getInstance());
    return this;
  }
}
