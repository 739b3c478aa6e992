package dev.sampo.testkit;

import static dev.sampo.testkit.SampoAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.client.Outcome;
import dev.sampo.simulation.fault.Link;
import dev.sampo.simulation.fault.Tail;
import dev.sampo.simulation.proxy.NotExpressible;
import dev.sampo.simulation.scenario.Scenario;
import dev.sampo.testkit.inprocess.InProcessLedger;
import dev.sampo.testkit.ledger.CoinsForAll;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** The testkit on real validators: each fault is seen to bite, and to end. */
final class InProcessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @SampoTest(
      dataCentres = {"a", "b"},
      mode = Mode.IN_PROCESS)
  @Tag("fault-19")
  void neitherHalfCommitsUntilThePartitionEnds(SampoNetwork network, LedgerClient client) {
    var before = client.transfer("alice", "bob", 10);
    assertThat(network).hasCommitted(before).onAll();

    network.partitionDataCentres();
    var during = client.via(0).transfer("alice", "bob", 10);
    assertThat(network).commitsNothingFor(Duration.ofSeconds(2)).hasNotExecuted(during);

    network.heal();
    assertThat(network).hasCommitted(during).onAll().converges().conserves().hasNoFailures();
    assertThat(client.balance("bob")).isEqualTo(CoinsForAll.COINS + 20);
    assertThat(client.await(during)).isInstanceOf(Outcome.Committed.class);
  }

  @SampoTest(mode = Mode.IN_PROCESS)
  @Tag("fault-25")
  void aKilledValidatorCatchesUp(SampoNetwork network, LedgerClient client) {
    network.crash(3);
    var without = client.transfer("alice", "bob", 1);
    assertThat(network).hasCommitted(without).onAllReachable();

    network.restart(3);
    assertThat(network).hasCommitted(without).onAll().converges().conserves().hasNoFailures();
  }

  @SampoTest(mode = Mode.IN_PROCESS)
  @Tag("fault-12")
  void aScenarioDelaysLosesAndCutsLinks(SampoNetwork network, LedgerClient client) {
    var real = (InProcessLedger) network.ledger();
    assertThat(real.runUntil(() -> real.clusterMembers(0) == 4, PATIENCE)).isTrue();
    network.play(
        Scenario.parse(
            """
            sampo-scenario 1
            at 0s delay *>2 5ms..20ms
            at 0s drop 0>1 2%
            at 100ms cut 3>0
            """));
    var slowed = client.via(1).transfer("bob", "carol", 7);
    assertThat(network).hasCommitted(slowed).on(List.of(1, 2));
    // Remoting is cut as well, not the peer link alone.
    assertThat(real.runUntil(() -> real.clusterUnreachable(0) == 1, PATIENCE)).isTrue();

    network.heal();
    assertThat(real.runUntil(() -> real.clusterUnreachable(0) == 0, PATIENCE)).isTrue();
    assertThat(network).hasCommitted(slowed).onAll().converges();
    assertThat(network.history()).contains("delay *>2 5ms..20ms", "drop 0>1 2%", "cut 3>0", "heal");
  }

  @SampoTest(validators = 1, mode = Mode.IN_PROCESS)
  void refusesWhatRealValidatorsCannotDo(SampoNetwork network) {
    assertThatThrownBy(() -> network.skewClock(0, Duration.ofSeconds(3)))
        .isInstanceOf(NotExpressible.class)
        .hasMessageContaining("clock");
    assertThatThrownBy(() -> network.equivocate(0)).isInstanceOf(NotExpressible.class);
    assertThatThrownBy(() -> network.crash(0, Tail.TORN)).isInstanceOf(NotExpressible.class);
    assertThatThrownBy(() -> network.duplicate(Link.ALL, 5)).isInstanceOf(NotExpressible.class);
    assertThatThrownBy(() -> network.pause(0, Duration.ofSeconds(1)))
        .isInstanceOf(NotExpressible.class);
  }
}
