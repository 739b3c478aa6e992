package dev.sampo.node.gateway;

import com.typesafe.config.ConfigFactory;
import dev.sampo.client.Backoff;
import dev.sampo.client.ClientSettings;
import dev.sampo.client.SampoClient;
import dev.sampo.client.TransactionBuilder;
import dev.sampo.client.TrustAnchor;
import dev.sampo.core.transaction.AccountId;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.ServerBinding;

/** A gateway over a {@link SmallLedger} on a free port, with the clients that tests use. */
final class TestGateway implements AutoCloseable {

  private static final String CONFIG =
      """
      pekko.loglevel = WARNING
      pekko.stdout-loglevel = WARNING
      pekko.jvm-exit-on-fatal-error = off
      """;

  /** Gives up on a ledger that says nothing after half a second. */
  static final GatewaySettings.Limits IMPATIENT =
      new GatewaySettings.Limits(
          64, 64, 16, 8, 16, 16, Duration.ofSeconds(10), Duration.ofMillis(500));

  final SmallLedger ledger;
  final SmallLedgers ledgers;
  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final ActorTestKit kit =
      ActorTestKit.create(
          "gateway", ConfigFactory.parseString(CONFIG).withFallback(ConfigFactory.load()));
  final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final ServerBinding binding;

  TestGateway() {
    this(GatewaySettings.Limits.DEFAULT);
  }

  TestGateway(GatewaySettings.Limits limits) {
    this(new SmallLedger(), limits, Routing.alone("v1"));
  }

  /** With a replica of {@code ledger}, which others may have too, until it is removed. */
  TestGateway(SmallLedger ledger, GatewaySettings.Limits limits, Routing routing) {
    this.ledger = ledger;
    this.ledgers = new SmallLedgers(ledger);
    this.binding =
        Gateway.start(
                kit.system(),
                ledgers,
                new GatewaySettings("127.0.0.1", 0, limits),
                registry,
                routing)
            .toCompletableFuture()
            .join();
  }

  int port() {
    return binding.localAddress().getPort();
  }

  SampoClient client() {
    return client("127.0.0.1:" + port());
  }

  SampoClient client(String... endpoints) {
    return clientOf(ledger, endpoints);
  }

  SampoClient clientOf(SmallLedger which, String... endpoints) {
    var nodes = endpoints.length == 0 ? List.of("127.0.0.1:" + port()) : List.of(endpoints);
    return SampoClient.connect(
        new ClientSettings(
            nodes,
            new TrustAnchor.Pinned(which.document().ledgerId()),
            Duration.ofSeconds(10),
            new Backoff(2, Duration.ofMillis(10), Duration.ofMillis(20))));
  }

  TransactionBuilder from(AccountId sender) {
    return from(ledger, sender);
  }

  TransactionBuilder from(SmallLedger which, AccountId sender) {
    return TransactionBuilder.of(
        which.document().ledgerId(), sender, SmallLedger.signer(sender.name()));
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  HttpResponse<String> post(String path, String type, byte[] body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(
          request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    http.close();
    kit.shutdownTestKit();
  }
}
