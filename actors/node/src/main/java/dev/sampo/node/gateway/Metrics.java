package dev.sampo.node.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What the gateway counts, in the node's registry. */
final class Metrics {

  private static final String OK = "OK";

  /**
   * There are as many as hosted ledgers times methods times codes of the catalogue and of the
   * applications.
   */
  private record Served(String ledger, String method, String code) {}

  private final PrometheusMeterRegistry registry;

  /** The registry would compare and sort the tags at each request. */
  private final Map<Served, Timer> timers = new ConcurrentHashMap<>();

  Metrics(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /** A request to {@code ledger} was answered, with {@code refused} if it was. */
  void served(String ledger, String method, Optional<Refused> refused, long startNanos) {
    var served = new Served(ledger, method, refused.map(each -> each.error().code()).orElse(OK));
    timers
        .computeIfAbsent(served, this::timer)
        .record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Served served) {
    return registry.timer(
        "sampo.gateway.requests",
        "ledger",
        served.ledger(),
        "method",
        served.method(),
        "code",
        served.code());
  }

  /** A request was forwarded, with this result of a few. */
  void forwarded(String result) {
    registry.counter("sampo.gateway.forwarded", "result", result).increment();
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
