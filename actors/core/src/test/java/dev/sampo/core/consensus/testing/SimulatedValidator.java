package dev.sampo.core.consensus.testing;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.DurabilityGate;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineStatus;
import dev.sampo.core.consensus.HostPressure;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.TrustedMessages;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** An honest validator: the engine behind its barrier, a disk, an execution and a mempool. */
public final class SimulatedValidator implements World.Participant {

  private static final long SYNC_NANOS = Duration.ofMillis(1).toNanos();
  private static final long EXECUTION_NANOS = Duration.ofMillis(2).toNanos();
  private static final int FETCHED_MAX = 32;

  /** One life, from a start to the next crash. */
  private final class Life {
    private final ConsensusEngine engine = engines.get();
    private final DurabilityGate gate = new DurabilityGate();
    private final LinkedHashMap<TimerId, Integer> timers = new LinkedHashMap<>();
    private Block delivered = disk.ledger().getLast().block();
    private boolean work;
    private int timerNumber;
  }

  private final World world;
  private final ValidatorIndex index;
  private final SimulatedDisk disk;
  private final Supplier<ConsensusEngine> engines;
  private final LinkedHashMap<TransactionId, SignedTransaction> pool = new LinkedHashMap<>();
  private final LinkedHashSet<Hash> ordered = new LinkedHashSet<>();
  private Optional<Life> life = Optional.empty();
  private int persistCount;
  private int syncing;

  SimulatedValidator(
      World world, ValidatorIndex index, SimulatedDisk disk, Supplier<ConsensusEngine> engines) {
    this.world = world;
    this.index = index;
    this.disk = disk;
    this.engines = engines;
  }

  public ValidatorIndex index() {
    return index;
  }

  public boolean isUp() {
    return life.isPresent();
  }

  public EngineStatus status() {
    return life.orElseThrow().engine.status();
  }

  public Height height() {
    return life.map(l -> l.delivered.height()).orElse(Height.ZERO);
  }

  /** How many different transactions the stored and delivered blocks carry. */
  public int deliveredTransactions() {
    return ordered.size();
  }

  boolean hasOrdered(List<SignedTransaction> transactions) {
    return transactions.stream().allMatch(t -> ordered.contains(t.id().hash()));
  }

  public int persistCount() {
    return persistCount;
  }

  /** Promises that are on disk and not yet forgotten. */
  public int promiseCount() {
    return disk.promiseCount();
  }

  void forgetCounts() {
    persistCount = 0;
  }

  public void start() {
    if (isUp()) {
      return;
    }
    world.observer().restarted(index);
    ordered.clear();
    disk.ledger().forEach(stored -> count(stored.block()));
    var begun = new Life();
    life = Optional.of(begun);
    pool.clear();
    world.submitted().stream()
        .filter(transaction -> !ordered.contains(transaction.id().hash()))
        .forEach(transaction -> pool.put(transaction.id(), transaction));
    step(begun, new Input.Started(disk.recovered()));
    step(begun, new Input.IncarnationsStored(List.of()));
    world.genesis().validators().indices().stream()
        .filter(peer -> !peer.equals(index))
        .forEach(peer -> connected(peer));
  }

  /** Everything not yet on disk is gone. */
  public void crash() {
    life = Optional.empty();
  }

  private void connected(ValidatorIndex peer) {
    world.honest().stream()
        .filter(other -> other.index().equals(peer))
        .forEach(other -> other.life.ifPresent(l -> other.step(l, new Input.PeerConnected(index))));
  }

  void submit(SignedTransaction transaction) {
    if (!ordered.contains(transaction.id().hash())) {
      pool.put(transaction.id(), transaction);
    }
    life.ifPresent(this::tellWork);
  }

  void hostBusy(HostPressure pressure) {
    life.ifPresent(l -> step(l, new Input.HostBusy(pressure)));
  }

  @Override
  public void receive(ValidatorIndex from, View lastFinal, ConsensusMessage message) {
    life.ifPresent(
        l -> step(l, new Input.MessageReceived(from, lastFinal, TrustedMessages.of(message))));
  }

  private void step(Life l, Input input) {
    if (life.isEmpty() || life.get() != l) {
      return;
    }
    perform(l, l.gate.admit(l.engine.step(input, world.moment())));
    world.observer().stands(index, l.engine.status());
    tellWork(l);
  }

  private void tellWork(Life l) {
    boolean work = !pool.isEmpty();
    if (work != l.work) {
      l.work = work;
      step(l, new Input.WorkChanged(work));
    }
  }

  private void perform(Life l, List<Effect> effects) {
    for (var effect : effects) {
      switch (effect) {
        case Effect.Persist persist -> {
          persistCount++;
          later(l, SYNC_NANOS, () -> synced(l, persist));
        }
        case Effect.Sign(var statement) ->
            later(
                l,
                0,
                () -> step(l, new Input.StatementSigned(statement, Fakes.sign(statement, index))));
        case Effect.Send(var recipients, var lastFinal, var message) -> {
          checkDurable(message);
          world.send(index, recipients, lastFinal, message);
        }
        case Effect.SetTimer(var timer, var delay) -> setTimer(l, timer, delay);
        case Effect.CancelTimer(var timer) -> l.timers.remove(timer);
        case Effect.BuildPayload build -> later(l, 0, () -> build(l, build));
        case Effect.CheckAvailability(var view, var block, _, _, _) ->
            later(l, 0, () -> step(l, new Input.BatchesAvailable(view, block)));
        case Effect.VerifyInline(var block) ->
            later(l, 0, () -> step(l, new Input.InlineJudged(block.view(), block.hash(), true)));
        case Effect.Finalized(var blocks, var proof) -> deliver(l, blocks, proof);
        case Effect.FetchFinalBlocks fetch -> fetch(l, fetch);
        case Effect.ReportEvidence(var evidence) -> world.observer().accused(evidence);
        case Effect.Report r -> {}
        case Effect.AnnounceIncarnation a -> {}
        case Effect.Halt(var reason) -> {
          world.observer().halted(index, reason);
          crash();
        }
      }
    }
  }

  private void later(Life l, long nanos, Runnable action) {
    world.planNanos(
        nanos,
        () -> {
          if (life.isPresent() && life.get() == l) {
            action.run();
          }
        });
  }

  private void synced(Life l, Effect.Persist persist) {
    disk.sync(persist.promises());
    perform(l, l.gate.persisted(persist.sequence()));
    step(l, new Input.Persisted(persist.sequence()));
  }

  private void checkDurable(ConsensusMessage message) {
    if (message instanceof ConsensusVote(var vote) && vote.signer().equals(index)) {
      world.observer().durable(disk.hasStated(vote.statement()), index, message);
    }
    if (message instanceof Proposal(var block, _, _)) {
      var statement = new Statement.Propose(block.header().epoch(), block.view(), block.hash());
      world.observer().durable(disk.hasStated(statement), index, message);
    }
  }

  private void setTimer(Life l, TimerId timer, Duration delay) {
    int number = l.timerNumber++;
    l.timers.put(timer, number);
    later(
        l,
        delay.toNanos(),
        () -> {
          if (l.timers.remove(timer, number)) {
            step(l, new Input.TimerFired(timer));
          }
        });
  }

  private void build(Life l, Effect.BuildPayload request) {
    var carried = new LinkedHashSet<TransactionId>();
    request.ancestors().forEach(b -> b.inline().forEach(t -> carried.add(t.id())));
    var payload = pool.values().stream().filter(t -> !carried.contains(t.id())).limit(100).toList();
    step(l, new Input.PayloadBuilt(request.view(), payload, request.parent()));
  }

  private void deliver(Life l, List<Block> blocks, FinalityProof proof) {
    world.observer().delivered(index, l.delivered, blocks);
    l.delivered = blocks.getLast();
    blocks.forEach(this::count);
    later(
        l,
        EXECUTION_NANOS,
        () -> {
          disk.store(blocks, proof);
          for (var block : blocks) {
            step(l, new Input.BlockStored(block.view(), block.height()));
          }
        });
  }

  private void count(Block block) {
    for (var transaction : block.inline()) {
      ordered.add(transaction.id().hash());
      pool.remove(transaction.id());
    }
  }

  /** Stands for the sync role: one peer answers with what it has stored, up to a proof. */
  private void fetch(Life l, Effect.FetchFinalBlocks fetch) {
    var holders =
        world.honest().stream()
            .filter(other -> other.isUp() && fetch.holders().contains(other.index()))
            .toList();
    if (holders.isEmpty()) {
      return;
    }
    var ledger = holders.get(syncing++ % holders.size()).disk.ledger();
    int from = (int) fetch.from().number();
    int to = Math.min(from + FETCHED_MAX, ledger.size()) - 1;
    while (to >= from && ledger.get(to).proof().isEmpty()) {
      to--;
    }
    if (to >= from) {
      var blocks = new ArrayList<Block>();
      ledger.subList(from, to + 1).forEach(stored -> blocks.add(stored.block()));
      var proof = ledger.get(to).proof().orElseThrow();
      later(
          l,
          Duration.ofMillis(5).toNanos(),
          () -> step(l, new Input.FinalBlocksFetched(blocks, proof)));
    }
  }
}
