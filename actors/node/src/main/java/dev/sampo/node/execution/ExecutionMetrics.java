package dev.sampo.node.execution;

import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.vote.Evidence;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what execution reports into metrics, and into log lines where they are rare. */
public final class ExecutionMetrics implements ExecutionObserver {

  private static final Logger LOG = LoggerFactory.getLogger(ExecutionMetrics.class);

  private final MeterRegistry registry;
  private final String ledger;
  private final Tags tags;
  private final Counter evidence;
  private final Counter blocks;
  private final Counter executed;
  private final Counter failed;
  private final Counter voided;
  private final Counter duplicates;
  private final AtomicLong height;

  /** {@code ledger} is the name by which every one of the meters bears the ledger's. */
  public ExecutionMetrics(MeterRegistry registry, String ledger) {
    this.registry = registry;
    this.ledger = ledger;
    this.tags = Tags.of("ledger", ledger);
    evidence = registry.counter("sampo.consensus.evidence", tags);
    blocks = registry.counter("sampo.ledger.blocks", tags);
    executed = transactions("executed");
    failed = transactions("failed");
    voided = transactions("void");
    duplicates = transactions("duplicate");
    height = registry.gauge("sampo.ledger.height", tags, new AtomicLong());
  }

  private Counter transactions(String result) {
    return registry.counter("sampo.ledger.transactions", tags.and("result", result));
  }

  /** Takes all meters of the ledger away, so that another copy may have its own. */
  public void remove() {
    registry.getMeters().stream()
        .filter(meter -> ledger.equals(meter.getId().getTag("ledger")))
        .forEach(registry::remove);
  }

  /** Counts what {@code source} counts, such as the syncs of the store. */
  public <T> void count(String name, T source, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, source, value).tags(tags).register(registry);
  }

  /** Measures {@code source} whenever it is asked for. */
  public void measure(String name, LongSupplier source) {
    Gauge.builder(name, source, LongSupplier::getAsLong)
        .strongReference(true)
        .tags(tags)
        .register(registry);
  }

  @Override
  public void evidenceFound(Evidence found) {
    evidence.increment();
    LOG.error("ledger {}: validators {} broke the protocol: {}", ledger, found.culprits(), found);
  }

  @Override
  public void executed(ExecutedBlock block) {
    blocks.increment();
    height.set(block.block().height().number());
    for (var result : block.results()) {
      switch (result) {
        case TransactionResult.Executed(var receipt) ->
            (receipt.ok() ? executed : failed).increment();
        case TransactionResult.Void _ -> voided.increment();
        case TransactionResult.Duplicate _ -> duplicates.increment();
      }
    }
    block
        .faults()
        .forEach(fault -> LOG.error("ledger {}: the application failed: {}", ledger, fault));
  }
}
