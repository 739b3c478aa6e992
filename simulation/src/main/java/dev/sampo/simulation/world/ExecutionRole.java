package dev.sampo.simulation.world;

import dev.sampo.core.consensus.Input;
import dev.sampo.core.execution.Attestations;
import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.execution.LedgerExecutor;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.mempool.MempoolInput;
import dev.sampo.core.message.PeerMessage.Attestation;
import dev.sampo.core.message.PeerMessage.StateCertificates;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.core.vote.Vote;
import dev.sampo.simulation.invariant.Observation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Executes, stores and attests final blocks, as the execution actor does. */
final class ExecutionRole {

  private static final int BATCH_MAX = 64;

  /** Blocks of which the last has the proof, so that they are stored together (D6). */
  private record Application(List<OrderedBlock> blocks, FinalityProof proof) {}

  private final Life life;
  private final LedgerStore store;
  private final LedgerReader ledger;
  private final LedgerExecutor executor;
  private final Attestations attestations;
  private final ArrayDeque<Application> queue = new ArrayDeque<>();
  private final Channel toConsensus;
  private final Channel toMempool;
  private final Channel toGateway;
  private List<ExecutedBlock> inFlight = List.of();
  private boolean applying;

  ExecutionRole(Life life, LedgerStore store) {
    this.life = life;
    this.store = store;
    this.ledger = new LedgerReader(store);
    var world = life.world();
    var application = world.machines().application(life.self());
    this.executor = LedgerExecutor.open(life.genesis(), application, world.verdicts(), store);
    executor.initialWrites().ifPresent(store::commit);
    this.attestations =
        Attestations.open(life.genesis().validators(), Optional.of(life.self()), store);
    this.toConsensus = new Channel(life);
    this.toMempool = new Channel(life);
    this.toGateway = new Channel(life);
  }

  /** A restarted validator speaks of its newest states again (7.12). */
  void start() {
    ledger.newestStatements(2).forEach(statement -> attest(statement, true));
    attestations.newest().ifPresent(this::tellCertified);
  }

  void execute(List<OrderedBlock> blocks, FinalityProof proof) {
    queue.add(new Application(blocks, proof));
    applyNext();
  }

  private void applyNext() {
    if (applying || queue.isEmpty()) {
      return;
    }
    applying = true;
    var executed = new ArrayList<ExecutedBlock>();
    while (executed.size() < BATCH_MAX && !queue.isEmpty()) {
      var next = queue.removeFirst();
      next.blocks().forEach(block -> executed.add(executor.execute(block, next.proof())));
    }
    inFlight = executed;
    var writes = WriteSet.of(executed.stream().map(ExecutedBlock::writes).toList());
    var commit = life.owner().medium().begin(life.writer(), writes);
    life.owner().writes(life);
    life.whenExecuted(
        executed,
        () -> {
          commit.arrived();
          life.wrote();
          onApplied(executed);
        });
  }

  private void onApplied(List<ExecutedBlock> blocks) {
    inFlight = List.of();
    executor.committed(blocks.getLast().block().height());
    life.observe(new Observation.Stored(life.self(), blocks, ledger.state()));
    life.observe(
        new Observation.Held(
            life.self(),
            life.owner().journal().size(),
            life.mempool().count(),
            life.mempool().batchBytes()));
    applying = false;
    applyNext();
    for (var executed : blocks) {
      var block = executed.block();
      toConsensus.tell(
          () -> life.consensus().step(new Input.BlockStored(block.view(), block.height())));
      var told = new MempoolInput.BlockExecuted(executed.ordered(), executed.results());
      toMempool.tell(() -> life.mempool().step(told));
      toGateway.tell(() -> life.gateway().executed(executed.results()));
      attest(executed.statement(), executed.attestationDue());
    }
  }

  private void attest(StateAttest statement, boolean due) {
    attestations.executed(statement);
    if (!due) {
      return;
    }
    var digest = statement.digest(life.world().ledgerId());
    life.observe(new Observation.Signed(life.self(), statement));
    var vote = new Vote(statement, life.self(), life.owner().signer().sign(digest));
    handle(attestations.add(vote));
    life.broadcast(new Attestation(vote));
  }

  /** What is on disk although nobody was told so, because a crash kept it. */
  Optional<Observation> keptInFlight() {
    return inFlight.isEmpty()
        ? Optional.empty()
        : Optional.of(new Observation.Stored(life.self(), inFlight, ledger.state()));
  }

  void take(Vote vote) {
    handle(attestations.add(vote));
  }

  void take(List<Certificate> certificates) {
    certificates.forEach(certificate -> handle(attestations.add(certificate)));
  }

  private void handle(Attestations.Update update) {
    update.evidence().ifPresent(found -> life.observe(new Observation.Accused(life.self(), found)));
    if (!update.writes().writes().isEmpty()) {
      store.defer(update.writes());
    }
    update.certified().ifPresent(this::tellCertified);
  }

  private void tellCertified(Certificate certificate) {
    toConsensus.tell(() -> life.consensus().step(new Input.StateCertified(certificate)));
  }

  void greet(ValidatorIndex peer) {
    var to = List.of(peer);
    attestations.newestOwn().forEach(vote -> life.send(to, View.ZERO, new Attestation(vote)));
    attestations
        .newest()
        .ifPresent(newest -> life.send(to, View.ZERO, new StateCertificates(List.of(newest))));
  }
}
