package dev.sampo.core.execution;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import dev.sampo.core.wire.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A ledger of assets with four validators, three accounts and blocks made by hand. */
public final class TestLedger {

  public static final AccountId ALICE = new AccountId("alice");
  public static final AccountId BOB = new AccountId("bob");
  public static final AccountId CAROL = new AccountId("carol");
  public static final AssetId GOLD = new AssetId("gold");
  public static final long START = 1_000_000;

  private static final List<Signer> VALIDATORS =
      Stream.of("v0", "v1", "v2", "v3")
          .map(TestKeys::signer)
          .sorted((a, b) -> a.publicKey().compareTo(b.publicKey()))
          .toList();

  public final Genesis genesis;
  public final LedgerStore store;
  public LedgerExecutor executor;
  private final Application application;
  private final List<Block> blocks = new ArrayList<>();

  public TestLedger() {
    this(LedgerParameters.DEFAULT);
  }

  public TestLedger(LedgerParameters parameters) {
    this(genesis(parameters), new Assets(TestKeys.VERIFIER), new InMemoryLedgerStore());
  }

  public TestLedger(Genesis genesis, Application application, LedgerStore store) {
    this.genesis = genesis;
    this.application = application;
    this.store = store;
    this.executor = open();
    executor.initialWrites().ifPresent(store::commit);
    executor.committed(Height.ZERO);
    blocks.add(genesis.block());
  }

  public static Genesis genesis(LedgerParameters parameters) {
    var accounts =
        Stream.of(ALICE, BOB, CAROL)
            .map(id -> new AssetsGenesis.Account(id, TestKeys.key(id.name())))
            .toList();
    var gold =
        new AssetsGenesis.Issue(
            GOLD,
            ALICE,
            List.of(new AssetsGenesis.Balance(ALICE, 1_000), new AssetsGenesis.Balance(BOB, 500)));
    return genesis(parameters, Assets.NAME, new AssetsGenesis(accounts, List.of(gold)).encoded());
  }

  public static Genesis genesis(LedgerParameters parameters, String application, Bytes state) {
    return new Genesis(
        Bytes.fromHex("5a".repeat(32)),
        "simplex",
        LedgerTime.ofMillis(START),
        validators(),
        parameters,
        application,
        state);
  }

  public static ValidatorSet validators() {
    return new ValidatorSet(VALIDATORS.stream().map(Signer::publicKey).toList());
  }

  public LedgerExecutor open() {
    return LedgerExecutor.open(genesis, application, verdicts(genesis), store);
  }

  /** Forgets everything but the store. */
  public void restart() {
    executor = open();
  }

  static TransactionVerdicts verdicts(Genesis genesis) {
    var ledger = genesis.ledgerId();
    return transaction ->
        TestKeys.VERIFIER.verifyTransaction(
            transaction.publicKey(),
            SignedTransaction.signingDigest(ledger, transaction.body()),
            transaction.signature());
  }

  public LedgerReader reader() {
    return new LedgerReader(store);
  }

  public List<Block> blocks() {
    return List.copyOf(blocks);
  }

  /** Executes and commits a block that follows the last. */
  public ExecutedBlock run(long time, SignedTransaction... transactions) {
    return run(next(time, List.of(transactions)));
  }

  public ExecutedBlock run(Block block) {
    return run(OrderedBlock.inline(block));
  }

  /** With what its batches carry. */
  public ExecutedBlock run(OrderedBlock ordered) {
    var block = ordered.block();
    var executed = executor.execute(ordered, finality(block));
    store.commit(executed.writes());
    executor.committed(block.height());
    blocks.add(block);
    return executed;
  }

  public Block next(long time, List<SignedTransaction> transactions) {
    return child(blocks.getLast(), time, transactions);
  }

  public Block child(Block parent, long time, List<SignedTransaction> transactions) {
    var header = parent.header();
    var position =
        new BlockHeader.Position(
            Epoch.ZERO, header.view().next(), header.height().next(), parent.hash(), header.view());
    var content =
        new BlockHeader.Content(
            Cut.unused(4).root(),
            Block.inlineRoot(transactions),
            genesis.validatorSetHash(),
            Hash.ZERO,
            Height.ZERO,
            Hash.ZERO);
    return new Block(
        new BlockHeader(
            BlockHeader.VERSION,
            genesis.ledgerId(),
            position,
            LedgerTime.ofMillis(time),
            ValidatorIndex.of(0),
            transactions.isEmpty() ? BlockType.EMPTY : BlockType.NORMAL,
            content),
        Cut.unused(4),
        transactions);
  }

  public FinalityProof finality(Block block) {
    return new FinalityProof(
        List.of(block.header()),
        certificate(new Statement.Finalize(Epoch.ZERO, block.view(), block.hash()), 3));
  }

  public Certificate certificate(Statement statement, int signers) {
    var votes = new ArrayList<Vote>();
    for (int i = 0; i < signers; i++) {
      votes.add(vote(statement, i));
    }
    return Certificate.of(statement, votes);
  }

  public Vote vote(Statement statement, int validator) {
    return new Vote(
        statement,
        ValidatorIndex.of(validator),
        VALIDATORS.get(validator).sign(statement.digest(genesis.ledgerId())));
  }

  /** Certifies a height in the store, as three validators would. */
  public void certify(long height) {
    var statement = reader().statement(Height.of(height)).orElseThrow();
    var update =
        Attestations.open(validators(), Optional.empty(), store).add(certificate(statement, 3));
    store.commit(update.writes());
  }

  public TransactionBody body(AccountId sender, Bytes payload, int salt, long validUntil) {
    return new TransactionBody(
        genesis.ledgerId(),
        genesis.application(),
        payload,
        sender,
        LedgerTime.ofMillis(validUntil),
        Bytes.fromHex("%032x".formatted(salt)),
        List.of());
  }

  public static SignedTransaction sign(TransactionBody body) {
    return SignedTransaction.sign(body, TestKeys.signer(body.sender().name()));
  }

  /** {@code body}, requiring a transaction that is said to be valid until the given time (7.17). */
  public static TransactionBody requiring(
      TransactionBody body, SignedTransaction required, long validUntil) {
    try {
      var other = TransactionBody.decode(required.body());
      return new TransactionBody(
          body.ledger(),
          body.application(),
          body.payload(),
          body.sender(),
          body.validUntil(),
          body.salt(),
          List.of(
              new TransactionBody.Requirement(
                  required.id(), other.sender(), other.salt(), LedgerTime.ofMillis(validUntil))));
    } catch (Malformed impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** A transfer of gold that is valid for a minute after the start. */
  public SignedTransaction transfer(AccountId from, AccountId to, long amount, int salt) {
    return sign(body(from, Assets.transfer(GOLD, to, amount), salt, START + 60_000));
  }

  public long balance(AccountId account) {
    return Assets.amountOf(reader().state().get(Assets.balanceKey(GOLD, account).name()));
  }

  /** The outcome in a word or two. */
  static String text(TransactionResult result) {
    return switch (result) {
      case TransactionResult.Executed(Receipt receipt) -> receipt.code();
      case TransactionResult.Void(RejectionCode code, _) -> "VOID " + code;
      case TransactionResult.Duplicate(var code, var height, int index) ->
          "DUPLICATE " + code + " " + height + "/" + index;
    };
  }

  public static List<String> texts(ExecutedBlock executed) {
    return executed.results().stream().map(TestLedger::text).toList();
  }
}
