package dev.sampo.core.state;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.store.EntryReader;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet.Write;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state of a ledger under one root per height: the application's entries, and what commits to
 * the buckets of the dedupe set. Proofs can be made for the last {@link #RETENTION} heights. Not
 * thread-safe.
 */
public final class LedgerState {

  /** For how many heights below the newest the tree is kept. */
  public static final int RETENTION = 256;

  private static final int PAGES_CACHED = 4_096;

  private static final int OBSOLETE_MAX = 1 << 25;

  /**
   * The state after a block.
   *
   * @param delta what changed in the tree, dedupe buckets included
   */
  public record Version(Hash root, StateDelta delta, List<Write> writes) {}

  private final EntryReader tables;
  private final StateTree tree;
  private TreeRoot root;

  private LedgerState(EntryReader tables, TreeRoot root) {
    this.tables = tables;
    this.tree = new StateTree(new PageCache(tables, PAGES_CACHED));
    this.root = root;
  }

  /** The state after the block at {@code height}; an empty one if nothing was ever written. */
  public static LedgerState open(EntryReader tables, Height height) {
    return new LedgerState(tables, storedRoot(tables, height).orElse(TreeRoot.EMPTY));
  }

  /** Ends the block at {@code height}; a change that gives a key the value it has is none. */
  public Version commit(Height height, NavigableMap<StateKey, Optional<Bytes>> changes) {
    return commit(height, changes, new StoredState(tables));
  }

  /**
   * Ends the block at {@code height}.
   *
   * @param before what the tables hold, by somebody who may remember what was read of it already
   */
  public Version commit(
      Height height, NavigableMap<StateKey, Optional<Bytes>> changes, StateReader before) {
    var writes = new ArrayList<Write>();
    var delta = new ArrayList<StateDelta.Change>();
    var leaves = new TreeMap<Hash, Optional<Hash>>();
    changes.forEach(
        (key, value) -> {
          if (isChange(key, value, before)) {
            var hash = value.map(Sha256::hash);
            delta.add(new StateDelta.Change(key, hash));
            var path = key.path();
            leaves.put(path, hash);
            writeValue(TreeRows.value(path, height.number()), key, value, writes);
          }
        });
    var update = tree.update(root, height.number(), leaves);
    root = update.root();
    writes.addAll(update.writes());
    writes.add(
        new Write.Put(
            Table.TREE, TreeRows.root(height.number()), WireWriter.encode(root::writeTo)));
    writes.add(
        new Write.Put(Table.TREE, TreeRows.obsolete(height.number()), obsoleteAfter(update)));
    prune(height, writes);
    return new Version(root.hash(), new StateDelta(delta), List.copyOf(writes));
  }

  private static boolean isChange(StateKey key, Optional<Bytes> value, StateReader before) {
    return switch (key.space()) {
      case APPLICATION -> !before.get(key.name()).equals(value);
      case DEDUPE_BUCKET -> true;
    };
  }

  private static void writeValue(
      Bytes row, StateKey key, Optional<Bytes> value, List<Write> writes) {
    boolean ofApplication = key.space() == StateKey.Space.APPLICATION;
    if (value.isEmpty()) {
      if (ofApplication) {
        writes.add(new Write.Delete(Table.STATE, key.name()));
      }
      return;
    }
    if (ofApplication) {
      writes.add(new Write.Put(Table.STATE, key.name(), value.get()));
    }
    writes.add(new Write.Put(Table.TREE, row, value.get()));
  }

  private static Bytes obsoleteAfter(StateTree.Update update) {
    var obsolete = new ArrayList<>(update.obsoletePages());
    update.replaced().forEach(leaf -> obsolete.add(TreeRows.value(leaf.path(), leaf.version())));
    return WireWriter.encode(out -> out.list(obsolete, (key, w) -> w.bytes(key)));
  }

  private void prune(Height height, List<Write> writes) {
    long oldest = height.number() - RETENTION;
    if (oldest < 1) {
      return;
    }
    var row = TreeRows.obsolete(oldest);
    var stored = tables.get(Table.TREE, row);
    if (stored.isPresent()) {
      writes.addAll(deletions(stored.get()));
      writes.add(new Write.Delete(Table.TREE, row));
    }
    writes.add(new Write.Delete(Table.TREE, TreeRows.root(oldest - 1)));
  }

  private static List<Write> deletions(Bytes row) {
    try {
      return WireReader.decode(row, in -> in.list(OBSOLETE_MAX, key -> key.bytes(1024))).stream()
          .<Write>map(key -> new Write.Delete(Table.TREE, key))
          .toList();
    } catch (Malformed damaged) {
      throw new InvariantViolation("the list of obsolete pages is damaged", damaged);
    }
  }

  /** Proves what the state was after the block at {@code height}, if that is kept still. */
  public static Optional<StateProver> prover(EntryReader tables, Height height) {
    return storedRoot(tables, height).map(root -> new StateProver(tables, height, root));
  }

  static Optional<TreeRoot> storedRoot(EntryReader tables, Height height) {
    return tables.get(Table.TREE, TreeRows.root(height.number())).map(LedgerState::decodeRoot);
  }

  private static TreeRoot decodeRoot(Bytes stored) {
    try {
      return TreeRoot.decode(stored);
    } catch (Malformed damaged) {
      throw new InvariantViolation("a root of the state tree is damaged", damaged);
    }
  }
}
