package dev.sampo.simulation.world;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineStatus;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.mempool.MempoolInput;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.simulation.invariant.Observation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;

/** Hosts the consensus engine behind its barrier, as the consensus actor does. */
final class ConsensusRole {

  private final Life life;
  private final ConsensusEngine engine;
  private final Machines.Barrier gate;
  private final ArrayDeque<Effect> due = new ArrayDeque<>();
  private final LinkedHashMap<TimerId, Long> timers = new LinkedHashMap<>();
  private final Channel toMempool;
  private final Channel toSync;
  private EngineStatus status;
  private long timersSet;

  ConsensusRole(Life life) {
    this.life = life;
    var machines = life.world().machines();
    this.engine = machines.engine(life.genesis(), life.self());
    this.status = engine.status();
    this.gate = machines.barrier(life.self());
    this.toMempool = new Channel(life);
    this.toSync = new Channel(life);
  }

  void start(Recovered recovered) {
    step(new Input.Started(recovered));
    life.observe(new Observation.Stands(life.self(), status));
  }

  /** Where the engine stands after its last step. */
  EngineStatus status() {
    return status;
  }

  void step(Input input) {
    due.addAll(gate.admit(engine.step(input, life.moment())));
    performDue();
    var stands = engine.status();
    if (!stands.equals(status)) {
      status = stands;
      life.observe(new Observation.Stands(life.self(), stands));
    }
  }

  /** Signing feeds the engine again, so effects may grow while they are performed. */
  private void performDue() {
    for (var effect = due.poll(); effect != null; effect = due.poll()) {
      perform(effect);
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Persist persist -> onPersist(persist);
      case Effect.Sign(var statement) -> onSign(statement);
      case Effect.Send send -> life.send(send.recipients(), send.lastFinal(), send.message());
      case Effect.SetTimer(var timer, var delay) -> onSetTimer(timer, delay);
      case Effect.CancelTimer(var timer) -> timers.remove(timer);
      case Effect.BuildPayload(var view, var ancestors, var parent, int bytesMax, int batchesMax) ->
          tellMempool(
              new MempoolInput.PayloadWanted(view, ancestors, parent, bytesMax, batchesMax));
      case Effect.CheckAvailability(var view, var block, var parent, var cut, var proposer) ->
          tellMempool(new MempoolInput.AvailabilityWanted(view, block, parent, cut, proposer));
      case Effect.VerifyInline(var block) -> onVerifyInline(block);
      case Effect.Finalized(var blocks, var proof) -> onFinalized(blocks, proof);
      case Effect.FetchFinalBlocks fetch -> {
        life.world().sometimes().count("sync over a gap");
        toSync.tell(() -> life.sync().fetch(fetch));
      }
      case Effect.AnnounceIncarnation(int incarnation) ->
          tellMempool(new MempoolInput.IncarnationSettled(incarnation));
      case Effect.ReportEvidence(var evidence) -> {
        life.world().sometimes().found(evidence);
        life.observe(new Observation.Accused(life.self(), evidence));
      }
      case Effect.Report(var event) -> life.world().sometimes().reported(event);
      case Effect.Halt(var reason) -> life.owner().stop(life, reason);
    }
  }

  private void tellMempool(MempoolInput input) {
    toMempool.tell(() -> life.mempool().step(input));
  }

  private void onPersist(Effect.Persist persist) {
    life.owner().journal().begin(life.writer(), persist.promises());
    life.owner().writes(life);
    life.whenWritten(() -> onWritten(persist.sequence()));
  }

  private void onWritten(long sequence) {
    var written = life.owner().journal().arrived(life.writer());
    life.wrote();
    for (var promise : written) {
      life.observe(new Observation.Promised(life.self(), promise));
    }
    step(new Input.Persisted(sequence));
    due.addAll(gate.persisted(sequence));
    performDue();
  }

  private void onVerifyInline(Block block) {
    life.whenChecked(
        () -> {
          boolean valid = life.world().verdicts().firstInvalid(block.inline()).isEmpty();
          step(new Input.InlineJudged(block.view(), block.hash(), valid));
        });
  }

  private void onSign(Statement statement) {
    var digest = statement.digest(life.world().ledgerId());
    life.observe(new Observation.Signed(life.self(), statement));
    step(new Input.StatementSigned(statement, life.owner().signer().sign(digest)));
  }

  private void onSetTimer(TimerId timer, Duration delay) {
    long number = timersSet++;
    timers.put(timer, number);
    long detail = timer.kind().ordinal() + 31 * timer.view().number();
    life.later(
        delay.toNanos(),
        EventQueue.Kind.TIMER,
        detail,
        () -> {
          if (timers.remove(timer, number)) {
            life.world().sometimes().fired(timer);
            step(new Input.TimerFired(timer));
          }
        });
  }

  private void onFinalized(List<Block> blocks, FinalityProof proof) {
    tellMempool(new MempoolInput.BlocksFinal(blocks, proof));
    toSync.tell(() -> life.sync().noteFinal(blocks.getLast().height()));
  }
}
