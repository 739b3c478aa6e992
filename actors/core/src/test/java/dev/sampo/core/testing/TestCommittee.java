package dev.sampo.core.testing;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The validators of a ledger with their private keys: the same ones whenever it is built. */
public final class TestCommittee {

  private final List<Signer> signers;
  private final Genesis genesis;

  private TestCommittee(List<Signer> signers, Genesis genesis) {
    this.signers = signers;
    this.genesis = genesis;
  }

  public static TestCommittee of(int size) {
    var signers = new ArrayList<Signer>();
    for (int i = 0; i < size; i++) {
      signers.add(signer("validator " + i));
    }
    signers.sort((one, other) -> one.publicKey().compareTo(other.publicKey()));
    var keys = signers.stream().map(Signer::publicKey).toList();
    var genesis =
        new Genesis(
            Sha256.hash(new byte[] {1}).value(),
            "simplex",
            LedgerTime.ofMillis(1_700_000_000_000L),
            new ValidatorSet(keys),
            LedgerParameters.DEFAULT,
            "transfers",
            Bytes.fromHex("00010203"));
    return new TestCommittee(signers, genesis);
  }

  /** A key pair that the name alone determines. */
  public static Signer signer(String name) {
    return Ed25519Signer.fromSeed(Sha256.hash(name.getBytes(StandardCharsets.UTF_8)).value());
  }

  public Genesis genesis() {
    return genesis;
  }

  /** In the order of their indices. */
  public List<Signer> signers() {
    return List.copyOf(signers);
  }

  public LedgerId ledger() {
    return genesis.ledgerId();
  }

  public ValidatorSet validators() {
    return genesis.validators();
  }

  public Vote vote(Statement statement, int signer) {
    return new Vote(
        statement, ValidatorIndex.of(signer), signers.get(signer).sign(statement.digest(ledger())));
  }

  /** Signed by the first {@code count} validators. */
  public Certificate certificate(Statement statement, int count) {
    return Certificate.of(
        statement, IntStream.range(0, count).mapToObj(i -> vote(statement, i)).toList());
  }

  /** Signed by a quorum. */
  public Certificate certificate(Statement statement) {
    return certificate(statement, validators().quorum());
  }

  /** Proposed by validator 1 in the view after the parent's. */
  public Block child(Block parent, List<SignedTransaction> inline) {
    var cut = Cut.unused(validators().size());
    var position =
        new BlockHeader.Position(
            Epoch.ZERO, parent.view().next(), parent.height().next(), parent.hash(), parent.view());
    var content =
        new BlockHeader.Content(
            cut.root(),
            Block.inlineRoot(inline),
            genesis.validatorSetHash(),
            Hash.ZERO,
            Height.ZERO,
            Hash.ZERO);
    var header =
        new BlockHeader(
            BlockHeader.VERSION,
            ledger(),
            position,
            parent.header().time().plusMillis(1000),
            ValidatorIndex.of(1 % validators().size()),
            inline.isEmpty() ? BlockType.EMPTY : BlockType.NORMAL,
            content);
    return new Block(header, cut, inline);
  }

  /** Genesis and {@code length} empty blocks, each the child of the one before. */
  public List<Block> chain(int length) {
    var blocks = new ArrayList<Block>();
    blocks.add(genesis.block());
    for (int i = 0; i < length; i++) {
      blocks.add(child(blocks.getLast(), List.of()));
    }
    return blocks;
  }

  public Statement.Finalize finalizes(Block block) {
    return new Statement.Finalize(Epoch.ZERO, block.view(), block.hash());
  }

  /**
   * Proves that {@code target} is final, by a finalization of the last of its {@code descendants}.
   */
  public FinalityProof proof(Block target, Block... descendants) {
    var chain = new ArrayList<BlockHeader>(List.of(target.header()));
    var last = target;
    for (var descendant : descendants) {
      chain.add(descendant.header());
      last = descendant;
    }
    return new FinalityProof(chain, certificate(finalizes(last)));
  }

  public Statement.StateAttest attests(Block block) {
    return new Statement.StateAttest(
        Epoch.ZERO,
        block.height(),
        block.hash(),
        Sha256.hash(new byte[] {2}),
        Sha256.hash(new byte[] {3}));
  }

  public static Statement.Nullify nullifies(long view) {
    return new Statement.Nullify(Epoch.ZERO, View.of(view));
  }

  /** The transaction of {@code sender} whose salt is {@code number}. */
  public SignedTransaction transaction(String sender, int number) {
    return transaction(sender, number, Bytes.fromHex("0102030405"));
  }

  public SignedTransaction transaction(String sender, int number, Bytes payload) {
    return SignedTransaction.sign(
        body(sender, number, payload, List.of()), signer("client " + sender));
  }

  public TransactionBody body(
      String sender, int number, Bytes payload, List<TransactionBody.Requirement> requires) {
    var salt = new byte[TransactionBody.SALT_LENGTH];
    salt[14] = (byte) (number >> 8);
    salt[15] = (byte) number;
    return new TransactionBody(
        ledger(),
        "transfers",
        payload,
        new AccountId(sender),
        LedgerTime.ofMillis(1_700_000_060_000L),
        Bytes.owning(salt),
        requires);
  }

  public PublicKey key(int index) {
    return validators().key(ValidatorIndex.of(index));
  }
}
