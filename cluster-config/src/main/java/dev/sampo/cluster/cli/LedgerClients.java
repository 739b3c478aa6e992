package dev.sampo.cluster.cli;

import dev.sampo.client.SampoClient;
import dev.sampo.core.types.LedgerId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One client for each ledger that a command comes to; all of them at the same nodes. */
final class LedgerClients implements AutoCloseable {

  private static final Duration CALL_MAX = Duration.ofSeconds(10);

  private final ClientOptions options;
  private final Map<LedgerId, SampoClient> clients = new ConcurrentHashMap<>();

  LedgerClients(ClientOptions options) {
    this.options = options;
  }

  SampoClient of(LedgerId ledger) {
    return clients.computeIfAbsent(
        ledger, id -> SampoClient.connect(options.settings(id.hex(), CALL_MAX)));
  }

  @Override
  public void close() {
    clients.values().forEach(SampoClient::close);
  }
}
