package dev.sampo.node.reader;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.node.gateway.Readiness;
import dev.sampo.node.gateway.StatusView;
import dev.sampo.node.gateway.StatusView.Report;
import dev.sampo.node.gateway.StatusView.ValidatorStatus;
import dev.sampo.node.ledger.LedgerSettings;
import dev.sampo.node.ledger.RateWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** What a reader knows of a ledger that it follows, for those who ask. Not thread-safe. */
final class ReaderBoard {

  /** A reader that is further behind than that is not in sync. */
  static final long BEHIND_MAX = 64;

  /** A reader that has heard of no replica for longer does not know how far the ledger is. */
  static final Duration SILENCE_MAX = Duration.ofSeconds(5);

  /** Where a ledger stood when its node started. */
  record Start(BlockHeader executed, Hash stateRoot, Height certified) {}

  private final String node;
  private final LedgerSettings settings;
  private final LongSupplier syncs;
  private final long startedMillis = System.currentTimeMillis();
  private final RateWindow window = new RateWindow();
  private final Map<ValidatorIndex, Report> signed = new TreeMap<>();
  private Optional<Long> heardNanos = Optional.empty();
  private BlockHeader executed;
  private Hash stateRoot;
  private Height certified;
  private long blocks;
  private long transactions;
  private int membersUp;
  private boolean draining;
  private boolean aheadOfAll;

  /** {@code node}: the name of this one. */
  ReaderBoard(String node, LedgerSettings settings, LongSupplier syncs, Start start) {
    this.node = node;
    this.settings = settings;
    this.syncs = syncs;
    this.executed = start.executed();
    this.stateRoot = start.stateRoot();
    this.certified = start.certified();
  }

  void noteCluster(int members) {
    membersUp = members;
  }

  void beginDrain() {
    draining = true;
  }

  /** A replica gave an answer that was found to be true. */
  void noteHeard(long nanos, boolean isAheadOfAll) {
    heardNanos = Optional.of(nanos);
    aheadOfAll = isAheadOfAll;
  }

  void noteStored(BlockHeader header, Hash root, int executedTransactions) {
    executed = header;
    stateRoot = root;
    blocks++;
    transactions += executedTransactions;
  }

  void noteCertified(Certificate certificate) {
    if (certificate.statement() instanceof StateAttest attest) {
      var report = new Report(0, View.ZERO, attest.height(), attest.stateRoot());
      certificate
          .signers()
          .forEach(
              signer ->
                  signed.merge(
                      signer,
                      report,
                      (known, later) -> later.height().isBefore(known.height()) ? known : later));
      certified = certified.isBefore(attest.height()) ? attest.height() : certified;
    }
  }

  void takeSample(long nanos) {
    window.add(new RateWindow.Sample(nanos, blocks, transactions, syncs.getAsLong()));
  }

  /** By how many blocks this node is behind what the validators have certified. */
  long behind() {
    return Math.max(0, certified.number() - executed.height().number());
  }

  Readiness readiness(long nanos) {
    var reasons = new ArrayList<String>();
    if (draining) {
      reasons.add("the node is stopping");
    }
    boolean isSilent = heardNanos.map(heard -> nanos - heard > SILENCE_MAX.toNanos()).orElse(true);
    if (isSilent) {
      reasons.add("no validator's replica has answered for " + SILENCE_MAX.toSeconds() + " s");
    }
    if (behind() > BEHIND_MAX) {
      reasons.add("is " + behind() + " blocks behind");
    }
    if (aheadOfAll) {
      reasons.add(
          "every replica that answers lacks more than %d of the blocks that are stored here: was"
                  .formatted(BEHIND_MAX)
              + " the network set up again from an older state?");
    }
    return reasons.isEmpty() ? Readiness.READY : new Readiness(reasons);
  }

  StatusView status() {
    int quorum = settings.genesis().validators().quorum();
    var validators = validators();
    int reachable = (int) validators.stream().filter(ValidatorStatus::reachable).count();
    return new StatusView(
        node,
        true,
        settings.genesis().ledgerId(),
        new StatusView.Progress(
            executed.epoch(),
            executed.view(),
            executed.proposer(),
            executed.height(),
            executed.height(),
            certified,
            stateRoot,
            executed.time()),
        new StatusView.Load(
            System.currentTimeMillis() - startedMillis,
            0,
            transactions,
            window.syncsPerBlock(),
            window.blocksPerSecond(),
            window.transactionsPerSecond()),
        quorum,
        reachable - quorum,
        membersUp,
        validators);
  }

  /** A reader has no links with validators: those count whose signatures it has seen lately. */
  private List<ValidatorStatus> validators() {
    var rows = new ArrayList<ValidatorStatus>();
    for (var index : settings.genesis().validators().indices()) {
      var info = settings.validators().get(index.number());
      var report = Optional.ofNullable(signed.get(index));
      boolean isRecent =
          report
              .filter(said -> certified.number() - said.height().number() <= BEHIND_MAX)
              .isPresent();
      rows.add(
          new ValidatorStatus(index, info.name(), info.key(), info.dataCentre(), isRecent, report));
    }
    return rows;
  }
}
