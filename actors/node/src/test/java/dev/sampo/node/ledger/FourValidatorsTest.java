package dev.sampo.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sampo.core.assets.Assets;
import dev.sampo.node.gateway.AccountQuery;
import dev.sampo.node.gateway.BlockQuery;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.gateway.SubmitOutcome;
import dev.sampo.node.gateway.TransactionView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real roles over real peer links in one process; the disk is in memory. */
final class FourValidatorsTest {

  private final Validators validators = new Validators(4);
  private Replicas replicas;

  @BeforeEach
  void start() {
    replicas = Replicas.start(validators);
  }

  @AfterEach
  void stop() {
    replicas.stop();
  }

  @Test
  void commitsATransferOnEveryValidator() throws Exception {
    awaitReady();
    var transfer = validators.transfer(5);

    assertThat(get(replicas.access(0).submit(transfer)))
        .isEqualTo(new SubmitOutcome.Accepted(transfer.id()));

    for (var access : replicas.accesses()) {
      var view = get(access.watch(transfer.id(), Duration.ofSeconds(10)));
      assertThat(view).isInstanceOf(TransactionView.Executed.class);
    }
    await()
        .untilAsserted(
            () -> {
              var account =
                  get(
                      replicas
                          .access(3)
                          .account(new AccountQuery(Validators.BOB, List.of(), true)));
              assertThat(account.proofs()).hasSize(2);
              assertThat(Assets.amountOf(account.proofs().get(1).value())).isEqualTo(5);
            });
  }

  @Test
  void commitsManyTransfersWithoutLosingOne() throws Exception {
    awaitReady();
    var transfers = java.util.stream.IntStream.range(0, 500).mapToObj(i -> validators.transfer(1));
    var ids =
        transfers
            .map(
                transfer -> {
                  replicas.access(transfer.hashCode() & 3).submit(transfer);
                  return transfer.id();
                })
            .toList();

    for (var id : ids) {
      assertThat(get(replicas.access(1).watch(id, Duration.ofSeconds(20))))
          .isInstanceOf(TransactionView.Executed.class);
    }
    await()
        .untilAsserted(
            () ->
                assertThat(
                        replicas.accesses().stream()
                            .map(access -> getUnchecked(access.status()).progress().stateRoot())
                            .distinct())
                    .hasSize(1));
    var status = get(replicas.access(0).status());
    assertThat(status.quorumMargin()).isEqualTo(1);
  }

  /** L0, L4: one validator's share of the inline section is a small part of what it is given. */
  @Test
  void whatExceedsTheInlineSectionGoesByLanes() throws Exception {
    awaitReady();
    var transfers =
        java.util.stream.IntStream.range(0, 1000).mapToObj(i -> validators.transfer(1)).toList();

    transfers.forEach(transfer -> replicas.access(0).submit(transfer));

    var last = transfers.getLast().id();
    assertThat(get(replicas.access(1).watch(last, Duration.ofSeconds(20))))
        .isInstanceOf(TransactionView.Executed.class);
    for (var access : replicas.accesses()) {
      await().atMost(Duration.ofSeconds(20)).until(() -> orderedByLaneOfFirst(access) > 0);
    }
  }

  private static long orderedByLaneOfFirst(LedgerAccess access) {
    var latest = getUnchecked(access.block(new BlockQuery.Latest())).orElseThrow();
    return latest.ordered().block().cut().tips().getFirst().height().number();
  }

  private void awaitReady() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                replicas.accesses().stream()
                    .allMatch(access -> getUnchecked(access.ready()).isReady()));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static <T> T getUnchecked(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }
}
