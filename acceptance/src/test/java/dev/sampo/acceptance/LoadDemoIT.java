package dev.sampo.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code demo --transfers N -o json}: one command, one JSON object, nothing left behind. */
@Isolated("it looks at all processes that this JVM started")
final class LoadDemoIT {

  @TempDir private Path home;

  @Test
  void commitsEveryTransferAndLeavesNothingBehind() throws IOException, InterruptedException {
    var before = nodes();

    var result =
        new Sampo(home).run("demo --ledgers 2 --data-centres 3 --transfers 200 -o json".split(" "));

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.out().lines()).hasSize(1);
    var json = result.json();
    assertThat(json.get("validators").asInt()).isEqualTo(4);
    assertThat(json.get("cluster_members_up").asInt()).isEqualTo(4);
    assertThat(json.get("data_centres").asInt()).isEqualTo(3);
    assertThat(json.get("submitted").asLong()).isEqualTo(200);
    assertThat(json.get("committed").asLong()).isEqualTo(200);
    assertThat(json.get("rejected").asLong()).isZero();
    assertThat(json.get("height").asLong()).isPositive();
    assertThat(json.get("state_roots_equal").asBoolean()).isTrue();
    assertThat(json.get("conserved").asBoolean()).isTrue();
    assertThat(json.get("ledgers")).hasSize(2);
    for (var ledger : json.get("ledgers")) {
      assertThat(ledger.get("committed").asLong()).isEqualTo(100);
      assertThat(ledger.get("height").asLong()).isPositive();
      assertThat(ledger.get("conserved").asBoolean()).isTrue();
      assertThat(ledger.get("state_roots_equal").asBoolean()).isTrue();
    }
    assertThat(json.get("ready_seconds").asDouble()).isPositive();
    assertThat(json.get("p50_ms").asDouble()).isPositive();
    assertThat(json.get("p99_ms").asDouble()).isGreaterThanOrEqualTo(json.get("p50_ms").asDouble());
    assertThat(json.get("transfers_per_second").asDouble()).isPositive();
    assertThat(json.get("rss_mb_max").asLong()).isBetween(50L, 400L);
    assertThat(nodes()).isSubsetOf(before);
    assertThat(new Sampo(home).pointerFile()).doesNotExist();
  }

  /** The nodes that this test class has started, among others. */
  private static Set<Long> nodes() {
    return ProcessHandle.current()
        .descendants()
        .map(ProcessHandle::pid)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
