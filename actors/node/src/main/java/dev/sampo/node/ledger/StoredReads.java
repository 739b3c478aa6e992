package dev.sampo.node.ledger;

import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.store.TableReader;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.node.execution.OutcomesActor;
import dev.sampo.node.gateway.AccountQuery;
import dev.sampo.node.gateway.AccountView;
import dev.sampo.node.gateway.BlockQuery;
import dev.sampo.node.gateway.BlockView;
import dev.sampo.node.gateway.FollowQuery;
import dev.sampo.node.gateway.PacketQuery;
import dev.sampo.node.gateway.PacketView;
import dev.sampo.node.gateway.TransactionView;
import dev.sampo.node.sync.FollowAnswers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/** Answers the gateway from what execution has stored, whoever has a vote. */
public final class StoredReads {

  /** What a node that has not executed a transaction knows of it. */
  @FunctionalInterface
  public interface Undecided extends Function<TransactionId, CompletionStage<TransactionView>> {}

  private final Genesis genesis;
  private final LedgerReader ledger;
  private final AccountReads accounts;
  private final FollowAnswers answers;
  private final ActorRef<OutcomesActor.Command> outcomes;
  private final Executor storage;

  /** {@code storage} runs what blocks on the disk. */
  public StoredReads(
      Genesis genesis,
      TableReader store,
      ActorRef<OutcomesActor.Command> outcomes,
      Executor storage) {
    this.genesis = genesis;
    this.ledger = new LedgerReader(store);
    this.accounts = new AccountReads(ledger);
    this.answers = new FollowAnswers(store);
    this.outcomes = outcomes;
    this.storage = storage;
  }

  public CompletionStage<TransactionView> transaction(
      TransactionId id, boolean withProof, Undecided undecided) {
    var view = outcome(id, Duration.ZERO).thenCompose(outcome -> view(id, outcome, undecided));
    return withProof ? view.thenApplyAsync(this::withProof, storage) : view;
  }

  public CompletionStage<TransactionView> watch(
      TransactionId id, Duration atMost, Undecided undecided) {
    return outcome(id, atMost).thenCompose(outcome -> view(id, outcome, undecided));
  }

  /** The role ends a wait in time, and whoever asks does not wait for ever: no timer is needed. */
  private CompletionStage<OutcomesActor.Outcome> outcome(TransactionId id, Duration patience) {
    var outcome = new CompletableFuture<OutcomesActor.Outcome>();
    outcomes.tell(new OutcomesActor.Await(id, patience, outcome));
    return outcome;
  }

  private static CompletionStage<TransactionView> view(
      TransactionId id, OutcomesActor.Outcome outcome, Undecided undecided) {
    return switch (outcome) {
      case OutcomesActor.Executed(var receipt, var blockTime) ->
          CompletableFuture.completedStage(
              new TransactionView.Executed(receipt, blockTime, Optional.empty()));
      case OutcomesActor.Expired(var height) ->
          CompletableFuture.completedStage(new TransactionView.Expired(id, height));
      case OutcomesActor.Overloaded _ ->
          CompletableFuture.failedStage(new TimeoutException("too many clients wait already"));
      case OutcomesActor.Unknown _ -> undecided.apply(id);
    };
  }

  private TransactionView withProof(TransactionView view) {
    return switch (view) {
      case TransactionView.Executed(var receipt, var time, var none) ->
          new TransactionView.Executed(receipt, time, ledger.proveReceipt(receipt.id()));
      case TransactionView.Expired expired -> expired;
      case TransactionView.Pending pending -> pending;
      case TransactionView.Unknown unknown -> unknown;
    };
  }

  public CompletionStage<AccountView> account(AccountQuery query) {
    return CompletableFuture.supplyAsync(() -> accounts.read(query), storage);
  }

  public CompletionStage<Optional<BlockView>> block(BlockQuery query) {
    return CompletableFuture.supplyAsync(() -> BlockReads.read(ledger, genesis, query), storage);
  }

  public CompletionStage<Optional<PacketView>> packet(PacketQuery query) {
    return CompletableFuture.supplyAsync(() -> PacketReads.read(ledger, query), storage);
  }

  public CompletionStage<List<PeerMessage>> follow(FollowQuery query) {
    return CompletableFuture.supplyAsync(() -> answers.answer(query), storage);
  }
}
