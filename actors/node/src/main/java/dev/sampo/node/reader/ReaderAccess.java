package dev.sampo.node.reader;

import static org.apache.pekko.actor.typed.javadsl.AskPattern.ask;

import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.node.gateway.AccountQuery;
import dev.sampo.node.gateway.AccountView;
import dev.sampo.node.gateway.BlockQuery;
import dev.sampo.node.gateway.BlockView;
import dev.sampo.node.gateway.FollowQuery;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.gateway.PacketQuery;
import dev.sampo.node.gateway.PacketView;
import dev.sampo.node.gateway.Readiness;
import dev.sampo.node.gateway.StatusView;
import dev.sampo.node.gateway.SubmitOutcome;
import dev.sampo.node.gateway.TransactionView;
import dev.sampo.node.ledger.StoredReads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/** Answers the gateway of a reader from its store. */
final class ReaderAccess implements LedgerAccess {

  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);

  private final ActorSystem<?> system;
  private final Genesis genesis;
  private final ActorRef<FollowerActor.Command> follower;
  private final StoredReads reads;

  ReaderAccess(
      ActorSystem<?> system,
      Genesis genesis,
      ActorRef<FollowerActor.Command> follower,
      StoredReads reads) {
    this.system = system;
    this.genesis = genesis;
    this.follower = follower;
    this.reads = reads;
  }

  /** Its gateway forwards transactions; nothing comes so far but what another node sent astray. */
  @Override
  public CompletionStage<SubmitOutcome> submit(SignedTransaction transaction) {
    return CompletableFuture.completedStage(
        new SubmitOutcome.Rejected("READ_ONLY", "this node has no vote"));
  }

  @Override
  public CompletionStage<TransactionView> transaction(TransactionId id, boolean withProof) {
    return reads.transaction(id, withProof, ReaderAccess::unknown);
  }

  @Override
  public CompletionStage<TransactionView> watch(TransactionId id, Duration atMost) {
    return reads.watch(id, atMost, ReaderAccess::unknown);
  }

  private static CompletionStage<TransactionView> unknown(TransactionId id) {
    return CompletableFuture.completedStage(new TransactionView.Unknown(id));
  }

  @Override
  public CompletionStage<AccountView> account(AccountQuery query) {
    return reads.account(query);
  }

  @Override
  public CompletionStage<Optional<BlockView>> block(BlockQuery query) {
    return reads.block(query);
  }

  @Override
  public CompletionStage<Optional<PacketView>> packet(PacketQuery query) {
    return reads.packet(query);
  }

  @Override
  public CompletionStage<List<PeerMessage>> follow(FollowQuery query) {
    return reads.follow(query);
  }

  @Override
  public CompletionStage<StatusView> status() {
    return this.<StatusView>askFollower(FollowerActor.GetStatus::new);
  }

  @Override
  public CompletionStage<Genesis> genesis() {
    return CompletableFuture.completedStage(genesis);
  }

  @Override
  public CompletionStage<Readiness> ready() {
    return this.<Readiness>askFollower(FollowerActor.GetReadiness::new);
  }

  private <R> CompletionStage<R> askFollower(
      org.apache.pekko.japi.function.Function<ActorRef<R>, FollowerActor.Command> question) {
    return ask(follower, question, ASK_TIMEOUT, system.scheduler());
  }
}
