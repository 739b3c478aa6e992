package dev.sampo.core.state;

import dev.sampo.core.types.Hash;
import java.util.List;
import java.util.Map;

/** The state tree as its definition says, without pages or versions. */
final class TreeModel {

  private TreeModel() {}

  static Hash root(Map<Hash, Hash> leaves) {
    return root(List.copyOf(leaves.entrySet()), 0);
  }

  private static Hash root(List<Map.Entry<Hash, Hash>> leaves, int bit) {
    if (leaves.isEmpty()) {
      return TreeHash.EMPTY;
    }
    if (leaves.size() == 1) {
      return TreeHash.leaf(leaves.getFirst().getKey(), leaves.getFirst().getValue());
    }
    var left = leaves.stream().filter(leaf -> !leaf.getKey().value().bit(bit)).toList();
    var right = leaves.stream().filter(leaf -> leaf.getKey().value().bit(bit)).toList();
    return TreeHash.inner(root(left, bit + 1), root(right, bit + 1));
  }
}
