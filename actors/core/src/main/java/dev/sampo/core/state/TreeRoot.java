package dev.sampo.core.state;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/** One version of a state tree: its root hash, and where its pages are found. */
final class TreeRoot {

  /** The tree without leaves. */
  static final TreeRoot EMPTY = new TreeRoot(Subtree.EMPTY);

  private final Subtree subtree;

  TreeRoot(Subtree subtree) {
    this.subtree = subtree;
  }

  Subtree subtree() {
    return subtree;
  }

  Hash hash() {
    return subtree.hash();
  }

  void writeTo(WireWriter out) {
    Subtree.write(subtree, out);
  }

  static TreeRoot readFrom(WireReader in) throws Malformed {
    return new TreeRoot(Subtree.read(in));
  }

  static TreeRoot decode(Bytes encoded) throws Malformed {
    return WireReader.decode(encoded, TreeRoot::readFrom);
  }
}
