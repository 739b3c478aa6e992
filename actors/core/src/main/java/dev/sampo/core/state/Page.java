package dev.sampo.core.state;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Four levels of a state tree: the sixteen subtrees below a branch, by the next four bits of the
 * path. Never changes; not thread-safe, since it remembers the hashes that it was asked for.
 */
final class Page {

  static final int WIDTH = 16;
  static final int LEVELS = 4;

  private static final Subtree.Branch SEVERAL = new Subtree.Branch(0, Hash.ZERO);

  private final List<Subtree> children;

  /** The node over all children has number 1, the halves of node i have 2i and 2i + 1. */
  private final @Nullable Hash[] hashes = new @Nullable Hash[WIDTH];

  Page(List<Subtree> children) {
    this.children = List.copyOf(children);
    if (this.children.size() != WIDTH) {
      throw new IllegalArgumentException("a page has " + WIDTH + " children");
    }
  }

  List<Subtree> children() {
    return children;
  }

  /** A page with other children, which need not hash again what is over those that stay. */
  Page with(List<Subtree> others) {
    var page = new Page(others);
    for (int node = WIDTH - 1; node >= 1; node--) {
      if (hashes[node] != null && page.sharesWith(this, node)) {
        page.hashes[node] = hashes[node];
      }
    }
    return page;
  }

  /** Whether they have the very children below {@code node}: subtrees never change. */
  @SuppressWarnings("ReferenceEquality") // equal ones that are not the same are merely hashed again
  private boolean sharesWith(Page other, int node) {
    int width = WIDTH / Integer.highestOneBit(node);
    int from = (node - Integer.highestOneBit(node)) * width;
    for (int i = from; i < from + width; i++) {
      if (children.get(i) != other.children.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** What this amounts to: its only leaf if it has one, else a branch. */
  Subtree collapse(long version) {
    return switch (only(0, WIDTH)) {
      case Subtree.Empty empty -> empty;
      case Subtree.Leaf leaf -> leaf;
      case Subtree.Branch _ -> new Subtree.Branch(version, hash(0, WIDTH));
    };
  }

  /** The hash of the children in [from, to), a range of one half, quarter, ... of the page. */
  Hash hash(int from, int to) {
    if (to - from == 1) {
      return children.get(from).hash();
    }
    int node = (WIDTH + from) / (to - from);
    var known = hashes[node];
    if (known == null) {
      known = compute(from, to);
      hashes[node] = known;
    }
    return known;
  }

  private Hash compute(int from, int to) {
    var only = only(from, to);
    if (!(only instanceof Subtree.Branch)) {
      return only.hash();
    }
    int middle = (from + to) / 2;
    return TreeHash.inner(hash(from, middle), hash(middle, to));
  }

  /** Nothing or the only leaf in [from, to); any branch if two leaves are there. */
  Subtree only(int from, int to) {
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
