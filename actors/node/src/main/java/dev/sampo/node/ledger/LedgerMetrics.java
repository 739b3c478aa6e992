package dev.sampo.node.ledger;

import dev.sampo.core.block.Cut;
import dev.sampo.core.consensus.EngineEvent;
import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Evidence;
import dev.sampo.node.consensus.ConsensusObserver;
import dev.sampo.node.execution.ExecutionMetrics;
import dev.sampo.node.execution.ExecutionObserver;
import dev.sampo.node.mempool.MempoolObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what consensus and execution report into metrics, and into log lines where they are rare.
 */
final class LedgerMetrics implements ConsensusObserver, ExecutionObserver {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerMetrics.class);

  private final MeterRegistry registry;
  private final String ledger;
  private final Tags tags;
  private final ExecutionMetrics execution;
  private final Counter views;
  private final Counter nullifications;
  private final Timer notarized;
  private final Timer finalized;
  private final AtomicLong missingReplies;

  /** {@code ledger} is the name that every meter and every line bears. */
  LedgerMetrics(MeterRegistry registry, String ledger) {
    this.registry = registry;
    this.ledger = ledger;
    this.execution = new ExecutionMetrics(registry, ledger);
    this.tags = Tags.of("ledger", ledger);
    views = registry.counter("sampo.consensus.views", tags);
    nullifications = registry.counter("sampo.consensus.nullifications", tags);
    notarized = registry.timer("sampo.consensus.notarization", tags);
    finalized = registry.timer("sampo.consensus.finalization", tags);
    missingReplies =
        registry.gauge("sampo.consensus.recovery.missing.replies", tags, new AtomicLong());
  }

  /** Those of execution, which go together with these. */
  ExecutionMetrics execution() {
    return execution;
  }

  @Override
  public void reported(EngineEvent event) {
    switch (event) {
      case EngineEvent.ViewEntered entered -> views.increment();
      case EngineEvent.ViewNullified nullified -> nullifications.increment();
      case EngineEvent.BlockNotarized(_, var since) -> notarized.record(since);
      case EngineEvent.BlockFinalized(_, var since) -> finalized.record(since);
      case EngineEvent.MessageIgnored(_, var reason) ->
          registry
              .counter("sampo.consensus.ignored.messages", tags.and("reason", reason))
              .increment();
      case EngineEvent.Recovering(int replies, int needed) -> {
        missingReplies.set(Math.max(0, needed - replies));
        LOG.warn(
            "ledger {}: the promises of this validator are lost: {} of {} others have said how far"
                + " it may have gone; until then it takes no part in consensus",
            ledger,
            replies,
            needed);
      }
      case EngineEvent.RecoverySettled(var from, int incarnation) -> {
        missingReplies.set(0);
        LOG.info(
            "ledger {}: this validator votes again from view {} on, incarnation {}",
            ledger,
            from,
            incarnation);
      }
      case EngineEvent.ClockBehind(var by) ->
          LOG.warn("ledger {}: this node's clock is {} ms behind its time", ledger, by.toMillis());
    }
  }

  @Override
  public void evidenceFound(Evidence evidence) {
    execution.evidenceFound(evidence);
  }

  /** Told of transactions that the time of the block at {@code height} has overtaken. */
  @FunctionalInterface
  interface ExpiryListener {
    void expired(List<TransactionId> ids, Height height);
  }

  /** What the mempool reports, but for expiries, which go to {@code expiries}. */
  MempoolObserver mempool(ExpiryListener expiries) {
    return new MempoolObserver() {
      @Override
      public void expired(List<TransactionId> ids, Height at) {
        expiries.expired(ids, at);
      }

      @Override
      public void evidenceFound(Evidence evidence) {
        LedgerMetrics.this.evidenceFound(evidence);
      }

      @Override
      public void dataLost(ValidatorIndex lane, Cut.Tip batch) {
        LOG.error(
            "ledger {}: no validator has the batch at height {} of lane {}, which a final block"
                + " orders: {}",
            ledger,
            batch.height(),
            lane,
            batch.digest().hex());
      }
    };
  }

  @Override
  public void executed(ExecutedBlock block) {
    execution.executed(block);
  }
}
