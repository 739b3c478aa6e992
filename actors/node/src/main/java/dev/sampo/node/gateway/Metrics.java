package dev.sampo.node.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the gateway counts, in the node's registry. */
final class Metrics {

  private static final String OK = "OK";

  private final PrometheusMeterRegistry registry;

  Metrics(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /** A request was answered, with {@code refused} if it was. */
  void served(String method, Optional<Refused> refused, long startNanos) {
    registry
        .timer(
            "sampo.gateway.requests",
            "method",
            method,
            "code",
            refused.map(each -> each.error().code()).orElse(OK))
        .record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
  }

  Slots gauged(String what, Slots slots) {
    Gauge.builder("sampo.gateway.in.hand", slots, Slots::taken)
        .tag("what", what)
        .register(registry);
    return slots;
  }

  /** In the text format of Prometheus. */
  String scrape() {
    return registry.scrape();
  }
}
