package dev.sampo.node.gateway;

import dev.sampo.core.assets.AccountRecord;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.crypto.Ed25519Suite;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.execution.Attestations;
import dev.sampo.core.execution.LedgerExecutor;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.light.StateProof;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import dev.sampo.node.sync.FollowAnswers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A ledger of assets with four validators in one object: real execution, state tree, signatures and
 * proofs, but no consensus. Each transaction gets a block of its own at once, unless blocks are
 * held back; and it can be told to refuse, or to say nothing at all.
 */
final class SmallLedger implements LedgerAccess {

  static final AccountId ALICE = new AccountId("alice");
  static final AccountId BOB = new AccountId("bob");
  static final AssetId COIN = new AssetId("coin");
  static final long ALICE_HAS = 1_000_000;

  private static final Ed25519Suite SUITE = new Ed25519Suite();
  private static final List<Ed25519Signer> VALIDATORS =
      Stream.of("v1", "v2", "v3", "v4")
          .map(SmallLedger::signer)
          .sorted((a, b) -> a.publicKey().compareTo(b.publicKey()))
          .toList();

  private final InMemoryLedgerStore store = new InMemoryLedgerStore();
  private final Genesis genesis;
  private final LedgerReader reader = new LedgerReader(store);
  private final LedgerExecutor executor;
  private final Map<TransactionId, SignedTransaction> pending = new LinkedHashMap<>();
  private final Map<TransactionId, CompletableFuture<Void>> executed = new LinkedHashMap<>();
  private Block last;
  private boolean holding;
  private boolean certifying = true;
  private boolean silent;
  private Optional<SubmitOutcome.Rejected> refusal = Optional.empty();
  private Readiness readiness = Readiness.READY;
  private int submissions;

  SmallLedger() {
    this("5a");
  }

  /** {@code octet}: in hexadecimal; ledgers with different ones have different ids. */
  SmallLedger(String octet) {
    genesis = createGenesis(Bytes.fromHex(octet.repeat(32)));
    executor = LedgerExecutor.open(genesis, new Assets(), SmallLedger::isSigned, store);
    executor.initialWrites().ifPresent(store::commit);
    executor.committed(Height.ZERO);
    last = genesis.block();
  }

  /** In the order of their indices; the validators of every small ledger are the same. */
  static List<Ed25519Signer> validators() {
    return VALIDATORS;
  }

  static Ed25519Signer signer(String name) {
    return Ed25519Signer.fromSeed(Sha256.hash(name.getBytes(StandardCharsets.UTF_8)).value());
  }

  private static boolean isSigned(SignedTransaction transaction) {
    try {
      var body = dev.sampo.core.transaction.TransactionBody.decode(transaction.body());
      return SUITE.verifyTransaction(
          transaction.publicKey(),
          SignedTransaction.signingDigest(body.ledger(), transaction.body()),
          transaction.signature());
    } catch (dev.sampo.core.wire.Malformed malformed) {
      return false;
    }
  }

  private static Genesis createGenesis(Bytes nonce) {
    var accounts =
        Stream.of(ALICE, BOB)
            .map(id -> new AssetsGenesis.Account(id, signer(id.name()).publicKey()))
            .toList();
    var coin =
        new AssetsGenesis.Issue(COIN, ALICE, List.of(new AssetsGenesis.Balance(ALICE, ALICE_HAS)));
    return new Genesis(
        nonce,
        "simplex",
        LedgerTime.ofMillis(System.currentTimeMillis()),
        new ValidatorSet(VALIDATORS.stream().map(Signer::publicKey).toList()),
        LedgerParameters.DEFAULT,
        Assets.NAME,
        new AssetsGenesis(accounts, List.of(coin)).encoded());
  }

  /** Transactions wait until {@link #commit()}. */
  synchronized void hold() {
    holding = true;
  }

  synchronized void release() {
    holding = false;
    commit();
  }

  /** Blocks from now on are executed but not certified. */
  synchronized void stopCertifying() {
    certifying = false;
  }

  /** No question is answered any more. */
  synchronized void fallSilent() {
    silent = true;
  }

  synchronized void speakAgain() {
    silent = false;
  }

  synchronized void refuse(String code) {
    refusal = Optional.of(new SubmitOutcome.Rejected(code, "because the test says so"));
  }

  synchronized void refuseNothing() {
    refusal = Optional.empty();
  }

  synchronized void readiness(Readiness now) {
    readiness = now;
  }

  synchronized int submissions() {
    return submissions;
  }

  synchronized long balance(AccountId account) {
    return Assets.amountOf(reader.state().get(Assets.balanceKey(COIN, account).name()));
  }

  synchronized Height height() {
    return last.height();
  }

  Genesis document() {
    return genesis;
  }

  @Override
  public CompletionStage<List<PeerMessage>> follow(FollowQuery query) {
    return answer(new FollowAnswers(store).answer(query));
  }

  /** Puts what waits into a block. */
  synchronized void commit() {
    var block = next(List.copyOf(pending.values()));
    pending.clear();
    var result = executor.execute(OrderedBlock.inline(block), finality(block));
    store.commit(result.writes());
    executor.committed(block.height());
    last = block;
    if (certifying) {
      certify(block.height());
    }
    for (var transaction : block.inline()) {
      watchers(transaction.id()).complete(null);
    }
  }

  private void certify(Height height) {
    var statement = reader.statement(height).orElseThrow();
    var attestations = Attestations.open(genesis.validators(), Optional.empty(), store);
    store.commit(attestations.add(certificate(statement)).writes());
  }

  private Block next(List<SignedTransaction> transactions) {
    var parent = last.header();
    var position =
        new BlockHeader.Position(
            Epoch.ZERO, parent.view().next(), parent.height().next(), last.hash(), parent.view());
    var content =
        new BlockHeader.Content(
            Cut.unused(4).root(),
            Block.inlineRoot(transactions),
            genesis.validatorSetHash(),
            Hash.ZERO,
            Height.ZERO,
            Hash.ZERO);
    var time = Math.max(parent.time().millis() + 1, System.currentTimeMillis());
    var header =
        new BlockHeader(
            BlockHeader.VERSION,
            genesis.ledgerId(),
            position,
            LedgerTime.ofMillis(time),
            ValidatorIndex.of(0),
            transactions.isEmpty() ? BlockType.EMPTY : BlockType.NORMAL,
            content);
    return new Block(header, Cut.unused(4), transactions);
  }

  private FinalityProof finality(Block block) {
    var statement = new Statement.Finalize(Epoch.ZERO, block.view(), block.hash());
    return new FinalityProof(List.of(block.header()), certificate(statement));
  }

  private Certificate certificate(Statement statement) {
    var votes = new ArrayList<Vote>();
    for (int i = 0; i < 3; i++) {
      var signature = VALIDATORS.get(i).sign(statement.digest(genesis.ledgerId()));
      votes.add(new Vote(statement, ValidatorIndex.of(i), signature));
    }
    return Certificate.of(statement, votes);
  }

  private CompletableFuture<Void> watchers(TransactionId id) {
    return executed.computeIfAbsent(id, _ -> new CompletableFuture<>());
  }

  @Override
  public synchronized CompletionStage<SubmitOutcome> submit(SignedTransaction transaction) {
    submissions++;
    if (refusal.isPresent()) {
      return answer(refusal.get());
    }
    if (reader.receipt(transaction.id()).isPresent()) {
      return answer(new SubmitOutcome.Rejected("ALREADY_EXECUTED", ""));
    }
    if (!isSigned(transaction)) {
      return answer(new SubmitOutcome.Rejected("BAD_SIGNATURE", ""));
    }
    if (pending.put(transaction.id(), transaction) != null) {
      return answer(new SubmitOutcome.Rejected("ALREADY_PENDING", ""));
    }
    if (!holding) {
      commit();
    }
    return answer(new SubmitOutcome.Accepted(transaction.id()));
  }

  private <T> CompletionStage<T> answer(T value) {
    return silent ? new CompletableFuture<>() : CompletableFuture.completedFuture(value);
  }

  @Override
  public synchronized CompletionStage<TransactionView> transaction(
      TransactionId id, boolean withProof) {
    return answer(view(id, withProof));
  }

  private synchronized TransactionView view(TransactionId id, boolean withProof) {
    var receipt = reader.receipt(id);
    if (receipt.isPresent()) {
      var block = reader.block(receipt.get().height()).orElseThrow();
      return new TransactionView.Executed(
          receipt.get(),
          block.header().time(),
          withProof ? reader.proveReceipt(id) : Optional.empty());
    }
    return pending.containsKey(id)
        ? new TransactionView.Pending(id)
        : new TransactionView.Unknown(id);
  }

  @Override
  public synchronized CompletionStage<TransactionView> watch(TransactionId id, Duration atMost) {
    if (silent || view(id, false).isDecided()) {
      return answer(view(id, false));
    }
    return watchers(id)
        .copy()
        .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(_ -> view(id, false));
  }

  @Override
  public synchronized CompletionStage<AccountView> account(AccountQuery query) {
    var assets = query.assets().isEmpty() ? List.of(COIN) : query.assets();
    return answer(query.withProof() ? proven(query.id(), assets) : unproven(query.id(), assets));
  }

  private AccountView unproven(AccountId id, List<AssetId> assets) {
    var state = reader.state();
    var balances =
        assets.stream()
            .map(
                asset ->
                    new AccountView.Balance(
                        asset, Assets.amountOf(state.get(Assets.balanceKey(asset, id).name()))))
            .toList();
    return new AccountView(
        id, last.height(), last.header().time(), Assets.account(state, id), balances, List.of());
  }

  private AccountView proven(AccountId id, List<AssetId> assets) {
    var proofs = new ArrayList<StateProof>();
    var keys = new ArrayList<StateKey>(List.of(Assets.accountKey(id)));
    assets.forEach(asset -> keys.add(Assets.balanceKey(asset, id)));
    keys.forEach(key -> reader.prove(key).ifPresent(proofs::add));
    if (proofs.isEmpty()) {
      return unproven(id, assets);
    }
    var at = proofs.getFirst().finality().target();
    var balances = new ArrayList<AccountView.Balance>();
    for (int i = 0; i < assets.size(); i++) {
      var amount = Assets.amountOf(proofs.get(i + 1).value());
      balances.add(new AccountView.Balance(assets.get(i), amount));
    }
    return new AccountView(
        id,
        at.height(),
        at.time(),
        proofs.getFirst().value().map(AccountRecord::stored),
        balances,
        proofs);
  }

  @Override
  public synchronized CompletionStage<Optional<BlockView>> block(BlockQuery query) {
    var block =
        switch (query) {
          case BlockQuery.ByHeight(var height) -> reader.block(height);
          case BlockQuery.ByHash(var hash) -> reader.block(hash);
          case BlockQuery.Latest() -> reader.block(last.height());
        };
    return answer(block.map(this::view));
  }

  /** It has no channels. */
  @Override
  public synchronized CompletionStage<Optional<PacketView>> packet(PacketQuery query) {
    return answer(Optional.empty());
  }

  private BlockView view(Block block) {
    return new BlockView(
        OrderedBlock.inline(block),
        reader.results(block.height()),
        reader.finalityProof(block.height()),
        reader.statement(block.height()).map(Statement.StateAttest::stateRoot).orElse(Hash.ZERO),
        reader.stateCertificate(block.height()).isPresent());
  }

  @Override
  public synchronized CompletionStage<StatusView> status() {
    var root =
        reader.statement(last.height()).map(Statement.StateAttest::stateRoot).orElse(Hash.ZERO);
    var progress =
        new StatusView.Progress(
            Epoch.ZERO,
            last.view().next(),
            ValidatorIndex.of(1),
            last.height(),
            last.height(),
            last.height(),
            root,
            last.header().time());
    var load = new StatusView.Load(1234, pending.size(), submissions, 1.5, 20, 300);
    var validators = new ArrayList<StatusView.ValidatorStatus>();
    for (int i = 0; i < 4; i++) {
      Optional<StatusView.Report> report =
          i == 3
              ? Optional.empty()
              : Optional.of(new StatusView.Report(1000 + i, View.of(9), Height.of(5 - i), root));
      validators.add(
          new StatusView.ValidatorStatus(
              ValidatorIndex.of(i),
              "v" + (i + 1),
              VALIDATORS.get(i).publicKey(),
              i < 2 ? "a" : "b",
              i < 3,
              report));
    }
    return answer(
        new StatusView("v1", false, genesis.ledgerId(), progress, load, 3, 0, 4, validators));
  }

  @Override
  public synchronized CompletionStage<Genesis> genesis() {
    return answer(genesis);
  }

  @Override
  public synchronized CompletionStage<Readiness> ready() {
    return answer(readiness);
  }
}
