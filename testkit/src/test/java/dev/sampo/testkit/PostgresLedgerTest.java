package dev.sampo.testkit;

import static dev.sampo.testkit.SampoAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.persistence.store.PostgresAccess;
import dev.sampo.persistence.store.PostgresReplicas;
import dev.sampo.persistence.store.RefusedStart;
import dev.sampo.persistence.store.ReplicaStores;
import dev.sampo.persistence.store.StoreMemory;
import dev.sampo.testkit.inprocess.InProcessLedger;
import dev.sampo.testkit.ledger.CoinsForAll;
import dev.sampo.testkit.ledger.LedgerPlan;
import dev.sampo.testkit.ledger.TestAccount;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Protocol V1, V2 with whole validators: their replicas are in PostgreSQL. */
final class PostgresLedgerTest {

  private static final long SEED = 41;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<ReplicaStores> stores = new ArrayList<>();

  @Test
  @Tag("fault-24")
  @Tag("fault-25")
  void validatorsGoOnAfterACrashAndAfterATakeOver() throws Exception {
    try (var server = server()) {
      var network = new SampoNetwork(start(server.getPort()));
      try {
        goOn(network);
      } finally {
        network.close();
      }
    }
  }

  private void goOn(SampoNetwork network) throws RefusedStart {
    var client = network.client();
    assertThat(network).hasCommitted(client.transfer("alice", "bob", 10)).onAll();

    network.crash(3);
    var without = client.transfer("alice", "bob", 1);
    assertThat(network).hasCommitted(without).onAllReachable();
    network.restart(3);
    assertThat(network).hasCommitted(without).onAll().converges().hasNoFailures();

    takeOver(2, network);
    var fenced = client.via(0).transfer("bob", "alice", 2);
    assertThat(network).hasCommitted(fenced).on(List.of(0, 1, 3));
    assertThat(network.ledger().runUntil(() -> hasFailure(network), PATIENCE)).isTrue();
    assertThat(network.ledger().failures()).singleElement().asString().contains("taken over");

    network.crash(2);
    network.restart(2);
    assertThat(network).hasCommitted(fenced).onAll().converges().conserves().hasNoFailures();
  }

  /** What another process of the validator does, which then ends. */
  private void takeOver(int validator, SampoNetwork network) throws RefusedStart {
    var ledger = network.ledger().genesis().ledgerId();
    try (var memory = new StoreMemory();
        var store = stores.get(validator).open(ledger, memory, PostgresLedgerTest::never)) {
      assertThat(store.writerEpoch()).isEqualTo(2);
    }
  }

  private static boolean hasFailure(SampoNetwork network) {
    return !network.ledger().failures().isEmpty();
  }

  private static void never(Throwable failure) {
    throw new AssertionError("the storage failed", failure);
  }

  private static EmbeddedPostgres server() throws IOException {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .start();
  }

  private InProcessLedger start(int port) {
    var url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    var access = new PostgresAccess(url, "postgres", "unused");
    var accounts = Stream.of("alice", "bob").map(name -> TestAccount.of(name, SEED)).toList();
    var plan =
        new LedgerPlan(
            4,
            List.of("a"),
            1,
            Assets::new,
            new LedgerPlan.Start(new CoinsForAll(), accounts),
            List.of(),
            SEED);
    return InProcessLedger.start(
        plan, (folder, ledger, validator) -> init(access, ledger, validator));
  }

  private ReplicaStores init(PostgresAccess access, LedgerId ledger, PublicKey validator)
      throws RefusedStart {
    var replicas = new PostgresReplicas(access, validator);
    replicas.init(ledger);
    stores.add(replicas);
    return replicas;
  }
}
