package dev.sampo.node.ledger;

import static org.apache.pekko.actor.typed.javadsl.AskPattern.ask;

import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.execution.TransactionCheck;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.mempool.Admission;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.node.execution.OutcomesActor;
import dev.sampo.node.gateway.AccountQuery;
import dev.sampo.node.gateway.AccountView;
import dev.sampo.node.gateway.BlockQuery;
import dev.sampo.node.gateway.BlockView;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.gateway.PacketQuery;
import dev.sampo.node.gateway.PacketView;
import dev.sampo.node.gateway.Readiness;
import dev.sampo.node.gateway.StatusView;
import dev.sampo.node.gateway.SubmitOutcome;
import dev.sampo.node.gateway.TransactionView;
import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.verification.VerdictCache;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/** Answers the gateway from the roles of a ledger and from its store. */
final class ActorLedgerAccess implements LedgerAccess {

  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);

  /** What submitted transactions are checked by. */
  record Checks(TransactionCheck check, VerdictCache verdicts, Executor workers) {}

  /** What reads are answered from. */
  record Reads(LedgerReader ledger, AccountReads accounts, Executor storage) {}

  private final ActorSystem<?> system;
  private final Genesis genesis;
  private final LedgerRoles roles;
  private final Checks checks;
  private final Reads reads;

  ActorLedgerAccess(
      ActorSystem<?> system, Genesis genesis, LedgerRoles roles, Checks checks, Reads reads) {
    this.system = system;
    this.genesis = genesis;
    this.roles = roles;
    this.checks = checks;
    this.reads = reads;
  }

  @Override
  public CompletionStage<SubmitOutcome> submit(SignedTransaction transaction) {
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
    var view = outcome(id, Duration.ZERO).thenCompose(outcome -> view(id, outcome));
    return withProof ? view.thenApplyAsync(this::withProof, reads.storage()) : view;
  }

  @Override
  public CompletionStage<TransactionView> watch(TransactionId id, Duration atMost) {
    return outcome(id, atMost).thenCompose(outcome -> view(id, outcome));
  }

  /** The role ends a wait in time, and whoever asks does not wait for ever: no timer is needed. */
  private CompletionStage<OutcomesActor.Outcome> outcome(TransactionId id, Duration patience) {
    var outcome = new CompletableFuture<OutcomesActor.Outcome>();
    roles.outcomes().tell(new OutcomesActor.Await(id, patience, outcome));
    return outcome;
  }

  private CompletionStage<TransactionView> view(TransactionId id, OutcomesActor.Outcome outcome) {
    return switch (outcome) {
      case OutcomesActor.Executed(var receipt, var blockTime) ->
          CompletableFuture.completedStage(
              new TransactionView.Executed(receipt, blockTime, Optional.empty()));
      case OutcomesActor.Expired(var height) ->
          CompletableFuture.completedStage(new TransactionView.Expired(id, height));
      case OutcomesActor.Overloaded overloaded ->
          CompletableFuture.failedStage(new TimeoutException("too many clients wait already"));
      case OutcomesActor.Unknown unknown -> undecided(id);
    };
  }

  private CompletionStage<TransactionView> undecided(TransactionId id) {
    var found = new CompletableFuture<Boolean>();
    roles.mempool().tell(new MempoolActor.Find(id, found));
    return found.thenApply(
        waiting -> waiting ? new TransactionView.Pending(id) : new TransactionView.Unknown(id));
  }

  private TransactionView withProof(TransactionView view) {
    return switch (view) {
      case TransactionView.Executed(var receipt, var time, var none) ->
          new TransactionView.Executed(receipt, time, reads.ledger().proveReceipt(receipt.id()));
      case TransactionView.Expired expired -> expired;
      case TransactionView.Pending pending -> pending;
      case TransactionView.Unknown unknown -> unknown;
    };
  }

  @Override
  public CompletionStage<AccountView> account(AccountQuery query) {
    return CompletableFuture.supplyAsync(() -> reads.accounts().read(query), reads.storage());
  }

  @Override
  public CompletionStage<Optional<BlockView>> block(BlockQuery query) {
    return CompletableFuture.supplyAsync(
        () -> BlockReads.read(reads.ledger(), genesis, query), reads.storage());
  }

  @Override
  public CompletionStage<Optional<PacketView>> packet(PacketQuery query) {
    return CompletableFuture.supplyAsync(
        () -> PacketReads.read(reads.ledger(), query), reads.storage());
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
