package dev.sampo.core.lane;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.merkle.MerkleTree;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Statement.Append;
import dev.sampo.core.vote.Vote;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that the owner of a lane appended to it (protocol 2.10), after Autobahn (SOSP 2024).
 * Named by the digest of its statement, which commits to its transactions and to all batches
 * before.
 */
public final class Batch {

  /** No batch has more transactions than this, whatever their size. */
  public static final int COUNT_MAX = 16_384;

  /** Largest encoding of a batch in bytes: 512 KiB of transactions and what goes with them. */
  public static final int ENCODED_BYTES_MAX = (512 << 10) + 1024;

  private final Append statement;
  private final List<SignedTransaction> transactions;
  private final Signature signature;
  private final Hash digest;
  private final int payloadLength;
  // Found once, since many ask: neither statement nor payload ever changes.
  private @Nullable Boolean payloadMatches;

  /** {@code signature} is the owner's over {@code statement}. */
  public Batch(Append statement, List<SignedTransaction> transactions, Signature signature) {
    this.statement = statement;
    this.transactions = List.copyOf(transactions);
    this.signature = signature;
    this.digest = digestOf(statement);
    this.payloadLength = transactions.stream().mapToInt(SignedTransaction::encodedLength).sum();
  }

  /** What the owner signs to append {@code transactions} after {@code parent}. */
  public static Append statement(
      Epoch epoch,
      ValidatorIndex lane,
      long run,
      Tip parent,
      List<SignedTransaction> transactions) {
    return new Append(
        epoch,
        lane,
        run,
        parent.height().next(),
        parent.digest(),
        transactions.size(),
        rootOf(transactions));
  }

  /** SHA-256 of the encoded statement. */
  public static Hash digestOf(Append statement) {
    return statement.batch();
  }

  public Append statement() {
    return statement;
  }

  public List<SignedTransaction> transactions() {
    return transactions;
  }

  public Hash digest() {
    return digest;
  }

  public ValidatorIndex lane() {
    return statement.lane();
  }

  public long run() {
    return statement.run();
  }

  public Height height() {
    return statement.height();
  }

  /** The batch as a cut names it. */
  public Tip tip() {
    return new Tip(height(), digest);
  }

  /** The batch before it as a cut names it; unused at height 1. */
  public Tip parent() {
    return new Tip(Height.of(height().number() - 1), statement.parent());
  }

  /** The owner's signed statement, as evidence names it. */
  public Vote asVote() {
    return new Vote(statement, lane(), signature);
  }

  /** What a validator signs that stores it (L2). */
  public Ack ack() {
    return ack(false);
  }

  /** {@code verified}: that has checked the signatures of its clients too (X11). */
  public Ack ack(boolean verified) {
    return new Ack(statement.epoch(), lane(), run(), height(), digest, verified, 0);
  }

  /** Whether the transactions are those that the statement commits to. */
  public boolean payloadMatchesStatement() {
    var known = payloadMatches;
    if (known == null) {
      known =
          statement.count() == transactions.size() && statement.root().equals(rootOf(transactions));
      payloadMatches = known;
    }
    return known;
  }

  /** Bytes of its transactions, which L2b bounds. */
  public int payloadLength() {
    return payloadLength;
  }

  /** Length of the encoding in bytes. */
  public int encodedLength() {
    return statement.encodedLength() + Signature.LENGTH + 4 + payloadLength;
  }

  public void writeTo(WireWriter out) {
    statement.writeTo(out);
    out.fixed(signature.value());
    out.list(transactions, SignedTransaction::writeTo);
  }

  /** A batch without transactions is malformed: none is ever needed. */
  public static Batch readFrom(WireReader in) throws Malformed {
    return in.within(ENCODED_BYTES_MAX, Batch::read);
  }

  private static Batch read(WireReader in) throws Malformed {
    if (!(Statement.readFrom(in) instanceof Append statement)) {
      throw new Malformed("not the statement of a batch");
    }
    var signature = new Signature(in.fixed(Signature.LENGTH));
    var transactions = in.list(COUNT_MAX, SignedTransaction::readFrom);
    if (transactions.isEmpty()) {
      throw new Malformed("an empty batch");
    }
    return new Batch(statement, transactions, signature);
  }

  /** Over the hashes of the complete signed bytes, which a node needs for its verdicts anyhow. */
  private static Hash rootOf(List<SignedTransaction> transactions) {
    return MerkleTree.root(
        transactions.stream().map(transaction -> transaction.contentHash().value()).toList());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Batch batch
        && digest.equals(batch.digest)
        && signature.equals(batch.signature)
        && transactions.equals(batch.transactions);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return "Batch[lane " + lane() + " run " + run() + " height " + height() + " " + digest + "]";
  }
}
