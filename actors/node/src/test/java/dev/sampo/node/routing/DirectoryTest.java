package dev.sampo.node.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.node.cluster.NodeNotice;
import dev.sampo.node.cluster.ReplicaNotice;
import dev.sampo.node.gateway.RemoteReplica;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which replica is asked first, and what is forgotten. */
class DirectoryTest {

  private static final String ID = "5a".repeat(32);
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private static ReplicaNotice replica(boolean isReady, long lag) {
    return new ReplicaNotice("main", ID, "simplex", "assets", 4, true, isReady, true, 7, lag);
  }

  private static NodeNotice node(String name, String dataCentre, ReplicaNotice... replicas) {
    return new NodeNotice(name, dataCentre, "127.0.0.1", 1, List.of(replicas));
  }

  private static Directory directory(NodeNotice... others) {
    var directory = Directory.of("a");
    for (var each : others) {
      directory = directory.with(each.node(), each, 0);
    }
    return directory;
  }

  private static List<String> order(Directory directory) {
    return directory.replicasOf("main").stream().map(RemoteReplica::node).toList();
  }

  @Test
  void theOwnDataCentreComesFirstThenTheNearestOfOthers() {
    var directory =
        directory(
                node("v1", "b", replica(true, 0)),
                node("v2", "c", replica(true, 0)),
                node("v3", "a", replica(true, 0)))
            .withRoundTrip("v1", Duration.ofMillis(80))
            .withRoundTrip("v2", Duration.ofMillis(20))
            .withRoundTrip("v3", Duration.ofMillis(200));

    assertThat(order(directory)).containsExactly("v3", "v2", "v1");
  }

  @Test
  void aReplicaThatIsBehindOrNotReadyIsAskedLast() {
    var directory =
        directory(
            node("v1", "a", replica(true, Directory.LAG_MAX + 1)),
            node("v2", "a", replica(false, 0)),
            node("v3", "b", replica(true, Directory.LAG_MAX)));

    assertThat(order(directory)).containsExactly("v3", "v2", "v1");
    assertThat(directory.replicasOf("main"))
        .extracting(RemoteReplica::inSync)
        .containsExactly(true, false, false);
  }

  @Test
  void aLedgerIsFoundByNameByIdAndAsTheFirstOne() {
    var directory = directory(node("v1", "a", replica(true, 0)), node("v2", "a"));

    assertThat(directory.replicasOf("main")).hasSize(1);
    assertThat(directory.replicasOf(ID)).hasSize(1);
    assertThat(directory.replicasOf("")).hasSize(1);
    assertThat(directory.replicasOf("other")).isEmpty();
    assertThat(directory.ledgers()).hasSize(1);
  }

  @Test
  void whoTakesNoForwardedRequestsIsNotAsked() {
    var portless = new NodeNotice("v1", "a", "", 0, List.of(replica(true, 0)));

    assertThat(directory(portless).replicasOf("main")).isEmpty();
  }

  @Test
  void whatANodeHostsMayChangeWithEachNotice() {
    var before = directory(node("v1", "a", replica(true, 0)));
    var after =
        before.with("v1", node("v1", "a"), 1).with("v2", node("v2", "a", replica(true, 0)), 1);

    assertThat(order(before)).containsExactly("v1");
    assertThat(order(after)).containsExactly("v2");
  }

  @Test
  void silentNodesAndThoseThatAreNoReachableMembersAreForgotten() {
    var directory =
        directory(node("v1", "a", replica(true, 0)), node("v2", "a", replica(true, 0)))
            .with("v3", node("v3", "a", replica(true, 0)), 1);
    var members = Set.of("v1", "v3");

    assertThat(order(directory.keeping(members, SILENCE.toNanos(), SILENCE)))
        .containsExactly("v1", "v3");
    assertThat(order(directory.keeping(members, SILENCE.toNanos() + 1, SILENCE)))
        .containsExactly("v3");
  }

  @Test
  void theOwnReplicaIsInSyncUntilTheNodeKnowsBetter() {
    var directory = Directory.of("a");

    assertThat(directory.isOwnInSync("main")).isTrue();
    assertThat(directory.withOwn(node("v1", "a", replica(false, 0))).isOwnInSync("main")).isFalse();
    assertThat(directory.withOwn(node("v1", "a", replica(true, 0))).isOwnInSync("main")).isTrue();
  }

  @Test
  void noMoreNodesAreListenedToThanTheLimit() {
    var directory = Directory.of("a");
    for (int i = 0; i <= Directory.NODES_MAX; i++) {
      directory = directory.with("n" + i, node("n" + i, "a"), 0);
    }
    directory = directory.with("n0", node("n0", "a", replica(true, 0)), 1);

    assertThat(directory.others()).hasSize(Directory.NODES_MAX);
    assertThat(order(directory)).as("a node that is known is listened to").containsExactly("n0");
  }

  @Test
  void aNoticeIsBounded() {
    var many = Collections.nCopies(NodeNotice.REPLICAS_MAX + 1, replica(true, 0));

    assertThatThrownBy(() -> new NodeNotice("v1", "a", "", 0, many))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> node("v".repeat(ReplicaNotice.TEXT_MAX + 1), "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsRememberedOfLedgersIsBounded() {
    var known = new KnownReplicas("a");
    for (int i = 0; i < KnownReplicas.REMEMBERED_MAX; i++) {
      var id = "%064x".formatted(i);
      var ledger = new ReplicaNotice("l" + i, id, "simplex", "assets", 4, false, true, true, 0, 0);
      known.set(directory(node("v1", "a", ledger)));
    }
    known.set(directory());

    assertThat(known.isKnown("l0")).as("although no node hosts it any more").isTrue();
    assertThat(known.isKnown("l" + KnownReplicas.REMEMBERED_MAX / 2)).isFalse();
    assertThat(known.of("l0")).isEmpty();
  }
}
