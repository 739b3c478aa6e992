package dev.sampo.core.state;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Four levels of a state tree: the sixteen subtrees below a branch, by the next four bits of the
 * path.
 */
record Page(List<Subtree> children) {

  static final int WIDTH = 16;
  static final int LEVELS = 4;

  Page {
    children = List.copyOf(children);
    if (children.size() != WIDTH) {
      throw new IllegalArgumentException("a page has " + WIDTH + " children");
    }
  }

  /** What a page with these children amounts to: its only leaf if it has one, else a branch. */
  static Subtree collapse(List<Subtree> children, long version) {
    return switch (only(children, 0, WIDTH)) {
      case Subtree.Empty empty -> empty;
      case Subtree.Leaf leaf -> leaf;
      case Subtree.Branch _ -> new Subtree.Branch(version, hash(children, 0, WIDTH));
    };
  }

  /** The hash of the children in [from, to), a range of one half, quarter, ... of the page. */
  Hash hash(int from, int to) {
    return hash(children, from, to);
  }

  private static Hash hash(List<Subtree> children, int from, int to) {
    if (to - from == 1) {
      return children.get(from).hash();
    }
    var only = only(children, from, to);
    if (!(only instanceof Subtree.Branch)) {
      return only.hash();
    }
    int middle = (from + to) / 2;
    return TreeHash.inner(hash(children, from, middle), hash(children, middle, to));
  }

  /** Nothing or the only leaf in [from, to); any branch if two leaves are there. */
  Subtree only(int from, int to) {
    return only(children, from, to);
  }

  private static Subtree only(List<Subtree> children, int from, int to) {
    Subtree found = Subtree.EMPTY;
    for (int i = from; i < to; i++) {
      var child = children.get(i);
      if (child instanceof Subtree.Empty) {
        continue;
      }
      if (child instanceof Subtree.Branch || !(found instanceof Subtree.Empty)) {
        return SEVERAL;
      }
      found = child;
    }
    return found;
  }

  private static final Subtree.Branch SEVERAL = new Subtree.Branch(0, Hash.ZERO);

  Bytes encoded() {
    int length = 2;
    for (var child : children) {
      length += child instanceof Subtree.Empty ? 0 : Subtree.encodedLength(child);
    }
    return WireWriter.encode(
        length,
        out -> {
          int present = 0;
          for (int i = 0; i < WIDTH; i++) {
            present |= children.get(i) instanceof Subtree.Empty ? 0 : 1 << i;
          }
          out.u16(present);
          for (var child : children) {
            if (!(child instanceof Subtree.Empty)) {
              Subtree.write(child, out);
            }
          }
        });
  }

  static Page readFrom(WireReader in) throws Malformed {
    int present = in.u16();
    var children = new ArrayList<Subtree>(WIDTH);
    for (int i = 0; i < WIDTH; i++) {
      children.add((present >>> i & 1) == 1 ? Subtree.read(in) : Subtree.EMPTY);
    }
    return new Page(children);
  }
}
