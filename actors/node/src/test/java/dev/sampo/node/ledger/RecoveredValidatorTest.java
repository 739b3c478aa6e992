package dev.sampo.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.gateway.BlockQuery;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.gateway.TransactionView;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A validator that lost its disk, over real peer links (protocol 2.25). */
@Tag("fault-31")
final class RecoveredValidatorTest {

  private final Validators validators = new Validators(4);
  private final Replicas replicas = Replicas.startAfterLoss(validators, ValidatorIndex.of(0));

  @AfterEach
  void stop() {
    replicas.stop();
  }

  @Test
  @DisplayName("RE2 to RE4: it asks, announces its incarnation, and then owns a lane again")
  void ownsALaneAgain() throws Exception {
    var recovered = replicas.access(0);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> replicas.accesses().stream().allMatch(each -> get(each.ready()).isReady()));

    // Until q others have stored its incarnation, all of these go inline.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              Stream.generate(() -> validators.transfer(1)).limit(200).forEach(recovered::submit);
              return replicas.accesses().stream().allMatch(access -> heightOfItsLane(access) > 0);
            });

    var last = validators.transfer(1);
    recovered.submit(last);
    var seen = replicas.access(1).watch(last.id(), Duration.ofSeconds(20));
    assertThat(seen.toCompletableFuture().get(30, TimeUnit.SECONDS))
        .isInstanceOf(TransactionView.Executed.class);
  }

  /** Nobody but its owner makes a batch of a lane. */
  private static long heightOfItsLane(LedgerAccess access) {
    var latest = get(access.block(new BlockQuery.Latest())).orElseThrow();
    return latest.ordered().block().cut().tips().getFirst().height().number();
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }
}
