package dev.sampo.core.state;

import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/** What stands below a place of a state tree; its hash depends on the leaves alone. */
sealed interface Subtree {

  Hash hash();

  /** No leaf. */
  record Empty() implements Subtree {
    @Override
    public Hash hash() {
      return TreeHash.EMPTY;
    }
  }

  Empty EMPTY = new Empty();

  /**
   * One leaf, wherever on its path it stands.
   *
   * @param value the SHA-256 of the value
   * @param version of the tree in which the leaf got this value
   */
  record Leaf(Hash path, Hash value, long version, Hash hash) implements Subtree {

    static Leaf of(Hash path, Hash value, long version) {
      return new Leaf(path, value, version, TreeHash.leaf(path, value));
    }
  }

  /** At least two leaves; what is below is in the page that was written with {@code version}. */
  record Branch(long version, Hash hash) implements Subtree {}

  static void write(Subtree subtree, WireWriter out) {
    switch (subtree) {
      case Empty() -> out.u8(0);
      case Leaf(var path, var value, var version, _) ->
          out.u8(1).hash(path).hash(value).u64(version);
      case Branch(var version, var hash) -> out.u8(2).u64(version).hash(hash);
    }
  }

  /** Length in bytes of what {@link #write} writes. */
  static int encodedLength(Subtree subtree) {
    return switch (subtree) {
      case Empty() -> 1;
      case Leaf l -> 1 + 2 * Hash.LENGTH + 8;
      case Branch b -> 1 + 8 + Hash.LENGTH;
    };
  }

  static Subtree read(WireReader in) throws Malformed {
    return switch (in.u8()) {
      case 0 -> EMPTY;
      case 1 -> Leaf.of(in.hash(), in.hash(), in.u64());
      case 2 -> new Branch(in.u64(), in.hash());
      default -> throw new Malformed("unknown kind of subtree");
    };
  }
}
