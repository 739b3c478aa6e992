package dev.sampo.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.client.Outcome;
import dev.sampo.testkit.inprocess.InProcessLedger;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;

/** Organisations that do not trust each other share a ledger over peer links alone. */
final class FederationTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int HOSTILE = 3;
  private static final List<Integer> OTHERS = List.of(0, 1, 2);

  /**
   * Its own organisation's validator may be lost to it, as a member of a cluster is trusted there;
   * so the others are compared with themselves while that validator is down.
   */
  @SampoTest(organisations = 4, mode = Mode.IN_PROCESS)
  @Tag("fault-74")
  void aHostileMemberOfOneClusterDoesNotTouchTheOthers(SampoNetwork network, LedgerClient client) {
    var real = (InProcessLedger) network.ledger();
    IntStream.range(0, network.size())
        .forEach(validator -> assertThat(real.clusterMembers(validator)).isEqualTo(1));
    commits(client, Duration.ofSeconds(2));
    network.crash(HOSTILE);
    int withoutIt = commits(client, Duration.ofSeconds(4));
    network.restart(HOSTILE);
    assertThat(real.runUntil(() -> real.clusterMembers(HOSTILE) == 1, PATIENCE)).isTrue();

    try (var member = HostileMember.join(real.clusterKeys(HOSTILE), real.clusterPort(HOSTILE))) {
      var ports = IntStream.range(0, network.size()).mapToObj(real::clusterPort).toList();
      assertThat(member.answeredBy(ports)).containsExactly(real.clusterPort(HOSTILE));

      member.attack(ports);

      assertThat(commits(client, Duration.ofSeconds(4))).isGreaterThan(withoutIt / 2);
    }
    for (int validator : OTHERS) {
      assertThat(real.clusterMembers(validator)).isEqualTo(1);
      assertThat(real.clusterUnreachable(validator)).isZero();
    }
    assertThat(real.failures()).allMatch(failure -> failure.startsWith("validator " + HOSTILE));
  }

  /** How many transfers are committed in a time, one after the other. */
  private static int commits(LedgerClient client, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    int committed = 0;
    while (System.nanoTime() - end < 0) {
      var via = client.via(OTHERS.get(committed % OTHERS.size()));
      assertThat(via.await(via.transfer("alice", "bob", 1))).isInstanceOf(Outcome.Committed.class);
      committed++;
    }
    return committed;
  }
}
