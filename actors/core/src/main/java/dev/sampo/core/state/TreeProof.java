package dev.sampo.core.state;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proof that a key has a value, or has none, under the root of a state tree (protocol 2.18).
 *
 * @param siblings from the root down, at most {@link #SIBLINGS_MAX}
 * @param end what stands where the path ends
 */
public record TreeProof(List<Hash> siblings, End end) {

  /** The length of a path in bits: no proof has more siblings. */
  public static final int SIBLINGS_MAX = 256;

  /** What stands where the path of the key meets no branch any more. */
  public sealed interface End {

    /** The key's own leaf: it has a value. */
    record Own() implements End {}

    /** Nothing: the key is absent. */
    record Vacant() implements End {}

    /** Another leaf, alone below this place: the key is absent. */
    record Other(Hash path, Hash value) implements End {}
  }

  public TreeProof {
    siblings = List.copyOf(siblings);
    if (siblings.size() > SIBLINGS_MAX) {
      throw new IllegalArgumentException("more siblings than a path has bits");
    }
  }

  static TreeProof of(List<Hash> siblings, Subtree at, Hash path) {
    return switch (at) {
      case Subtree.Empty() -> new TreeProof(siblings, new End.Vacant());
      case Subtree.Leaf leaf when leaf.path().equals(path) ->
          new TreeProof(siblings, new End.Own());
      case Subtree.Leaf leaf -> new TreeProof(siblings, new End.Other(leaf.path(), leaf.value()));
      case Subtree.Branch _ ->
          throw new IllegalArgumentException("a path does not end in a branch");
    };
  }

  /** Whether under {@code root} the key has exactly this value, or is absent if there is none. */
  public boolean proves(Hash root, StateKey key, Optional<Bytes> value) {
    return provesPath(root, key.path(), value.map(Sha256::hash));
  }

  boolean provesPath(Hash root, Hash path, Optional<Hash> value) {
    return switch (end) {
      case End.Own() ->
          value.isPresent() && rootOver(TreeHash.leaf(path, value.get()), path).equals(root);
      case End.Vacant() -> value.isEmpty() && rootOver(TreeHash.EMPTY, path).equals(root);
      case End.Other(var other, var otherValue) ->
          value.isEmpty()
              && sharesPlace(other, path)
              && rootOver(TreeHash.leaf(other, otherValue), path).equals(root);
    };
  }

  private boolean sharesPlace(Hash other, Hash path) {
    for (int i = 0; i < siblings.size(); i++) {
      if (other.bit(i) != path.bit(i)) {
        return false;
      }
    }
    return !other.equals(path);
  }

  private Hash rootOver(Hash bottom, Hash path) {
    var hash = bottom;
    for (int i = siblings.size() - 1; i >= 0; i--) {
      var sibling = siblings.get(i);
      hash = path.bit(i) ? TreeHash.inner(sibling, hash) : TreeHash.inner(hash, sibling);
    }
    return hash;
  }

  public void writeTo(WireWriter out) {
    out.list(siblings, (sibling, w) -> w.hash(sibling));
    writeEnd(out);
  }

  /**
   * Writes it for who knows the siblings of another proof: how many of them, from the root down,
   * are its own as well, as u16, and the others in full.
   */
  public void writeAfter(List<Hash> known, WireWriter out) {
    int shared = 0;
    while (shared < Math.min(known.size(), siblings.size())
        && known.get(shared).equals(siblings.get(shared))) {
      shared++;
    }
    out.u16(shared).list(siblings.subList(shared, siblings.size()), (each, w) -> w.hash(each));
    writeEnd(out);
  }

  private void writeEnd(WireWriter out) {
    switch (end) {
      case End.Own() -> out.u8(0);
      case End.Vacant() -> out.u8(1);
      case End.Other(var path, var value) -> out.u8(2).hash(path).hash(value);
    }
  }

  public static TreeProof readFrom(WireReader in) throws Malformed {
    return new TreeProof(in.list(SIBLINGS_MAX, WireReader::hash), readEnd(in));
  }

  /** Reads what {@link #writeAfter} wrote: nothing that is known comes again. */
  public static TreeProof readAfter(List<Hash> known, WireReader in) throws Malformed {
    int shared = in.u16();
    if (shared > known.size()) {
      throw new Malformed("more siblings shared than there are");
    }
    var siblings = new ArrayList<>(known.subList(0, shared));
    var own = in.list(SIBLINGS_MAX - shared, WireReader::hash);
    if (shared < known.size() && !own.isEmpty() && own.getFirst().equals(known.get(shared))) {
      throw new Malformed("a sibling that is shared stands among the own ones");
    }
    siblings.addAll(own);
    return new TreeProof(siblings, readEnd(in));
  }

  private static End readEnd(WireReader in) throws Malformed {
    return switch (in.u8()) {
      case 0 -> new End.Own();
      case 1 -> new End.Vacant();
      case 2 -> new End.Other(in.hash(), in.hash());
      default -> throw new Malformed("unknown end of a path");
    };
  }
}
