package dev.sampo.core.merkle;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Proof that a tree of {@code count} leaves holds a leaf at {@code index} (RFC 6962 section 2.1.1).
 *
 * @param siblings from the leaf up, at most 31
 */
public record MerklePath(int index, int count, List<Hash> siblings) {

  private static final int SIBLINGS_MAX = 31;

  public MerklePath {
    siblings = List.copyOf(siblings);
    if (index < 0 || index >= count || siblings.size() > SIBLINGS_MAX) {
      throw new IllegalArgumentException("no leaf " + index + " of " + count);
    }
  }

  /** The path of the leaf at {@code index} of {@code leaves}. */
  public static MerklePath of(List<Bytes> leaves, int index) {
    var siblings = new ArrayList<Hash>();
    collect(leaves.stream().map(MerkleTree::leafHash).toList(), index, siblings);
    return new MerklePath(index, leaves.size(), siblings);
  }

  private static void collect(List<Hash> hashes, int index, List<Hash> siblings) {
    if (hashes.size() == 1) {
      return;
    }
    int left = Integer.highestOneBit(hashes.size() - 1);
    var lefts = hashes.subList(0, left);
    var rights = hashes.subList(left, hashes.size());
    if (index < left) {
      collect(lefts, index, siblings);
      siblings.add(MerkleTree.rootOfHashes(rights));
    } else {
      collect(rights, index - left, siblings);
      siblings.add(MerkleTree.rootOfHashes(lefts));
    }
  }

  /** Whether a tree with this root and number of leaves holds {@code leaf} at the index. */
  public boolean proves(Hash root, Bytes leaf) {
    var hash = MerkleTree.leafHash(leaf);
    int place = index;
    int last = count - 1;
    for (var sibling : siblings) {
      if (last == 0) {
        return false;
      }
      if ((place & 1) == 1 || place == last) {
        hash = MerkleTree.innerHash(sibling, hash);
        // A last node without a right sibling goes up unchanged.
        while ((place & 1) == 0 && place != 0) {
          place >>>= 1;
          last >>>= 1;
        }
      } else {
        hash = MerkleTree.innerHash(hash, sibling);
      }
      place >>>= 1;
      last >>>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  public void writeTo(WireWriter out) {
    out.u32(index).u32(count).list(siblings, (sibling, w) -> w.hash(sibling));
  }

  public static MerklePath readFrom(WireReader in) throws Malformed {
    return new MerklePath(in.u32(), in.u32(), in.list(SIBLINGS_MAX, WireReader::hash));
  }
}
