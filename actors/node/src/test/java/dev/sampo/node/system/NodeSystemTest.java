package dev.sampo.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.cluster.ClusterKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.ActorSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeSystemTest {

  private static final List<String> SEEDS = List.of("127.0.0.1:7001", "127.0.0.1:7002");

  /** Who asks a seed that is not yet in a cluster need not wait long to ask again. */
  @Test
  void onlyWhoMayFormAClusterAsksLong(@TempDir Path folder) throws Exception {
    assertThat(seedTimeout(7001, folder)).isEqualTo(Duration.ofSeconds(5));
    assertThat(seedTimeout(7002, folder)).isEqualTo(Duration.ofSeconds(1));
    assertThat(seedTimeout(7003, folder)).isEqualTo(Duration.ofSeconds(1));
  }

  private static Duration seedTimeout(int port, Path folder) throws Exception {
    return settings(port, folder).getDuration("pekko.cluster.seed-node-timeout");
  }

  private static Config settings(int port, Path folder) throws Exception {
    var node =
        new Membership(
            Membership.validator(ValidatorIndex.of(0)),
            new Membership.Endpoint("127.0.0.1", port),
            "a",
            SEEDS,
            ClusterKeys.create(folder.resolve("keys-" + port)));
    return NodeSystem.of(node).resolve();
  }

  /** Pekko answers who asks to join with all settings that do not begin with what is kept. */
  @Test
  void whoAsksToJoinIsToldTheClustersSettingsAndNoPassword(@TempDir Path folder) throws Exception {
    var settings = settings(7001, folder);
    var kept =
        settings.getStringList(
            "pekko.cluster.configuration-compatibility-check.sensitive-config-paths.sampo");
    var told =
        settings.entrySet().stream()
            .map(Map.Entry::getKey)
            .filter(path -> kept.stream().noneMatch(path::startsWith))
            .toList();

    assertThat(told)
        .contains("pekko.cluster.downing-provider-class")
        .allMatch(path -> path.startsWith("pekko.cluster."))
        .noneMatch(path -> path.contains("password"));
  }

  @Test
  void withFewCoresConsensusSharesTheThreadOfTheLinksOnly() {
    var system =
        ActorSystem.create("threads", NodeSystem.threads(2).withFallback(ConfigFactory.load()));
    try {
      var threads = system.dispatchers();
      var shared = threads.lookup("pekko.actor.default-dispatcher");
      var disk = threads.lookup("sampo.persistence.storage-dispatcher");

      assertThat(threads.lookup("sampo.consensus.dispatcher")).isSameAs(shared);
      assertThat(threads.lookup("sampo.storage.dispatcher")).isSameAs(disk).isNotSameAs(shared);
      var verification = threads.lookup("sampo.verification.dispatcher");
      assertThat(verification).isNotIn(shared, disk);
      assertThat(threads.lookup("sampo.verification.urgent-dispatcher"))
          .isNotIn(shared, disk, verification);
      assertThat(threads.lookup("sampo.gateway.dispatcher")).isNotIn(shared, disk);
    } finally {
      system.terminate();
    }
  }

  @Test
  void withMoreCoresConsensusHasAThreadOfItsOwn() {
    assertThat(NodeSystem.threads(3).isEmpty()).isTrue();
    assertThat(
            ConfigFactory.load()
                .getInt("sampo.consensus.dispatcher.thread-pool-executor.fixed-pool-size"))
        .isEqualTo(1);
  }
}
