package dev.sampo.core.block;

import dev.sampo.core.merkle.MerkleTree;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.Collections;
import java.util.List;

/** For each lane the newest batch that a block orders (protocol 2.2); one entry per validator. */
public record Cut(List<Tip> tips) {

  /** The newest ordered batch of a lane; (0, zero hash) for a lane that was never used. */
  public record Tip(Height height, Hash digest) {

    public static final Tip UNUSED = new Tip(Height.ZERO, Hash.ZERO);

    private static final int ENCODED_LENGTH = 8 + Hash.LENGTH;

    public void writeTo(WireWriter out) {
      out.u64(height.number()).hash(digest);
    }

    public static Tip readFrom(WireReader in) throws Malformed {
      return new Tip(Height.of(in.u64()), in.hash());
    }
  }

  public Cut {
    tips = List.copyOf(tips);
  }

  /** The cut of a ledger whose lanes were never used. */
  public static Cut unused(int validators) {
    return new Cut(Collections.nCopies(validators, Tip.UNUSED));
  }

  /** The RFC 6962 root over the encoded tips. */
  public Hash root() {
    return MerkleTree.root(tips.stream().map(tip -> WireWriter.encode(tip::writeTo)).toList());
  }

  /** How many batches the block and its ancestors ordered in all, since the epoch began. */
  public long batches() {
    long batches = 0;
    for (var tip : tips) {
      batches += tip.height().number();
    }
    return batches;
  }

  void writeTo(WireWriter out) {
    out.list(tips, Tip::writeTo);
  }

  int encodedLength() {
    return 4 + tips.size() * Tip.ENCODED_LENGTH;
  }

  static Cut readFrom(WireReader in) throws Malformed {
    return new Cut(in.list(ValidatorSet.MAX_SIZE, Tip::readFrom));
  }
}
