package dev.sampo.core.state;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.WireWriter;

/**
 * The keys of {@link dev.sampo.core.store.Table#TREE}: pages by version and place; roots, values
 * and what is obsolete.
 */
final class TreeRows {

  private static final int PAGE = 0;
  private static final int ROOT = 1;
  private static final int VALUE = 2;
  private static final int OBSOLETE = 3;

  private TreeRows() {}

  /** The page at the place that the first {@code depth} times four bits of {@code path} lead to. */
  static Bytes page(long version, int depth, Hash path) {
    return WireWriter.encode(
        out -> {
          out.u8(PAGE).u64(version).u8(depth);
          for (int i = 0; i < depth / 2; i++) {
            out.u8(path.at(i));
          }
          if (depth % 2 == 1) {
            out.u8(path.at(depth / 2) & 0xf0);
          }
        });
  }

  /** The root of the ledger's state after the block at {@code version}. */
  static Bytes root(long version) {
    return WireWriter.encode(out -> out.u8(ROOT).u64(version));
  }

  /** The value that a leaf of the ledger's state got at {@code version}. */
  static Bytes value(Hash path, long version) {
    return WireWriter.encode(out -> out.u8(VALUE).hash(path).u64(version));
  }

  /** What the versions before {@code version} need and it and the later ones do not. */
  static Bytes obsolete(long version) {
    return WireWriter.encode(out -> out.u8(OBSOLETE).u64(version));
  }
}
