package dev.sampo.simulation.world;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.mempool.Admission;
import dev.sampo.core.mempool.LaneVoice;
import dev.sampo.core.mempool.Mempool;
import dev.sampo.core.mempool.MempoolEffect;
import dev.sampo.core.mempool.MempoolInput;
import dev.sampo.core.mempool.MempoolMachine;
import dev.sampo.core.mempool.MempoolTimer;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import dev.sampo.simulation.invariant.LaneWrites;
import dev.sampo.simulation.invariant.Observation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Optional;

/** Hosts the mempool and its lanes, as their actor does. */
final class MempoolRole {

  private final Life life;
  private final MempoolMachine machine;
  private final ArrayDeque<MempoolEffect> due = new ArrayDeque<>();
  private final EnumMap<MempoolTimer, Long> timers = new EnumMap<>(MempoolTimer.class);
  private final Channel toConsensus;
  private final Channel toExecution;
  private final Channel toGateway;
  private Optional<Admission> answer = Optional.empty();
  private Optional<WriteSet> inFlight = Optional.empty();
  private Block newestFinal;
  private long timersSet;

  MempoolRole(Life life, LedgerStore store, LaneVoice voice) {
    this.life = life;
    this.machine =
        new MempoolMachine(life.genesis(), life.self(), Mempool.Limits.DEFAULT, store, voice);
    var ledger = new LedgerReader(store);
    this.newestFinal = ledger.block(ledger.lastExecuted()).orElseGet(() -> life.genesis().block());
    this.toConsensus = new Channel(life);
    this.toExecution = new Channel(life);
    this.toGateway = new Channel(life);
  }

  int count() {
    return machine.count();
  }

  long batchBytes() {
    return machine.batchBytes();
  }

  Admission submit(SignedTransaction transaction) {
    step(new MempoolInput.Submitted(transaction));
    var admission = answer.orElseThrow();
    answer = Optional.empty();
    switch (admission) {
      case Admission.Admitted _ -> life.observe(new Observation.TakenIn(life.self(), newestFinal));
      case Admission.Refused(var code) -> {
        if (code == RejectionCode.BACKLOG_LIMIT) {
          life.world().sometimes().count("closed for a backlog");
        }
      }
    }
    return admission;
  }

  void step(MempoolInput input) {
    if (input instanceof MempoolInput.BlocksFinal(var blocks, _)) {
      newestFinal = blocks.getLast();
    }
    due.addAll(machine.step(input, life.moment()));
    for (var effect = due.poll(); effect != null; effect = due.poll()) {
      perform(effect);
    }
  }

  private void perform(MempoolEffect effect) {
    life.world().sometimes().performed(effect);
    switch (effect) {
      case MempoolEffect.Answer(var admission) -> answer = Optional.of(admission);
      case MempoolEffect.Send(var recipients, var message) ->
          life.send(recipients, View.ZERO, message);
      case MempoolEffect.Store(long sequence, var writes) -> onStore(sequence, writes);
      case MempoolEffect.Verify(var batch) -> onVerify(batch);
      case MempoolEffect.Sign(var statement) -> onSign(statement);
      case MempoolEffect.Payload(var view, var transactions, var cut) ->
          tellConsensus(new Input.PayloadBuilt(view, transactions, cut));
      case MempoolEffect.Available(var view, var block) -> {
        life.observe(new Observation.FoundAvailable(life.self(), block));
        tellConsensus(new Input.BatchesAvailable(view, block));
      }
      case MempoolEffect.IncarnationsStored(var announcements) ->
          tellConsensus(new Input.IncarnationsStored(announcements));
      case MempoolEffect.Work(boolean waiting) -> tellConsensus(new Input.WorkChanged(waiting));
      case MempoolEffect.Execute(var blocks, var proof) ->
          toExecution.tell(() -> life.execution().execute(blocks, proof));
      case MempoolEffect.Expired(var ids, var height) ->
          toGateway.tell(() -> life.gateway().expired(ids, height));
      case MempoolEffect.SetTimer(var timer, var delay) -> onSetTimer(timer, delay);
      case MempoolEffect.ReportEvidence(var evidence) ->
          life.observe(new Observation.Accused(life.self(), evidence));
      case MempoolEffect.ReportDataLost lost -> {}
      case MempoolEffect.Halt(var reason) -> life.owner().stop(life, reason);
    }
  }

  private void tellConsensus(Input input) {
    toConsensus.tell(() -> life.consensus().step(input));
  }

  private void onStore(long sequence, WriteSet writes) {
    inFlight = Optional.of(writes);
    var commit = life.owner().medium().begin(life.writer(), writes);
    life.owner().writes(life);
    life.whenWritten(
        () -> {
          commit.arrived();
          life.wrote();
          keptInFlight().ifPresent(life::observe);
          inFlight = Optional.empty();
          step(new MempoolInput.Stored(sequence));
        });
  }

  private void onVerify(Batch batch) {
    life.whenChecked(
        () ->
            step(
                new MempoolInput.Judged(
                    batch.lane(),
                    batch.tip(),
                    life.world().verdicts().firstInvalid(batch.transactions()))));
  }

  private void onSign(Statement statement) {
    var digest = statement.digest(life.world().ledgerId());
    life.observe(new Observation.Signed(life.self(), statement));
    due.addAll(
        machine.step(
            new MempoolInput.Signed(statement, life.owner().signer().sign(digest)), life.moment()));
  }

  private void onSetTimer(MempoolTimer timer, Duration delay) {
    long number = timersSet++;
    timers.put(timer, number);
    life.later(
        delay.toNanos(),
        EventQueue.Kind.TIMER,
        31L * timer.ordinal(),
        () -> {
          if (timers.remove(timer, number)) {
            step(new MempoolInput.TimerFired(timer));
          }
        });
  }

  /** What is on disk although nobody was told so, because a crash kept it. */
  Optional<Observation> keptInFlight() {
    return inFlight.map(writes -> new Observation.Appended(life.self(), LaneWrites.of(writes)));
  }
}
