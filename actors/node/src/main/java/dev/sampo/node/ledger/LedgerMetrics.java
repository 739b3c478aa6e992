package dev.sampo.node.ledger;

import dev.sampo.core.block.Cut;
import dev.sampo.core.consensus.EngineEvent;
import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Evidence;
import dev.sampo.node.consensus.ConsensusObserver;
import dev.sampo.node.execution.ExecutionObserver;
import dev.sampo.node.mempool.MempoolObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
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
  private final Counter views;
  private final Counter nullifications;
  private final Timer notarized;
  private final Timer finalized;
  private final Counter blocks;
  private final Counter executed;
  private final Counter failed;
  private final Counter voided;
  private final Counter duplicates;
  private final AtomicLong height;
  private final AtomicLong missingReplies;

  /** {@code ledger} is the name by which every one of the meters bears the ledger's. */
  LedgerMetrics(MeterRegistry registry, String ledger) {
    this.registry = registry;
    this.ledger = ledger;
    this.tags = Tags.of("ledger", ledger);
    views = registry.counter("sampo.consensus.views", tags);
    nullifications = registry.counter("sampo.consensus.nullifications", tags);
    notarized = registry.timer("sampo.consensus.notarization", tags);
    finalized = registry.timer("sampo.consensus.finalization", tags);
    blocks = registry.counter("sampo.ledger.blocks", tags);
    executed = transactions("executed");
    failed = transactions("failed");
    voided = transactions("void");
    duplicates = transactions("duplicate");
    height = registry.gauge("sampo.ledger.height", tags, new AtomicLong());
    missingReplies =
        registry.gauge("sampo.consensus.recovery.missing.replies", tags, new AtomicLong());
  }

  /** Takes all meters of the ledger away, so that another copy may have its own. */
  void remove() {
    registry.getMeters().stream()
        .filter(meter -> ledger.equals(meter.getId().getTag("ledger")))
        .forEach(registry::remove);
  }

  private Counter transactions(String result) {
    return registry.counter("sampo.ledger.transactions", tags.and("result", result));
  }

  /** Counts what {@code source} counts, such as the syncs of the store. */
  <T> void count(String name, T source, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, source, value).tags(tags).register(registry);
  }

  /** Measures {@code source} whenever it is asked for. */
  void measure(String name, LongSupplier source) {
    Gauge.builder(name, source, LongSupplier::getAsLong)
        .strongReference(true)
        .tags(tags)
        .register(registry);
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
            "the promises of this validator are lost: {} of {} others have said how far it may"
                + " have gone; until then it takes no part in consensus",
            replies,
            needed);
      }
      case EngineEvent.RecoverySettled(var from, int incarnation) -> {
        missingReplies.set(0);
        LOG.info("this validator votes again from view {} on, incarnation {}", from, incarnation);
      }
      case EngineEvent.ClockBehind(var by) ->
          LOG.warn("this node's clock is {} ms behind ledger time", by.toMillis());
    }
  }

  @Override
  public void evidenceFound(Evidence evidence) {
    registry.counter("sampo.consensus.evidence", tags).increment();
    LOG.error("validators {} broke the protocol: {}", evidence.culprits(), evidence);
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
            "no validator has the batch at height {} of lane {}, which a final block orders: {}",
            batch.height(),
            lane,
            batch.digest().hex());
      }
    };
  }

  @Override
  public void executed(ExecutedBlock block) {
    blocks.increment();
    height.set(block.block().height().number());
    for (var result : block.results()) {
      switch (result) {
        case TransactionResult.Executed(var receipt) ->
            (receipt.ok() ? executed : failed).increment();
        case TransactionResult.Void none -> voided.increment();
        case TransactionResult.Duplicate again -> duplicates.increment();
      }
    }
    block.faults().forEach(fault -> LOG.error("the application failed: {}", fault));
  }
}
