package dev.sampo.node.gateway;

import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The way to a copy of a replica that may end while questions wait for it: they fail with {@link
 * ReplicaEnded} then, at once, and so does what is asked later. As many questions wait as the
 * gateway has slots, since each role answers in the end. Thread-safe.
 */
public final class EndingAccess implements LedgerAccess {

  private final LedgerAccess copy;
  private final Set<Question<?>> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean isEnded;

  /** One that waits; it is equal to no other. */
  private static final class Question<T> {
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    private void fail() {
      answer.completeExceptionally(new ReplicaEnded());
    }
  }

  /** The way to a copy that runs. */
  public EndingAccess(LedgerAccess copy) {
    this.copy = copy;
  }

  /** Nothing is answered from now on. */
  public void end() {
    isEnded = true;
    waiting.forEach(Question::fail);
    waiting.clear();
  }

  @Override
  public boolean hasEnded() {
    return isEnded;
  }

  private <T> CompletionStage<T> answered(Supplier<CompletionStage<T>> asked) {
    var question = new Question<T>();
    waiting.add(question);
    if (isEnded) {
      waiting.remove(question);
      question.fail();
      return question.answer;
    }
    var _ =
        asked
            .get()
            .whenComplete(
                (value, failure) -> {
                  waiting.remove(question);
                  if (failure == null) {
                    question.answer.complete(value);
                  } else {
                    question.answer.completeExceptionally(failure);
                  }
                });
    return question.answer;
  }

  @Override
  public CompletionStage<SubmitOutcome> submit(SignedTransaction transaction) {
    return answered(() -> copy.submit(transaction));
  }

  @Override
  public CompletionStage<TransactionView> transaction(TransactionId id, boolean withProof) {
    return answered(() -> copy.transaction(id, withProof));
  }

  @Override
  public CompletionStage<TransactionView> watch(TransactionId id, Duration atMost) {
    return answered(() -> copy.watch(id, atMost));
  }

  @Override
  public CompletionStage<AccountView> account(AccountQuery query) {
    return answered(() -> copy.account(query));
  }

  @Override
  public CompletionStage<Optional<BlockView>> block(BlockQuery query) {
    return answered(() -> copy.block(query));
  }

  @Override
  public CompletionStage<Optional<PacketView>> packet(PacketQuery query) {
    return answered(() -> copy.packet(query));
  }

  @Override
  public CompletionStage<List<PeerMessage>> follow(FollowQuery query) {
    return answered(() -> copy.follow(query));
  }

  @Override
  public CompletionStage<StatusView> status() {
    return answered(copy::status);
  }

  @Override
  public CompletionStage<Genesis> genesis() {
    return copy.genesis();
  }

  @Override
  public CompletionStage<Readiness> ready() {
    return answered(copy::ready);
  }
}
