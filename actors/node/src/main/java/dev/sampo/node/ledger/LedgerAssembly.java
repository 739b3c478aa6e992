package dev.sampo.node.ledger;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.consensus.engine.ConsensusEngines;
import dev.sampo.core.crypto.RememberingVerifier;
import dev.sampo.core.execution.Attestations;
import dev.sampo.core.execution.LedgerExecutor;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.execution.TransactionCheck;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.mempool.LaneVoice;
import dev.sampo.core.mempool.Mempool;
import dev.sampo.core.mempool.MempoolMachine;
import dev.sampo.core.message.MessageVerifier;
import dev.sampo.core.sync.StoredBatches;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.CertificateVerifier;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.RecoveryNonce;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.node.consensus.ConsensusActor;
import dev.sampo.node.consensus.ConsensusRoles;
import dev.sampo.node.consensus.ConsensusSettings;
import dev.sampo.node.execution.AppliedLedger;
import dev.sampo.node.execution.Attester;
import dev.sampo.node.execution.BlockFeed;
import dev.sampo.node.execution.ExecutionActor;
import dev.sampo.node.execution.ExecutionRoles;
import dev.sampo.node.execution.ExecutionSettings;
import dev.sampo.node.execution.OutcomesActor;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.mempool.MempoolSettings;
import dev.sampo.node.mempool.Room;
import dev.sampo.node.peer.LedgerFrames;
import dev.sampo.node.peer.Outbound;
import dev.sampo.node.relay.RelayedLedger;
import dev.sampo.node.sync.FinalBlockSource;
import dev.sampo.node.sync.SyncActor;
import dev.sampo.node.verification.SignatureProvider;
import dev.sampo.node.verification.SignatureWorkers;
import dev.sampo.node.verification.VerdictCache;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** Puts the roles of a ledger together: each is given those it speaks to. */
final class LedgerAssembly {

  private static final int REMEMBERED_VOTES = 16_384;

  private final ActorContext<LedgerActor.Command> context;
  private final LedgerParts parts;
  private final LedgerSettings settings;
  private final Genesis genesis;
  private final LedgerReader ledger;
  private final VerdictCache verdicts;
  private final RememberingVerifier signatures;
  private final LedgerMetrics metrics;
  private final Executor workers;
  private final Executor storage;
  private final AppliedLedger applied;
  private final Room room = new Room();

  LedgerAssembly(ActorContext<LedgerActor.Command> context, LedgerParts parts) {
    this.context = context;
    this.parts = parts;
    this.settings = parts.settings();
    this.genesis = settings.genesis();
    this.ledger = new LedgerReader(parts.storage().store());
    this.signatures = SignatureProvider.remembering(REMEMBERED_VOTES);
    this.verdicts = new VerdictCache(genesis.ledgerId(), signatures);
    this.metrics = new LedgerMetrics(parts.registry(), settings.name().text());
    var ofExecution = metrics.execution();
    ofExecution.count("sampo.store.syncs", parts.storage().syncs(), syncs -> syncs.getAsLong());
    ofExecution.measure("sampo.store.cached.bytes", parts.storage().cachedBytes());
    this.workers = dispatcher("sampo.verification.dispatcher");
    this.storage = dispatcher("sampo.storage.dispatcher");
    this.applied = openLedger();
  }

  private Executor dispatcher(String path) {
    return context.getSystem().dispatchers().lookup(DispatcherSelector.fromConfig(path));
  }

  private Executor urgent() {
    return dispatcher("sampo.verification.urgent-dispatcher");
  }

  private AppliedLedger openLedger() {
    var store = parts.storage().store();
    var executor =
        LedgerExecutor.open(genesis, settings.application(), verdicts.ofExecution(), store);
    executor.initialWrites().ifPresent(store::commit);
    return new AppliedLedger(executor, store);
  }

  LedgerMetrics metrics() {
    return metrics;
  }

  LedgerRoles start() {
    var dispatch = new CompletableFuture<Dispatch>();
    takeFrames(dispatch);
    var outbound = outbound();
    var outcomes = spawn("outcomes", OutcomesActor.create(ledger));
    var mempool = startMempool(outbound, outcomes);
    var execution = startExecution(new ExecutionRoles(BlockFeed.of(mempool), outcomes), outbound);
    var stored =
        new SyncActor.Sources(
            new FinalBlockSource(ledger), new StoredBatches(parts.storage().store()));
    var sync = spawn("sync", SyncActor.create(stored, storage, outbound));
    var consensus = startConsensus(new ConsensusRoles(outbound, mempool, execution, sync));
    var sources = new StatusActor.Sources(consensus, execution, mempool);
    var board = new StatusBoard(settings, parts.storage().syncs(), startOfBoard());
    var status = spawn("status", StatusActor.create(board, sources));
    var roles = new LedgerRoles(consensus, mempool, sync, execution, outcomes, status);
    dispatch.complete(new Dispatch(roles));
    return roles;
  }

  LedgerAccess access(LedgerRoles roles) {
    var check =
        new TransactionCheck(
            genesis, settings.application(), parts.storage().store(), new RecentReads());
    return new ActorLedgerAccess(
        context.getSystem(),
        genesis,
        roles,
        new ActorLedgerAccess.Checks(check, verdicts, workers, room),
        new StoredReads(genesis, parts.storage().store(), roles.outcomes(), storage));
  }

  RelayedLedger relayed(LedgerRoles roles, LedgerAccess access) {
    return new RelayedLedger(
        settings.name().text(),
        genesis,
        genesis.validators().key(settings.self()),
        new RelayedLedger.Reads(ledger, access),
        roles.execution());
  }

  private void takeFrames(CompletableFuture<Dispatch> dispatch) {
    var certificates =
        new CertificateVerifier(genesis.ledgerId(), Epoch.ZERO, genesis.validators(), signatures);
    var verifier = new MessageVerifier(certificates, settings.self(), verdicts::hasValidSignature);
    // Where validators attest, the roles ask for what is to be checked (X11).
    boolean isPrepared = !genesis.parameters().isAttested();
    var checks =
        new Inbound.Checks(
            verifier, isPrepared ? Optional.of(verdicts) : Optional.empty(), workers, urgent());
    var inbound = new Inbound(checks, dispatch, parts.registry(), settings.name().text());
    var links = parts.links();
    links
        .frames()
        .open(
            new LedgerFrames.Committee(genesis.ledgerId(), settings.name().text(), links.seats()),
            inbound);
  }

  private Outbound outbound() {
    var others =
        genesis.validators().indices().stream()
            .filter(index -> !index.equals(settings.self()))
            .toList();
    var links = parts.links();
    return new Outbound(
        genesis.ledgerId(),
        links.seats(),
        others,
        links.network(),
        () -> !parts.fence().isFenced());
  }

  private ActorRef<MempoolActor.Command> startMempool(
      Outbound outbound, ActorRef<OutcomesActor.Command> outcomes) {
    var store = parts.storage().store();
    var mempool =
        new MempoolSettings(
            genesis.ledgerId(),
            new MempoolMachine(
                genesis,
                settings.self(),
                Mempool.Limits.DEFAULT,
                store,
                LaneVoice.of(parts.storage().everLost())),
            settings.signer(),
            store,
            storage,
            new SignatureWorkers(verdicts, workers),
            outbound,
            room,
            metrics.mempool(
                (ids, height) -> outcomes.tell(new OutcomesActor.NoteExpired(ids, height))),
            parts.fence());
    return spawn("mempool", MempoolActor.create(mempool));
  }

  private ActorRef<ExecutionActor.Command> startExecution(ExecutionRoles roles, Outbound outbound) {
    var attester =
        new Attester(settings.self(), settings.signer(), outbound, ledger.newestStatements(2));
    var execution =
        new ExecutionSettings(
            genesis.ledgerId(), Optional.of(attester), applied, storage, metrics, parts.fence());
    var attestations =
        Attestations.open(
            genesis.validators(), Optional.of(settings.self()), parts.storage().store());
    return spawn("execution", ExecutionActor.create(execution, roles, attestations));
  }

  private ActorRef<ConsensusActor.Command> startConsensus(ConsensusRoles roles) {
    var last = ledger.lastExecuted();
    boolean isNew = last.equals(Height.ZERO);
    var block = isNew ? genesis.block() : ledger.block(last).orElseThrow();
    var proof = isNew ? Optional.<FinalityProof>empty() : ledger.finalityProof(last);
    var stored =
        new ConsensusSettings.StoredFinal(block, proof, ledger.orderedUpTo(block), nonce());
    var consensus =
        new ConsensusSettings(
            genesis.ledgerId(),
            ConsensusEngines.create(genesis, settings.self()),
            settings.signer(),
            new SignatureWorkers(verdicts, urgent()),
            stored,
            metrics,
            parts.storage().journal(),
            parts.fence());
    var role =
        context.spawn(
            ConsensusActor.create(consensus, roles),
            "consensus",
            DispatcherSelector.fromConfig("sampo.consensus.dispatcher"));
    context.watch(role);
    return role;
  }

  /** RE2: no answer to an earlier question fits this start. */
  private Optional<RecoveryNonce> nonce() {
    if (!parts.storage().everLost()) {
      return Optional.empty();
    }
    var bits = new byte[RecoveryNonce.LENGTH];
    new SecureRandom().nextBytes(bits);
    return Optional.of(new RecoveryNonce(Bytes.owning(bits)));
  }

  private StatusBoard.Start startOfBoard() {
    var last = ledger.lastExecuted();
    return new StatusBoard.Start(
        lastHeader(),
        ledger.statement(last).map(StateAttest::stateRoot).orElse(Hash.ZERO),
        BlockReads.certifiedHeight(ledger));
  }

  private BlockHeader lastHeader() {
    return ledger.lastHeader().orElseGet(() -> genesis.block().header());
  }

  /** Watched: no role ends but by a broken invariant. */
  private <T> ActorRef<T> spawn(String name, Behavior<T> behavior) {
    var role = context.spawn(behavior, name);
    context.watch(role);
    return role;
  }
}
