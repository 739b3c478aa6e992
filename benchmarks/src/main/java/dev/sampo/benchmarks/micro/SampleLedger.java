package dev.sampo.benchmarks.micro;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import dev.sampo.core.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A ledger of assets with four validators and a thousand accounts, the same whenever it is made;
 * its proposals carry {@link #TRANSFERS} transfers.
 */
final class SampleLedger {

  /** Transfers in a block, as many as a busy demo orders at a time. */
  static final int TRANSFERS = 200;

  static final int VALIDATORS = 4;

  private static final int ACCOUNTS = 1_000;
  private static final long BALANCE = 1_000_000_000;
  private static final AssetId COIN = new AssetId("coin");
  private static final LedgerTime START = LedgerTime.ofMillis(1_700_000_000_000L);
  private static final long BLOCK_MILLIS = 1_000;
  private static final long VALID_MILLIS = 60_000;

  /** For transfers whose signature nobody looks at. */
  private static final Signature UNSIGNED = new Signature(Bytes.owning(new byte[64]));

  private final List<Signer> validators;
  private final List<AccountId> accounts;
  private final Signer client;
  private final Genesis genesis;

  private SampleLedger(List<Signer> validators, List<AccountId> accounts, Signer client) {
    this.validators = List.copyOf(validators);
    this.accounts = List.copyOf(accounts);
    this.client = client;
    this.genesis =
        new Genesis(
            Sha256.hash(Bytes.EMPTY).value(),
            "simplex",
            START,
            new ValidatorSet(validators.stream().map(Signer::publicKey).toList()),
            LedgerParameters.DEFAULT,
            Assets.NAME,
            holdings(accounts, client).encoded());
  }

  static SampleLedger create() {
    var validators =
        IntStream.range(0, VALIDATORS)
            .mapToObj(i -> signer("validator " + i))
            .sorted((one, other) -> one.publicKey().compareTo(other.publicKey()))
            .toList();
    var accounts =
        IntStream.range(0, ACCOUNTS)
            .mapToObj(i -> new AccountId("account-%04d".formatted(i)))
            .toList();
    return new SampleLedger(validators, accounts, signer("client"));
  }

  private static AssetsGenesis holdings(List<AccountId> accounts, Signer client) {
    var balances = accounts.stream().map(id -> new AssetsGenesis.Balance(id, BALANCE)).toList();
    return new AssetsGenesis(
        accounts.stream().map(id -> new AssetsGenesis.Account(id, client.publicKey())).toList(),
        List.of(new AssetsGenesis.Issue(COIN, accounts.getFirst(), balances)));
  }

  /** A key pair that the name alone determines. */
  static Signer signer(String name) {
    return Ed25519Signer.fromSeed(seed(name));
  }

  static Bytes seed(String name) {
    return Sha256.hash(name.getBytes(StandardCharsets.UTF_8)).value();
  }

  Genesis genesis() {
    return genesis;
  }

  /** The transfer with this number, signed by its sender. */
  SignedTransaction transfer(long number) {
    return SignedTransaction.sign(body(number, START), client);
  }

  /** The transfers of the block after {@code parent}; nobody has signed them. */
  List<SignedTransaction> unsignedTransfers(Block parent) {
    long first = parent.height().number() * TRANSFERS;
    var transfers = new ArrayList<SignedTransaction>(TRANSFERS);
    for (long number = first; number < first + TRANSFERS; number++) {
      transfers.add(
          new SignedTransaction(
              body(number, parent.header().time()).encoded(),
              SignedTransaction.ED25519,
              client.publicKey(),
              UNSIGNED));
    }
    return transfers;
  }

  private TransactionBody body(long number, LedgerTime now) {
    return new TransactionBody(
        genesis.ledgerId(),
        Assets.NAME,
        Assets.transfer(COIN, account(number + 1), 1),
        account(number),
        now.plusMillis(VALID_MILLIS),
        WireWriter.encode(out -> out.u64(0).u64(number)),
        List.of());
  }

  private AccountId account(long number) {
    return accounts.get((int) (number % ACCOUNTS));
  }

  /** The block after {@code parent} that orders these. */
  Block child(Block parent, List<SignedTransaction> transactions) {
    var cut = Cut.unused(VALIDATORS);
    var position =
        new BlockHeader.Position(
            Epoch.ZERO, parent.view().next(), parent.height().next(), parent.hash(), parent.view());
    var content =
        new BlockHeader.Content(
            cut.root(),
            Block.inlineRoot(transactions),
            genesis.validatorSetHash(),
            Hash.ZERO,
            Height.ZERO,
            Hash.ZERO);
    var header =
        new BlockHeader(
            BlockHeader.VERSION,
            genesis.ledgerId(),
            position,
            parent.header().time().plusMillis(BLOCK_MILLIS),
            ValidatorIndex.of(0),
            transactions.isEmpty() ? BlockType.EMPTY : BlockType.NORMAL,
            content);
    return new Block(header, cut, transactions);
  }

  /** A proposal with signed transfers, and the notarization of its parent. */
  Proposal proposal() {
    var parent = child(genesis.block(), List.of());
    var transfers = IntStream.range(0, TRANSFERS).mapToObj(this::transfer).toList();
    var block = child(parent, transfers);
    var statement = new Statement.Propose(Epoch.ZERO, block.view(), block.hash());
    return new Proposal(
        block, vote(statement, 0).signature(), List.of(certificate(notarizes(parent))));
  }

  private static Statement notarizes(Block block) {
    return new Statement.Notarize(Epoch.ZERO, block.view(), block.hash());
  }

  /** Signed by a quorum. */
  private Certificate certificate(Statement statement) {
    int quorum = genesis.validators().quorum();
    return Certificate.of(
        statement, IntStream.range(0, quorum).mapToObj(i -> vote(statement, i)).toList());
  }

  FinalityProof finality(Block block) {
    var statement = new Statement.Finalize(Epoch.ZERO, block.view(), block.hash());
    return new FinalityProof(List.of(block.header()), certificate(statement));
  }

  private Vote vote(Statement statement, int validator) {
    return new Vote(
        statement,
        ValidatorIndex.of(validator),
        validators.get(validator).sign(statement.digest(genesis.ledgerId())));
  }
}
