package dev.sampo.cluster.demo;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.SampoClient;
import dev.sampo.client.SampoException;
import dev.sampo.client.TrustAnchor;
import dev.sampo.client.v1.Status;
import dev.sampo.core.genesis.Genesis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A client for each validator of the demo, so that each one answers for itself. */
final class ValidatorClients implements AutoCloseable {

  private static final Duration CALL_MAX = Duration.ofSeconds(1);

  private final List<SampoClient> clients;

  private ValidatorClients(List<SampoClient> clients) {
    this.clients = List.copyOf(clients);
  }

  static ValidatorClients connect(Genesis genesis, List<String> endpoints) {
    var trust = new TrustAnchor.Document(genesis);
    return new ValidatorClients(
        endpoints.stream()
            .map(endpoint -> ClientSettings.of(trust, endpoint).withCallTimeout(CALL_MAX))
            .map(SampoClient::connect)
            .toList());
  }

  /** What the validator says of itself; nothing if it does not answer in time. */
  Optional<Status> status(int index) {
    try {
      return Optional.of(clients.get(index).status());
    } catch (SampoException unreachable) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    clients.forEach(SampoClient::close);
  }
}
