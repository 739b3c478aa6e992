package dev.sampo.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What cluster.conf promises. */
class ClusterSettingsTest {

  @Test
  void keysHaveNoDefault() {
    var fragment = ConfigFactory.parseResources("cluster.conf").withFallback(ConfigFactory.load());

    assertThatThrownBy(fragment::resolve)
        .isInstanceOf(ConfigException.UnresolvedSubstitution.class)
        .hasMessageContaining("sampo.cluster.");
  }

  @Test
  void neitherJavaSerializationNorASplitBrainResolver() {
    var pekko = ConfigFactory.parseResources("cluster.conf").getConfig("pekko");

    assertThat(pekko.getBoolean("actor.allow-java-serialization")).isFalse();
    assertThat(pekko.getString("cluster.downing-provider-class")).isEmpty();
    assertThat(pekko.getStringList("serialization.jackson.allowed-class-prefix")).isEmpty();
    assertThat(pekko.getString("remote.artery.transport")).isEqualTo("tls-tcp");
  }

  /** A verdict about a data centre is about all that stands in it. */
  @Test
  void otherDataCentresAreGivenMoreTimeThanNeighbours() {
    var cluster = ConfigFactory.parseResources("cluster.conf").getConfig("pekko.cluster");
    var near = cluster.getConfig("failure-detector");
    var far = cluster.getConfig("multi-data-center.failure-detector");

    assertThat(near.getDuration("acceptable-heartbeat-pause")).isEqualTo(Duration.ofSeconds(3));
    assertThat(far.getDuration("acceptable-heartbeat-pause")).isEqualTo(Duration.ofSeconds(10));
    assertThat(far.getDuration("heartbeat-interval").multipliedBy(4))
        .as("several may be lost")
        .isLessThan(far.getDuration("acceptable-heartbeat-pause"));
  }
}
