package dev.sampo.node.gateway;

import static dev.sampo.node.gateway.SmallLedger.ALICE;
import static dev.sampo.node.gateway.SmallLedger.BOB;
import static dev.sampo.node.gateway.SmallLedger.COIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.client.TransactionBuilder;
import dev.sampo.client.TrustAnchor;
import dev.sampo.node.GatewayNode;
import dev.sampo.node.cluster.ClusterKeys;
import dev.sampo.node.gateway.RemoteReplica.Address;
import dev.sampo.node.routing.DirectoryActor;
import dev.sampo.node.routing.KnownReplicas;
import dev.sampo.node.system.FreePorts;
import dev.sampo.node.system.Membership;
import dev.sampo.node.system.NodeSystem;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Members of a real cluster, two of them with a replica, and a gateway that finds them by itself.
 */
@Timeout(120)
class GatewayNodeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofSeconds(20);

  /** A node that ends says nothing, as if it had been killed. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "pekko.loglevel",
          "ERROR",
          "pekko.coordinated-shutdown.run-by-actor-system-terminate",
          "off");

  @TempDir private Path folder;
  private final SmallLedger ledger = new SmallLedger();
  private final List<ActorSystem<?>> systems = new ArrayList<>();
  private final List<Integer> ports = FreePorts.any(7);

  @AfterEach
  void stop() {
    systems.forEach(ActorSystem::terminate);
    systems.forEach(system -> system.getWhenTerminated().toCompletableFuture().join());
  }

  private Membership member(int number, String dataCentre, List<String> roles, ClusterKeys keys) {
    return new Membership(
        roles,
        new Membership.Endpoint("127.0.0.1", ports.get(number)),
        dataCentre,
        List.of("127.0.0.1:" + ports.getFirst()),
        keys);
  }

  /** A member with a replica, as {@link dev.sampo.node.Node} is one. */
  private ActorSystem<?> startReplica(int number, String dataCentre, ClusterKeys keys)
      throws IOException {
    var tls = keys.tls();
    var name = "v" + (number + 1);
    var port = Optional.of(new Address("127.0.0.1", ports.get(3 + number)));
    Behavior<Void> guardian =
        Behaviors.setup(
            context -> {
              var known = new KnownReplicas(dataCentre);
              var self = new DirectoryActor.Self(name, dataCentre, port);
              var directory =
                  context.spawn(DirectoryActor.create(self, known), DirectoryActor.NAME);
              var hosted = new SmallLedgers(ledger);
              directory.tell(new DirectoryActor.Serve(hosted));
              var _ =
                  Gateway.start(
                      context.getSystem(),
                      hosted,
                      GatewaySettings.loopback(0),
                      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                      new Routing(name, known, Optional.of(tls), port));
              return Behaviors.empty();
            });
    var system =
        NodeSystem.start(
            guardian, member(number, dataCentre, List.of("validator"), keys), SETTINGS);
    systems.add(system);
    return system;
  }

  private int startGateway(String dataCentre, ClusterKeys keys) throws IOException {
    var serving = new CompletableFuture<Integer>();
    var parts =
        new GatewayNode.Parts(
            "g1",
            dataCentre,
            GatewaySettings.loopback(0),
            keys.tls(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    var guardian =
        GatewayNode.create(
            parts,
            address -> serving.complete(address.getPort()),
            (reason, cause) -> serving.completeExceptionally(new AssertionError(reason, cause)));
    systems.add(
        NodeSystem.start(guardian, member(2, dataCentre, Membership.gateway(), keys), SETTINGS));
    return serving.join();
  }

  @Test
  @Tag("fault-13")
  void aGatewayServesFromTheNearestReplicaAndGoesOnWhenThatIsKilled() throws Exception {
    var keys = ClusterKeys.create(folder);
    startReplica(0, "b", keys);
    int port = startGateway("a", keys);
    await().atMost(PATIENCE).until(() -> isReadyWith(port, "v1"));
    var nearest = startReplica(1, "a", keys);
    await().atMost(PATIENCE).until(() -> isReadyWith(port, "v2"));

    try (var client = client(port)) {
      assertThat(transfer(client)).isInstanceOf(Outcome.Committed.class);
      assertThat(client.answeredBy()).contains("v2");

      nearest.terminate();
      nearest.getWhenTerminated().toCompletableFuture().join();

      assertThat(transfer(client)).isInstanceOf(Outcome.Committed.class);
      var proven = client.provenAccount(BOB, List.of(COIN));
      assertThat(proven.proven()).isTrue();
      assertThat(proven.balanceOf(COIN)).contains(10L);
      assertThat(client.answeredBy()).contains("v1");
    }
  }

  private Outcome transfer(SampoClient client) {
    var signer = SmallLedger.signer(ALICE.name());
    var builder = TransactionBuilder.of(ledger.document().ledgerId(), ALICE, signer);
    return client.submitAndWait(builder.transfer(COIN, BOB, 5), LONG);
  }

  private SampoClient client(int port) {
    var trust = new TrustAnchor.Pinned(ledger.document().ledgerId());
    return SampoClient.connect(ClientSettings.of(trust, "127.0.0.1:" + port));
  }

  /** Whether the gateway knows of that replica and prefers it. */
  private static boolean isReadyWith(int port, String node) {
    try (var http = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + port + "/v1/blocks/latest");
      var answer =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      return answer.headers().allValues(Gateway.ANSWERED_BY).contains(node);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
