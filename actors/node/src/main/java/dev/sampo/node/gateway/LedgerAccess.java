package dev.sampo.node.gateway;

import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the gateway asks of the ledger. Every method returns at once. Stages complete on threads of
 * the ledger, which must not be kept. One that is not answered may never complete, or fails with a
 * {@link java.util.concurrent.TimeoutException}; the gateway bounds its waits and never reports a
 * lack of answers as a failure of the transaction (product.md, "outcome unknown").
 */
public interface LedgerAccess {

  /** Accepted means: checked, and held by this node's mempool until it is decided or expires. */
  CompletionStage<SubmitOutcome> submit(SignedTransaction transaction);

  /** What this node knows now; {@code withProof} asks for a receipt proof if there is one yet. */
  CompletionStage<TransactionView> transaction(TransactionId id, boolean withProof);

  /**
   * Completes as soon as the transaction is decided ({@link TransactionView#isDecided()}), or after
   * {@code atMost} with the view as it is then. The id may be unknown here at first. The view has
   * no proof. Nothing of an abandoned watch outlives {@code atMost}.
   */
  CompletionStage<TransactionView> watch(TransactionId id, Duration atMost);

  /** An account that does not exist is a view without a key, not an error. */
  CompletionStage<AccountView> account(AccountQuery query);

  CompletionStage<Optional<BlockView>> block(BlockQuery query);

  /** Nothing if the ledger has no such channel. */
  CompletionStage<Optional<PacketView>> packet(PacketQuery query);

  /** The messages that the query names; readers check all of them. */
  CompletionStage<List<PeerMessage>> follow(FollowQuery query);

  CompletionStage<StatusView> status();

  CompletionStage<Genesis> genesis();

  CompletionStage<Readiness> ready();

  /**
   * Whether this node hosts the replica no longer; once this is true it stays so, and every stage
   * fails with {@link ReplicaEnded}.
   */
  default boolean hasEnded() {
    return false;
  }
}
