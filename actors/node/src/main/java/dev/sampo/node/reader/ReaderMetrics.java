package dev.sampo.node.reader;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What following a ledger shows to operators. */
final class ReaderMetrics {

  private static final Logger LOG = LoggerFactory.getLogger(ReaderMetrics.class);

  private final String ledger;
  private final Counter unanswered;
  private final Counter distrusted;
  private final AtomicLong behind;

  ReaderMetrics(MeterRegistry registry, String ledger) {
    this.ledger = ledger;
    var tags = Tags.of("ledger", ledger);
    unanswered = registry.counter("sampo.reader.unanswered", tags);
    distrusted = registry.counter("sampo.reader.distrusted", tags);
    behind = registry.gauge("sampo.reader.behind", tags, new AtomicLong());
  }

  void unanswered() {
    unanswered.increment();
  }

  void distrusted(String source, String reason) {
    distrusted.increment();
    LOG.error("ledger {}: {} is not asked any more, for it sent {}", ledger, source, reason);
  }

  /** By how many blocks this node is behind what the validators have certified. */
  void behind(long blocks) {
    behind.set(blocks);
  }
}
