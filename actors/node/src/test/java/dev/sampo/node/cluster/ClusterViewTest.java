package dev.sampo.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes with the cluster's key form one cluster over data centres; others stay out. */
@Timeout(120)
class ClusterViewTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final List<Node> nodes = new ArrayList<>();

  /** A member, or one that would like to be. */
  private static final class Node {
    private final List<ClusterSnapshot> snapshots = new CopyOnWriteArrayList<>();
    private final ActorSystem<Void> system;

    private Node(Config config) {
      system =
          ActorSystem.create(
              Behaviors.setup(
                  context -> {
                    ActorRef<ClusterSnapshot> listener =
                        context.spawn(
                            Behaviors.receiveMessage(
                                snapshot -> {
                                  snapshots.add(snapshot);
                                  return Behaviors.same();
                                }),
                            "listener");
                    context.spawn(ClusterView.create(listener), "view");
                    return Behaviors.empty();
                  }),
              "sampo",
              config);
    }

    private ClusterSnapshot latest() {
      return snapshots.isEmpty() ? ClusterSnapshot.EMPTY : snapshots.getLast();
    }

    private void join(Node other) {
      var address = Cluster.get(other.system).selfMember().address();
      Cluster.get(system).manager().tell(Join.create(address));
    }
  }

  @AfterEach
  void stop() {
    nodes.forEach(node -> node.system.terminate());
    nodes.forEach(node -> node.system.getWhenTerminated().toCompletableFuture().join());
  }

  private Node start(String dataCentre, ClusterKeys keys) {
    return start(dataCentre, keys, 0);
  }

  private Node start(String dataCentre, ClusterKeys keys, int port) {
    var settings = keys.settings();
    settings.put("sampo.cluster.host", "127.0.0.1");
    settings.put("sampo.cluster.data-centre", dataCentre);
    var node =
        new Node(
            ConfigFactory.parseMap(settings)
                .withFallback(
                    ConfigFactory.parseMap(
                        Map.of("sampo.cluster.port", port, "sampo.cluster.seed-nodes", List.of())))
                .withFallback(
                    ConfigFactory.parseMap(
                        Map.of(
                            "pekko.loglevel",
                            "ERROR",
                            "pekko.coordinated-shutdown.run-by-actor-system-terminate",
                            false,
                            "pekko.cluster.failure-detector.heartbeat-interval",
                            "200ms",
                            "pekko.cluster.multi-data-center.failure-detector.heartbeat-interval",
                            "200ms",
                            "pekko.cluster.multi-data-center.failure-detector"
                                + ".acceptable-heartbeat-pause",
                            "1s",
                            "pekko.cluster.gossip-interval",
                            "200ms")))
                .withFallback(ConfigFactory.parseResourcesAnySyntax("cluster"))
                .withFallback(ConfigFactory.load())
                .resolve());
    nodes.add(node);
    return node;
  }

  @Test
  @Tag("fault-85")
  void membersOfTwoDataCentresMeetAndAStrangerStaysOut() throws IOException {
    var keys = ClusterKeys.create(directory.resolve("ours"));
    var first = start("a", keys);
    first.join(first);
    var second = start("b", keys);
    second.join(first);
    await().atMost(PATIENCE).until(() -> first.latest().membersUp() == 2);
    await().atMost(PATIENCE).until(() -> second.latest().membersUp() == 2);

    assertThat(first.latest().byDataCentre().keySet()).containsExactly("a", "b");
    assertThat(first.latest().members().values())
        .allSatisfy(
            member -> {
              assertThat(member.roles()).containsExactly("validator");
              assertThat(member.isReachable()).isTrue();
            });

    var stranger = start("a", ClusterKeys.create(directory.resolve("theirs")));
    stranger.join(first);

    await()
        .during(Duration.ofSeconds(3))
        .atMost(PATIENCE)
        .until(() -> first.latest().members().size() == 2 && stranger.latest().members().isEmpty());
  }

  @Test
  void memberThatVanishesStaysListedUntilItIsReplacedAndNobodyShutsDown() throws IOException {
    var keys = ClusterKeys.create(directory);
    var first = start("a", keys);
    first.join(first);
    var second = start("a", keys);
    second.join(first);
    await().atMost(PATIENCE).until(() -> first.latest().membersUp() == 2);

    // Like a crash: without leaving the cluster first.
    int port = Cluster.get(second.system).selfMember().address().getPort().orElseThrow();
    second.system.terminate();
    second.system.getWhenTerminated().toCompletableFuture().join();

    await().atMost(PATIENCE).until(() -> first.latest().unreachable().size() == 1);
    assertThat(first.latest().members()).hasSize(2);
    assertThat(Cluster.get(first.system).isTerminated()).isFalse();
    assertThat(CoordinatedShutdown.get(first.system).getShutdownReason()).isEmpty();

    start("a", keys, port).join(first);

    await().atMost(PATIENCE).until(() -> first.latest().unreachable().isEmpty());
    await().atMost(PATIENCE).until(() -> first.latest().membersUp() == 2);
  }
}
