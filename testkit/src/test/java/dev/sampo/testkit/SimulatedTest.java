package dev.sampo.testkit;

import static dev.sampo.testkit.SampoAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.client.Outcome;
import dev.sampo.simulation.fault.Behaviour;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.Link;
import dev.sampo.simulation.fault.Tail;
import dev.sampo.simulation.scenario.Scenario;
import dev.sampo.testkit.ledger.CoinsForAll;
import dev.sampo.testkit.ledger.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Tag;

/** The testkit in virtual time: the faults of real networks, and those that only this mode has. */
final class SimulatedTest {

  @SampoTest(dataCentres = {"a", "b"})
  @Tag("fault-19")
  void neitherHalfCommitsUntilThePartitionEnds(SampoNetwork network, LedgerClient client) {
    var before = client.transfer("alice", "bob", 10);
    assertThat(network).hasCommitted(before).onAll();

    network.partitionDataCentres();
    var during = client.via(0).transfer("alice", "bob", 10);
    assertThat(network).commitsNothingFor(Duration.ofSeconds(20)).hasNotExecuted(during);
    assertThat(client.await(during, Duration.ofSeconds(5))).isInstanceOf(Outcome.Pending.class);

    network.heal();
    assertThat(network).hasCommitted(during).onAll().converges().conserves().hasNoFailures();
    assertThat(client.balance("bob")).isEqualTo(CoinsForAll.COINS + 20);
    assertThat(client.await(during)).isInstanceOf(Outcome.Committed.class);
  }

  @SampoTest(liars = 0)
  @Tag("fault-58")
  void aLedgerWithAnEquivocatorCommitsTheSameOnAllOthers(
      SampoNetwork network, LedgerClient client) {
    network.equivocate(0);
    for (int i = 0; i < 10; i++) {
      var paid = client.transfer("alice", "carol", 1);
      assertThat(network).hasCommitted(paid).onAllReachable();
    }
    assertThat(network).agrees().converges().conserves();
    assertThat(client.via(1).balance("carol")).isEqualTo(CoinsForAll.COINS + 10);
  }

  @SampoTest
  @Tag("fault-16")
  void tenMinutesPassWhileOneClockIsWrong(
      SampoNetwork network, LedgerClient client, VirtualClock clock) {
    network.skewClock(2, Duration.ofDays(-3));
    clock.advance(Duration.ofMinutes(10));
    assertThat(clock.now()).isGreaterThan(Duration.ofMinutes(10));

    var paid = client.via(0).transfer("bob", "alice", 5);
    assertThat(network).hasCommitted(paid).onAll().converges();
    // By its own clock the payment is valid for days.
    var there = client.via(2).transfer("bob", "alice", 5);
    assertThat(client.await(there))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.error().code()).isEqualTo("TOO_EARLY"));
  }

  @SampoTest
  @Tag("fault-25")
  void everybodyForgetsTheUnsyncedTailAndGoesOn(SampoNetwork network, LedgerClient client) {
    var before = client.transfer("alice", "bob", 1);
    assertThat(network).hasCommitted(before).onAll();
    for (int validator = 0; validator < network.size(); validator++) {
      network.crash(validator, Tail.TORN);
    }
    var lost = client.via(1).transfer("alice", "bob", 1);
    assertThat(client.await(lost, Duration.ofSeconds(3))).isInstanceOf(Outcome.Pending.class);

    for (int validator = 0; validator < network.size(); validator++) {
      network.restart(validator);
    }
    assertThat(network).hasCommitted(lost).onAll().converges().conserves().hasNoFailures();
    assertThat(client.await(lost)).isInstanceOf(Outcome.Committed.class);
  }

  @SampoTest(validators = 7)
  void aScenarioOfWhatRealLinksCannotDo(SampoNetwork network, LedgerClient client) {
    network.play(
        Scenario.parse(
            """
            sampo-scenario 1
            validators 7
            at 0s duplicate *>* 30%
            at 0s replay *>* 20%
            at 0s drop *>* 10%
            at 1s pause 3 4s
            at 1s slow-disk 4 x20
            at 2s jump-clock 5 +10s
            """));
    var slowed = client.transfer("bob", "carol", 7);
    assertThat(network).within(Duration.ofMinutes(2)).hasCommitted(slowed).onAll().converges();
  }

  @SampoTest
  void tellsWhyATransactionIsRefused(LedgerClient client) {
    var tooMuch = client.transfer("alice", "bob", CoinsForAll.COINS + 1);
    assertThat(client.await(tooMuch))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.error().code()).isEqualTo("INSUFFICIENT_BALANCE"));
  }

  @SampoTest(liars = 3)
  void refusesLiarsThatWereNotNamed(SampoNetwork network) {
    network.corrupt(3, Behaviour.MUTE);
    assertThatThrownBy(() -> network.equivocate(0)).hasMessageContaining("@SampoTest(liars = 0)");
    assertThatThrownBy(() -> network.apply(new Fault.RollBackDisk(0, Duration.ofSeconds(1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> network.drop(Link.ALL, 101)).hasMessageContaining("percentage");
  }
}
