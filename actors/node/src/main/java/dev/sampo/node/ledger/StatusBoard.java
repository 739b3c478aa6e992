package dev.sampo.node.ledger;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.consensus.EngineEvent.Recovering;
import dev.sampo.core.consensus.EngineStatus;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.node.consensus.ConsensusActor;
import dev.sampo.node.execution.AttestedProgress;
import dev.sampo.node.execution.ExecutionActor;
import dev.sampo.node.gateway.Readiness;
import dev.sampo.node.gateway.StatusView;
import dev.sampo.node.gateway.StatusView.Report;
import dev.sampo.node.gateway.StatusView.ValidatorStatus;
import dev.sampo.node.mempool.MempoolActor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** What a node knows about itself and its peers, kept for those who ask. Not thread-safe. */
final class StatusBoard {

  private final LedgerSettings settings;
  private final LongSupplier syncs;
  private final long startedMillis = System.currentTimeMillis();
  private final RateWindow window = new RateWindow();
  private final TreeSet<ValidatorIndex> reachable = new TreeSet<>();
  private Optional<EngineStatus> engine = Optional.empty();
  private Optional<Recovering> recovering = Optional.empty();
  private Map<ValidatorIndex, View> views = new TreeMap<>();
  private AttestedProgress attested = new AttestedProgress(new TreeMap<>());
  private MempoolActor.Level level = new MempoolActor.Level(0, 0);
  private BlockHeader executed;
  private Hash stateRoot;
  private Height certified;
  private long blocks;
  private long transactions;
  private int membersUp;
  private boolean draining;

  /** {@code start} is what the store holds when the node starts. */
  StatusBoard(LedgerSettings settings, LongSupplier syncs, Start start) {
    this.settings = settings;
    this.syncs = syncs;
    this.executed = start.executed();
    this.stateRoot = start.stateRoot();
    this.certified = start.certified();
  }

  /** Where a ledger stood when its node started. */
  record Start(BlockHeader executed, Hash stateRoot, Height certified) {}

  void notePeer(ValidatorIndex peer, boolean isReachable) {
    if (isReachable) {
      reachable.add(peer);
    } else {
      reachable.remove(peer);
    }
  }

  void noteCluster(int members) {
    membersUp = members;
  }

  void beginDrain() {
    draining = true;
  }

  void noteStanding(ConsensusActor.Standing standing) {
    engine = Optional.of(standing.engine());
    views = standing.views();
    recovering = standing.recovering();
  }

  void noteProgress(AttestedProgress progress) {
    attested = progress;
  }

  void noteLevel(MempoolActor.Level now) {
    level = now;
  }

  void noteExecution(ExecutionActor.Event event) {
    switch (event) {
      case ExecutionActor.BlockStored(var header, var root, int count) -> {
        executed = header;
        stateRoot = root;
        blocks++;
        transactions += count;
      }
      case ExecutionActor.StateCertified(var certificate) -> {
        if (certificate.statement() instanceof StateAttest attest
            && attest.height().isAfter(certified)) {
          certified = attest.height();
        }
      }
    }
  }

  void takeSample(long nanos) {
    window.add(new RateWindow.Sample(nanos, blocks, transactions, syncs.getAsLong()));
  }

  Readiness readiness() {
    var reasons = new ArrayList<String>();
    if (draining) {
      reasons.add("the node is stopping");
    }
    if (engine.isEmpty()) {
      reasons.add("consensus is recovering its promises");
    }
    recovering.ifPresent(
        waits ->
            reasons.add(
                "the promises of this validator are lost: %d of %d others have answered"
                    .formatted(waits.replies(), waits.needed())));
    int present = reachable.size() + 1;
    int quorum = settings.genesis().validators().quorum();
    if (present < quorum) {
      reasons.add("reaches " + present + " validators, itself included, and needs " + quorum);
    }
    return reasons.isEmpty() ? Readiness.READY : new Readiness(reasons);
  }

  StatusView status() {
    int quorum = settings.genesis().validators().quorum();
    return new StatusView(
        settings.selfInfo().name(),
        false,
        settings.genesis().ledgerId(),
        progress(),
        load(),
        quorum,
        reachable.size() + 1 - quorum,
        membersUp,
        validators());
  }

  private StatusView.Progress progress() {
    var standing = engine.orElseGet(this::unknownStanding);
    return new StatusView.Progress(
        standing.epoch(),
        standing.view(),
        standing.leader(),
        standing.finalHeight(),
        executed.height(),
        certified,
        stateRoot,
        executed.time());
  }

  private EngineStatus unknownStanding() {
    return new EngineStatus(
        executed.epoch(), executed.view(), executed.proposer(), executed.view(), executed.height());
  }

  private StatusView.Load load() {
    return new StatusView.Load(
        System.currentTimeMillis() - startedMillis,
        level.transactions(),
        transactions,
        window.syncsPerBlock(),
        window.blocksPerSecond(),
        window.transactionsPerSecond());
  }

  private List<ValidatorStatus> validators() {
    var rows = new ArrayList<ValidatorStatus>();
    for (var index : settings.genesis().validators().indices()) {
      var info = settings.validators().get(index.number());
      boolean isSelf = index.equals(settings.self());
      rows.add(
          new ValidatorStatus(
              index,
              info.name(),
              info.key(),
              info.dataCentre(),
              isSelf || reachable.contains(index),
              isSelf ? Optional.of(ownReport()) : report(index)));
    }
    return rows;
  }

  private Report ownReport() {
    return new Report(
        ProcessHandle.current().pid(), progress().view(), executed.height(), stateRoot);
  }

  /** What the validator attested and voted; its process id is its own business. */
  private Optional<Report> report(ValidatorIndex index) {
    return Optional.ofNullable(attested.newest().get(index))
        .map(
            newest ->
                new Report(
                    0, views.getOrDefault(index, View.ZERO), newest.height(), newest.stateRoot()));
  }
}
