package dev.sampo.core.state;

import dev.sampo.core.store.EntryReader;
import dev.sampo.core.store.Table;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.InvariantViolation;
import java.util.Optional;

/**
 * Proves what keys were after one block, and reads what their paths have in common once. To be used
 * for a moment: the height may be pruned meanwhile, and nothing is proven any more. Not
 * thread-safe.
 */
public final class StateProver {

  private static final int PAGES_CACHED = 256;

  private final EntryReader tables;
  private final Height height;
  private final TreeRoot root;
  private final StateTree tree;

  StateProver(EntryReader tables, Height height, TreeRoot root) {
    this.tables = tables;
    this.height = height;
    this.root = root;
    this.tree = new StateTree(new PageCache(tables, PAGES_CACHED));
  }

  /** A value, or its absence, and the proof of it. */
  public record Proven(Optional<Bytes> value, TreeProof proof) {}

  /** What {@code key} was; nothing if the height is not kept any more. */
  public Optional<Proven> prove(StateKey key) {
    try {
      var path = key.path();
      var proof = tree.prove(root, path);
      return Optional.of(new Proven(tree.find(root, path).map(this::value), proof));
    } catch (InvariantViolation missing) {
      // A commit that ran meanwhile may have pruned this height.
      if (LedgerState.storedRoot(tables, height).isEmpty()) {
        return Optional.empty();
      }
      throw missing;
    }
  }

  private Bytes value(Subtree.Leaf leaf) {
    return tables
        .get(Table.TREE, TreeRows.value(leaf.path(), leaf.version()))
        .orElseThrow(() -> new InvariantViolation("the state lacks the value at " + leaf.path()));
  }
}
