package dev.sampo.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sampo.core.assets.Assets;
import dev.sampo.node.gateway.AccountQuery;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.gateway.SubmitOutcome;
import dev.sampo.node.gateway.TransactionView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several ledgers on the nodes of one network, over one link between each two of them. */
final class ManyLedgersTest {

  /** The second ledger leaves out the first validator, so that seats and validators differ. */
  private final Validators first = new Validators(5);

  private final Validators second = first.anotherLedger(1);
  private Replicas replicas;

  @AfterEach
  void stop() {
    replicas.stop();
  }

  @Test
  void eachLedgerCommitsItsOwn() throws Exception {
    replicas = Replicas.start(first, second);

    commit(first, replicas.accesses(0), 5);
    commit(second, replicas.accesses(1), 7);

    assertThat(held(replicas.accesses(0).getFirst())).isEqualTo(5);
    assertThat(held(replicas.accesses(1).getFirst())).isEqualTo(7);
    assertThat(replicas.accesses(1)).hasSize(4);
  }

  /** A network that runs gets another ledger without a restart; it knows who is there already. */
  @Test
  void aLedgerIsHostedWhileOthersRun() throws Exception {
    replicas = Replicas.start(first);
    commit(first, replicas.accesses(0), 5);

    replicas.host(second);

    commit(second, replicas.accesses(1), 7);
    commit(first, replicas.accesses(0), 1);
  }

  @Test
  void aTransactionOfOneLedgerIsRefusedByTheOther() throws Exception {
    replicas = Replicas.start(first, second);
    awaitReady(replicas.accesses(1));

    assertThat(get(replicas.accesses(1).getFirst().submit(first.transfer(5))))
        .isInstanceOfSatisfying(
            SubmitOutcome.Rejected.class,
            rejected -> assertThat(rejected.code()).isEqualTo("WRONG_LEDGER"));
  }

  private static void commit(Validators ledger, List<LedgerAccess> accesses, long amount)
      throws Exception {
    awaitReady(accesses);
    var transfer = ledger.transfer(amount);
    assertThat(get(accesses.getFirst().submit(transfer)))
        .isEqualTo(new SubmitOutcome.Accepted(transfer.id()));
    for (var access : accesses) {
      assertThat(get(access.watch(transfer.id(), Duration.ofSeconds(20))))
          .isInstanceOf(TransactionView.Executed.class);
    }
  }

  private static long held(LedgerAccess access) throws Exception {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                get(access.account(new AccountQuery(Validators.BOB, List.of(), true)))
                        .proofs()
                        .size()
                    == 2);
    var account = get(access.account(new AccountQuery(Validators.BOB, List.of(), true)));
    return Assets.amountOf(account.proofs().get(1).value());
  }

  private static void awaitReady(List<LedgerAccess> accesses) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              for (var access : accesses) {
                if (!get(access.ready()).isReady()) {
                  return false;
                }
              }
              return true;
            });
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
