package dev.sampo.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.types.ValidatorIndex;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

class AheadTest {

  private static final ValidatorIndex PEER = ValidatorIndex.of(1);

  private final Ahead ahead = new Ahead(2);

  @Test
  void aLinkWaitsOnceAsManyOfItsMessagesAreUnhandled() {
    var first = new CompletableFuture<Done>();
    var third = new CompletableFuture<Done>();
    assertThat(mayReadOn(PEER, first)).isTrue();
    assertThat(mayReadOn(PEER, new CompletableFuture<>())).isTrue();
    assertThat(mayReadOn(PEER, third)).isFalse();
    assertThat(mayReadOn(ValidatorIndex.of(2), new CompletableFuture<>())).isTrue();

    first.complete(Done.getInstance());
    third.completeExceptionally(new IllegalStateException("failures count as handled"));

    assertThat(mayReadOn(PEER, new CompletableFuture<>())).isTrue();
    assertThat(mayReadOn(PEER, new CompletableFuture<>())).isFalse();
  }

  private boolean mayReadOn(ValidatorIndex peer, CompletionStage<Done> handling) {
    return ahead.admit(peer, () -> handling).toCompletableFuture().isDone();
  }
}
