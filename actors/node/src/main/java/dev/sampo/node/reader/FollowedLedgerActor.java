package dev.sampo.node.reader;

import dev.sampo.core.execution.Attestations;
import dev.sampo.core.execution.LedgerExecutor;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.lane.LaneRows;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.sync.AnswerCheck;
import dev.sampo.core.sync.Follower;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.node.execution.AppliedLedger;
import dev.sampo.node.execution.BlockFeed;
import dev.sampo.node.execution.ExecutionActor;
import dev.sampo.node.execution.ExecutionMetrics;
import dev.sampo.node.execution.ExecutionRoles;
import dev.sampo.node.execution.ExecutionSettings;
import dev.sampo.node.execution.OutcomesActor;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.ledger.OpenLedgers.OpenLedger;
import dev.sampo.node.ledger.StoredReads;
import dev.sampo.node.mempool.MempoolActor.Ordered;
import dev.sampo.node.verification.SignatureProvider;
import dev.sampo.node.verification.VerdictCache;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * A reader's copy of one ledger: its roles are outcomes, execution and the follower. Stops the
 * process when one of them ends, for none ends but by a broken invariant (fault 36).
 */
final class FollowedLedgerActor extends AbstractBehavior<FollowedLedgerActor.Command> {

  /** What the copy is told. */
  sealed interface Command {}

  /** How many members the cluster has. */
  record NoteCluster(int membersUp) implements Command {}

  /** From now on the node is not ready. */
  record BeginDrain() implements Command {}

  /**
   * What the copies of all ledgers of a reader share.
   *
   * @param node the name of this one
   */
  record Shared(String node, FollowedReplicas replicas, MeterRegistry registry) {}

  private static final int REMEMBERED_VOTES = 16_384;

  private final OpenLedger opened;
  private final Shared shared;
  private final Genesis genesis;
  private final LedgerStore store;
  private final LedgerReader ledger;
  private final ExecutionMetrics metrics;
  private final FollowerParts.Executors executors;
  private final ActorRef<FollowerActor.Command> follower;

  private FollowedLedgerActor(
      ActorContext<Command> context,
      OpenLedger opened,
      Shared shared,
      CompletableFuture<LedgerAccess> access) {
    super(context);
    this.opened = opened;
    this.shared = shared;
    this.genesis = opened.settings().genesis();
    this.store = opened.store().ledger();
    this.ledger = new LedgerReader(store);
    this.metrics = new ExecutionMetrics(shared.registry(), opened.settings().name().text());
    metrics.count("sampo.store.syncs", opened.store(), each -> each.syncCount());
    metrics.measure("sampo.store.cached.bytes", opened.store()::cachedBytes);
    this.executors =
        new FollowerParts.Executors(
            dispatcher("sampo.verification.dispatcher"), dispatcher("sampo.storage.dispatcher"));
    var outcomes = spawn("outcomes", OutcomesActor.create(ledger));
    this.follower = startRoles(outcomes);
    var reads = new StoredReads(genesis, store, outcomes, executors.storage());
    access.complete(new ReaderAccess(context.getSystem(), genesis, follower, reads));
  }

  /** {@code access} is completed once the roles are there. */
  static Behavior<Command> create(
      OpenLedger ledger, Shared shared, CompletableFuture<LedgerAccess> access) {
    return Behaviors.setup(context -> new FollowedLedgerActor(context, ledger, shared, access));
  }

  private Executor dispatcher(String path) {
    return getContext().getSystem().dispatchers().lookup(DispatcherSelector.fromConfig(path));
  }

  private ActorRef<FollowerActor.Command> startRoles(ActorRef<OutcomesActor.Command> outcomes) {
    var signatures = SignatureProvider.remembering(REMEMBERED_VOTES);
    var verdicts = new VerdictCache(genesis.ledgerId(), signatures);
    var executor =
        LedgerExecutor.open(
            genesis, opened.settings().application(), verdicts.ofExecution(), store);
    executor.initialWrites().ifPresent(store::commit);
    var last = ledger.lastExecuted();
    var parts =
        new FollowerParts(
            genesis,
            store,
            new Follower(
                last.equals(Height.ZERO) ? genesis.block() : ledger.block(last).orElseThrow(),
                ledger.newestProvable().orElse(Height.ZERO).next(),
                (lane, tip) -> LaneRows.batch(store, lane, tip)),
            new AnswerCheck(genesis, signatures, ledger::statement),
            verdicts,
            shared.replicas(),
            executors,
            opened.fence());
    var name = opened.settings().name().text();
    var board =
        new ReaderBoard(shared.node(), opened.settings(), opened.store()::syncCount, start());
    var started =
        spawn(
            "follower",
            FollowerActor.create(parts, board, new ReaderMetrics(shared.registry(), name)));
    var settings =
        new ExecutionSettings(
            genesis.ledgerId(),
            Optional.empty(),
            new AppliedLedger(executor, store),
            executors.storage(),
            metrics,
            opened.fence());
    var attestations = Attestations.open(genesis.validators(), Optional.empty(), store);
    var execution =
        spawn(
            "execution",
            ExecutionActor.create(
                settings, new ExecutionRoles(feed(started), outcomes), attestations));
    started.tell(new FollowerActor.Begin(execution));
    return started;
  }

  private ReaderBoard.Start start() {
    var last = ledger.lastExecuted();
    return new ReaderBoard.Start(
        ledger.lastHeader().orElseGet(() -> genesis.block().header()),
        ledger.statement(last).map(StateAttest::stateRoot).orElse(Hash.ZERO),
        ledger.newestProvable().orElse(Height.ZERO));
  }

  private static BlockFeed feed(ActorRef<FollowerActor.Command> follower) {
    return new BlockFeed() {
      @Override
      public void serve(ActorRef<Ordered> execution) {
        follower.tell(new FollowerActor.ServeExecution(execution));
      }

      // The follower has subscribed to what is stored.
      @Override
      public void executed(OrderedBlock block, List<TransactionResult> results) {}
    };
  }

  /** Watched: no role ends but by a broken invariant. */
  private <T> ActorRef<T> spawn(String name, Behavior<T> behavior) {
    var role = getContext().spawn(behavior, name);
    getContext().watch(role);
    return role;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onSignal(Terminated.class, this::onTerminated)
        .onSignal(PostStop.class, stopped -> onStopped())
        .onAnyMessage(this::onMessage)
        .build();
  }

  private Behavior<Command> onMessage(Command command) {
    follower.tell(
        switch (command) {
          case NoteCluster(int membersUp) -> new FollowerActor.NoteCluster(membersUp);
          case BeginDrain _ -> new FollowerActor.BeginDrain();
        });
    return this;
  }

  private Behavior<Command> onTerminated(Terminated ended) {
    var role = ended.getRef().path().name();
    var name = opened.settings().name();
    opened.fence().stop("the role %s of ledger %s ended".formatted(role, name), null);
    return this;
  }

  /** The roles have ended. */
  private Behavior<Command> onStopped() {
    metrics.remove();
    return this;
  }
}
