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
import dev.sampo.core.assets.Assets;
import dev.sampo.node.ReaderNode;
import dev.sampo.node.cluster.ClusterKeys;
import dev.sampo.node.gateway.RemoteReplica.Address;
import dev.sampo.node.ledger.LedgerSettings;
import dev.sampo.node.ledger.OpenLedgers;
import dev.sampo.node.routing.DirectoryActor;
import dev.sampo.node.routing.KnownReplicas;
import dev.sampo.node.routing.NodePort;
import dev.sampo.node.system.FreePorts;
import dev.sampo.node.system.Membership;
import dev.sampo.node.system.NodeSystem;
import dev.sampo.persistence.store.LedgerDirectories;
import dev.sampo.persistence.store.NodeDirectory;
import dev.sampo.persistence.store.NodeIdentity;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A member of a real cluster with a replica, and a reader that finds and follows it. */
@Timeout(120)
class ReaderNodeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

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
  private final List<OpenLedgers> opened = new ArrayList<>();
  private final List<Integer> ports = FreePorts.any(4);

  @AfterEach
  void stop() {
    systems.forEach(ActorSystem::terminate);
    systems.forEach(system -> system.getWhenTerminated().toCompletableFuture().join());
    opened.forEach(OpenLedgers::close);
  }

  private Membership member(int port, List<String> roles, ClusterKeys keys) {
    return new Membership(
        roles,
        new Membership.Endpoint("127.0.0.1", ports.get(port)),
        "a",
        List.of("127.0.0.1:" + ports.getFirst()),
        keys);
  }

  /** A member with a replica, as {@link dev.sampo.node.Node} is one. */
  private void startReplica(ClusterKeys keys) throws IOException {
    var tls = keys.tls();
    var port = Optional.of(new Address("127.0.0.1", ports.get(1)));
    Behavior<Void> guardian =
        Behaviors.setup(
            context -> {
              var known = new KnownReplicas("a");
              var self = new DirectoryActor.Self("v1", "a", port);
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
                      new Routing("v1", known, Optional.of(tls), port));
              return Behaviors.empty();
            });
    systems.add(NodeSystem.start(guardian, member(0, List.of("validator"), keys), SETTINGS));
  }

  private int startReader(ClusterKeys keys) throws Exception {
    var genesis = ledger.document();
    var data = folder.resolve("r1");
    NodeDirectory.init(data, genesis.ledgerId(), NodeIdentity.READER);
    var infos =
        genesis.validators().keys().stream()
            .map(key -> new LedgerSettings.ValidatorInfo("v-" + key, "", key))
            .toList();
    var settings =
        new LedgerSettings(
            LedgerSettings.FIRST_NAME, genesis, new Assets(), Optional.empty(), infos);
    var serving = new CompletableFuture<Integer>();
    var ledgers =
        OpenLedgers.open(
            settings,
            new LedgerDirectories(data, genesis.ledgerId(), NodeIdentity.READER),
            (reason, cause) -> serving.completeExceptionally(new AssertionError(reason, cause)));
    opened.add(ledgers);
    var parts =
        new ReaderNode.Parts(
            "r1",
            "a",
            GatewaySettings.loopback(0),
            new NodePort(keys.tls(), Optional.of(new Address("127.0.0.1", ports.get(3)))),
            ledgers,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    var guardian =
        ReaderNode.create(
            parts,
            address -> serving.complete(address.getPort()),
            (reason, cause) -> serving.completeExceptionally(new AssertionError(reason, cause)));
    systems.add(NodeSystem.start(guardian, member(2, Membership.reader(), keys), SETTINGS));
    return serving.join();
  }

  @Test
  void aReaderServesProvenReadsAndForwardsTransactions() throws Exception {
    var keys = ClusterKeys.create(folder.resolve("tls"));
    ledger.commit();
    startReplica(keys);
    int port = startReader(keys);
    await().atMost(PATIENCE).until(() -> get(port, "/ready").statusCode() == 200);

    try (var client = client(port)) {
      assertThat(transfer(client)).isInstanceOf(Outcome.Committed.class);
      assertThat(client.answeredBy()).as("a reader takes no transactions").contains("v1");

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                var proven = client.provenAccount(BOB, List.of(COIN));
                assertThat(proven.proven()).isTrue();
                assertThat(proven.balanceOf(COIN)).contains(5L);
                assertThat(client.answeredBy()).contains("r1");
              });
    }
    var id = ledger.document().ledgerId().hex();
    assertThat(get(port, "/follow/" + id + "/blocks/1/1").statusCode())
        .as("not on the port of clients")
        .isEqualTo(404);
    assertThat(get(port, "/metrics").body()).contains("sampo_reader_behind{ledger=\"main\"}");
    assertThat(get(port, "/v1/status").body()).contains("\"reader\":true");
  }

  private Outcome transfer(SampoClient client) {
    var signer = SmallLedger.signer(ALICE.name());
    var builder = TransactionBuilder.of(ledger.document().ledgerId(), ALICE, signer);
    return client.submitAndWait(builder.transfer(COIN, BOB, 5), Duration.ofSeconds(20));
  }

  private SampoClient client(int port) {
    var trust = new TrustAnchor.Pinned(ledger.document().ledgerId());
    return SampoClient.connect(ClientSettings.of(trust, "127.0.0.1:" + port));
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + port + path);
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
