package dev.sampo.core.state;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/** One version of a state tree: its root hash, and where its pages are found. */
public final class TreeRoot {

  /** The tree without leaves. */
  public static final TreeRoot EMPTY = new TreeRoot(Subtree.EMPTY);

  private final Subtree subtree;

  TreeRoot(Subtree subtree) {
    this.subtree = subtree;
  }

  Subtree subtree() {
    return subtree;
  }

  public Hash hash() {
    return subtree.hash();
  }

  public void writeTo(WireWriter out) {
    Subtree.write(subtree, out);
  }

  public static TreeRoot readFrom(WireReader in) throws Malformed {
    return new TreeRoot(Subtree.read(in));
  }

  static TreeRoot decode(Bytes encoded) throws Malformed {
    return WireReader.decode(encoded, TreeRoot::readFrom);
  }
}
