package dev.sampo.example.escrow;

import static dev.sampo.testkit.SampoAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.client.Outcome;
import dev.sampo.testkit.LedgerClient;
import dev.sampo.testkit.Mode;
import dev.sampo.testkit.SampoNetwork;
import dev.sampo.testkit.SampoTest;

/** A deal survives a partition and a crash, and is settled once: in virtual time and for real. */
final class EscrowPartitionTest {

  @SampoTest(
      application = EscrowApplication.class,
      start = EscrowStart.class,
      mode = {Mode.SIMULATED, Mode.IN_PROCESS})
  void aDealIsSettledOnceAlthoughTheNetworkIsCut(SampoNetwork network, LedgerClient client) {
    var seller = client.account("bob").ofKey();
    var opened = client.submit("alice", new EscrowOperation.Open("lamp", seller, 30).encoded());
    assertThat(network).hasCommitted(opened).onAll();

    network.isolate(3);
    var released = client.submit("alice", new EscrowOperation.Release("lamp").encoded());
    assertThat(network).hasCommitted(released).onAllReachable();
    var refunded = client.submit("bob", new EscrowOperation.Refund("lamp").encoded());
    assertThat(client.await(refunded)).isInstanceOf(Outcome.Rejected.class);

    network.crash(2);
    network.heal();
    network.restart(2);
    assertThat(network).hasCommitted(released).onAll().converges().hasNoFailures();
    assertThat(balance(client, "alice")).isEqualTo(70);
    assertThat(balance(client, "bob")).isEqualTo(130);
  }

  private static long balance(LedgerClient client, String name) {
    return EscrowApplication.amountOf(client.query("balance/" + client.account(name).ofKey()));
  }
}
