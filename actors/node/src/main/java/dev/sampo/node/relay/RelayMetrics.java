package dev.sampo.node.relay;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what a relay carries, and says what is rare. Called by one actor only. */
final class RelayMetrics {

  private static final Logger LOG = LoggerFactory.getLogger(RelayMetrics.class);

  private final MeterRegistry registry;

  /** How far a link is. */
  private record Gauges(AtomicLong lagMillis, AtomicLong ended) {}

  /** By link; as many as there are channels. */
  private final TreeMap<RelayLink.Key, Gauges> gauges = new TreeMap<>();

  RelayMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void found(RelayLink link) {
    LOG.info(
        "relaying from ledger {} to {} by channel {}",
        link.source().name(),
        link.destination().name(),
        link.channel());
  }

  private Gauges of(RelayLink link) {
    var tags = Tags.of("ledger", link.source().name(), "channel", link.channel().name());
    return gauges.computeIfAbsent(
        link.key(),
        _ ->
            new Gauges(
                registry.gauge("sampo.relay.lag.millis", tags, new AtomicLong()),
                registry.gauge("sampo.relay.ended", tags, new AtomicLong())));
  }

  void carried(RelayLink link, Carried carried) {
    of(link).lagMillis().set(carried.waited().toMillis());
    of(link).ended().set(carried.next().floor() - 1);
    for (var operation : carried.operations()) {
      var tags = Tags.of("ledger", operation.ledger(), "kind", operation.step().label());
      boolean isDone = operation.refusal().isEmpty();
      registry.counter(isDone ? "sampo.relay.operations" : "sampo.relay.refused", tags).increment();
    }
  }

  /** Told of the first of several rounds in a row that did not do what they should. */
  void stumbled(RelayLink link, String why, Duration pause) {
    LOG.warn(
        "relaying from ledger {} by channel {}: {}; again in {} ms",
        link.source().name(),
        link.channel(),
        why,
        pause.toMillis());
  }
}
