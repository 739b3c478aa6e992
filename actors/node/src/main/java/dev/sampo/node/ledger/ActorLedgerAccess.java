package dev.sampo.node.ledger;

import static org.apache.pekko.actor.typed.javadsl.AskPattern.ask;

import dev.sampo.core.execution.TransactionCheck;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.mempool.Admission;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.LedgerTime;
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
import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.mempool.Room;
import dev.sampo.node.verification.VerdictCache;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/** Answers the gateway from the roles of a ledger and from its store. */
final class ActorLedgerAccess implements LedgerAccess {

  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);

  /** What submitted transactions are checked by; none is if there is no {@code room} for it. */
  record Checks(TransactionCheck check, VerdictCache verdicts, Executor workers, Room room) {}

  private final ActorSystem<?> system;
  private final Genesis genesis;
  private final LedgerRoles roles;
  private final Checks checks;
  private final StoredReads reads;

  ActorLedgerAccess(
      ActorSystem<?> system, Genesis genesis, LedgerRoles roles, Checks checks, StoredReads reads) {
    this.system = system;
    this.genesis = genesis;
    this.roles = roles;
    this.checks = checks;
    this.reads = reads;
  }

  @Override
  public CompletionStage<SubmitOutcome> submit(SignedTransaction transaction) {
    return checks.room().isPresent() ? checkedAndAdmitted(transaction) : screened(transaction);
  }

  /** To refuse something costs little then, however much is offered. */
  private CompletionStage<SubmitOutcome> screened(SignedTransaction transaction) {
    var refusal = new CompletableFuture<Optional<RejectionCode>>();
    roles.mempool().tell(new MempoolActor.Screen(transaction, refusal));
    return refusal.thenCompose(
        code ->
            code.isPresent()
                ? CompletableFuture.completedStage(rejected(code.get().name()))
                : checkedAndAdmitted(transaction));
  }

  private CompletionStage<SubmitOutcome> checkedAndAdmitted(SignedTransaction transaction) {
    return CompletableFuture.supplyAsync(() -> faultOf(transaction), checks.workers())
        .thenCompose(
            fault ->
                fault.isPresent()
                    ? CompletableFuture.completedStage(rejected(fault.get()))
                    : admit(transaction));
  }

  /**
   * The signature is checked last, as it costs most; what fails before it is not forwarded either.
   */
  private Optional<String> faultOf(SignedTransaction transaction) {
    return checks
        .check()
        .firstFault(transaction, LedgerTime.ofMillis(System.currentTimeMillis()))
        .or(
            () ->
                checks.verdicts().hasValidSignature(transaction)
                    ? Optional.empty()
                    : Optional.of(RejectionCode.BAD_SIGNATURE.name()));
  }

  private CompletionStage<SubmitOutcome> admit(SignedTransaction transaction) {
    var admission = new CompletableFuture<Admission>();
    roles.mempool().tell(new MempoolActor.Submit(transaction, admission));
    return admission.thenApply(
        admitted ->
            switch (admitted) {
              case Admission.Admitted(var id) -> new SubmitOutcome.Accepted(id);
              case Admission.Refused(var code) -> rejected(code.name());
            });
  }

  private static SubmitOutcome rejected(String code) {
    return new SubmitOutcome.Rejected(code, "");
  }

  @Override
  public CompletionStage<TransactionView> transaction(TransactionId id, boolean withProof) {
    return reads.transaction(id, withProof, this::undecided);
  }

  @Override
  public CompletionStage<TransactionView> watch(TransactionId id, Duration atMost) {
    return reads.watch(id, atMost, this::undecided);
  }

  private CompletionStage<TransactionView> undecided(TransactionId id) {
    var found = new CompletableFuture<Boolean>();
    roles.mempool().tell(new MempoolActor.Find(id, found));
    return found.thenApply(
        waiting -> waiting ? new TransactionView.Pending(id) : new TransactionView.Unknown(id));
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
    return this.<StatusActor.Command, StatusView>askRole(
        roles.status(), StatusActor.GetStatus::new);
  }

  @Override
  public CompletionStage<Genesis> genesis() {
    return CompletableFuture.completedStage(genesis);
  }

  @Override
  public CompletionStage<Readiness> ready() {
    return this.<StatusActor.Command, Readiness>askRole(
        roles.status(), StatusActor.GetReadiness::new);
  }

  private <C, R> CompletionStage<R> askRole(
      ActorRef<C> role, org.apache.pekko.japi.function.Function<ActorRef<R>, C> question) {
    return ask(role, question, ASK_TIMEOUT, system.scheduler());
  }
}
