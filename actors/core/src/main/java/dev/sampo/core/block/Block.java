package dev.sampo.core.block;

import dev.sampo.core.merkle.MerkleTree;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.View;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A header with the body that it commits to: the cut and the inline transactions (protocol 2.2).
 */
public final class Block {

  /** No block carries more inline transactions than this, whatever their size. */
  public static final int INLINE_COUNT_MAX = 16_384;

  /** Largest encoding of a block in bytes: 1 MiB of inline transactions and what goes with them. */
  public static final int ENCODED_BYTES_MAX = (1 << 20) + (1 << 17);

  private final BlockHeader header;
  private final Cut cut;
  private final List<SignedTransaction> inline;
  private final Hash hash;
  // Found once, since many ask: neither header nor body ever changes.
  private @Nullable Boolean bodyMatches;

  public Block(BlockHeader header, Cut cut, List<SignedTransaction> inline) {
    this.header = header;
    this.cut = cut;
    this.inline = List.copyOf(inline);
    this.hash = header.computeHash();
  }

  public BlockHeader header() {
    return header;
  }

  public Cut cut() {
    return cut;
  }

  public List<SignedTransaction> inline() {
    return inline;
  }

  public Hash hash() {
    return hash;
  }

  public View view() {
    return header.view();
  }

  public Height height() {
    return header.height();
  }

  /** Whether the body is the one that the header commits to. */
  public boolean bodyMatchesHeader() {
    var known = bodyMatches;
    if (known == null) {
      known =
          header.content().cutRoot().equals(cut.root())
              && header.content().inlineRoot().equals(inlineRoot(inline));
      bodyMatches = known;
    }
    return known;
  }

  /** The RFC 6962 root over the encoded transactions. */
  public static Hash inlineRoot(List<SignedTransaction> inline) {
    return MerkleTree.root(inline.stream().map(SignedTransaction::encoded).toList());
  }

  public void writeTo(WireWriter out) {
    header.writeTo(out);
    cut.writeTo(out);
    out.list(inline, SignedTransaction::writeTo);
  }

  /** Length of the encoding in bytes. */
  public int encodedLength() {
    int inlineLength = 4 + inline.stream().mapToInt(SignedTransaction::encodedLength).sum();
    return BlockHeader.ENCODED_LENGTH + cut.encodedLength() + inlineLength;
  }

  public static Block readFrom(WireReader in) throws Malformed {
    return in.within(
        ENCODED_BYTES_MAX,
        bounded ->
            new Block(
                BlockHeader.readFrom(bounded),
                Cut.readFrom(bounded),
                bounded.list(INLINE_COUNT_MAX, SignedTransaction::readFrom)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Block block
        && hash.equals(block.hash)
        && cut.equals(block.cut)
        && inline.equals(block.inline);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return "Block[" + header.type() + " view " + view() + " height " + height() + " " + hash + "]";
  }
}
