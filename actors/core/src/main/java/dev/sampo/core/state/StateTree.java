package dev.sampo.core.state;

import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet.Write;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * One authenticated map from 256-bit paths to the hashes of values, in pages of four levels.
 * Versions share the pages that they have in common. The root depends on the entries alone, not on
 * how they came about. Not thread-safe.
 */
final class StateTree {

  /**
   * A new version of a tree.
   *
   * @param writes the new pages
   * @param obsoletePages what only earlier versions need
   * @param replaced leaves that are gone or have another value now
   */
  record Update(
      TreeRoot root, List<Write> writes, List<Bytes> obsoletePages, List<Subtree.Leaf> replaced) {}

  private final PageCache pages;

  StateTree(PageCache pages) {
    this.pages = pages;
  }

  /**
   * Puts and deletes leaves.
   *
   * @param version higher than that of any earlier update, so that the tree before stays readable
   * @param changes by path: the hash of the new value, or nothing to delete the leaf
   */
  Update update(TreeRoot root, long version, NavigableMap<Hash, Optional<Hash>> changes) {
    var updating = new Updating(version);
    var result = updating.apply(root.subtree(), 0, List.copyOf(changes.entrySet()));
    return new Update(new TreeRoot(result), updating.writes, updating.obsolete, updating.replaced);
  }

  TreeProof prove(TreeRoot root, Hash path) {
    var siblings = new ArrayList<Hash>();
    var at = root.subtree();
    for (int depth = 0; at instanceof Subtree.Branch(var version, _); depth++) {
      var page = pages.page(TreeRows.page(version, depth, path));
      at = descend(page, depth, path, siblings);
    }
    return TreeProof.of(siblings, at, path);
  }

  /** The leaf at {@code path}, if there is one. */
  Optional<Subtree.Leaf> find(TreeRoot root, Hash path) {
    var at = root.subtree();
    for (int depth = 0; at instanceof Subtree.Branch(var version, _); depth++) {
      var page = pages.page(TreeRows.page(version, depth, path));
      at = page.children().get(nibble(path, depth));
    }
    return at instanceof Subtree.Leaf leaf && leaf.path().equals(path)
        ? Optional.of(leaf)
        : Optional.empty();
  }

  private static Subtree descend(Page page, int depth, Hash path, List<Hash> siblings) {
    int from = 0;
    int to = Page.WIDTH;
    for (int level = 0; level < Page.LEVELS; level++) {
      int middle = (from + to) / 2;
      boolean right = path.bit(depth * Page.LEVELS + level);
      siblings.add(right ? page.hash(from, middle) : page.hash(middle, to));
      from = right ? middle : from;
      to = right ? to : middle;
      var only = page.only(from, to);
      if (!(only instanceof Subtree.Branch)) {
        return only;
      }
    }
    return page.children().get(from);
  }

  private static int nibble(Hash path, int depth) {
    int octet = path.at(depth / 2);
    return depth % 2 == 0 ? octet >>> 4 : octet & 0xf;
  }

  /** One run of {@link #update}. */
  private final class Updating {

    private final long version;
    private final List<Write> writes = new ArrayList<>();
    private final List<Bytes> obsolete = new ArrayList<>();
    private final List<Subtree.Leaf> replaced = new ArrayList<>();

    Updating(long version) {
      this.version = version;
    }

    Subtree apply(Subtree at, int depth, List<Map.Entry<Hash, Optional<Hash>>> changes) {
      if (changes.isEmpty()) {
        return at;
      }
      return switch (at) {
        case Subtree.Empty() -> build(depth, leaves(changes));
        case Subtree.Leaf leaf -> build(depth, leavesWith(leaf, changes));
        case Subtree.Branch branch -> rewrite(branch, depth, changes);
      };
    }

    private Subtree rewrite(
        Subtree.Branch branch, int depth, List<Map.Entry<Hash, Optional<Hash>>> changes) {
      var place = changes.getFirst().getKey();
      var key = TreeRows.page(branch.version(), depth, place);
      var before = pages.page(key);
      var children = new ArrayList<>(before.children());
      for (int from = 0; from < changes.size(); ) {
        int nibble = nibble(changes.get(from).getKey(), depth);
        int to = from + 1;
        while (to < changes.size() && nibble(changes.get(to).getKey(), depth) == nibble) {
          to++;
        }
        children.set(nibble, apply(children.get(nibble), depth + 1, changes.subList(from, to)));
        from = to;
      }
      obsolete.add(key);
      pages.remove(key);
      return write(depth, place, before.with(children));
    }

    private Subtree build(int depth, List<Subtree.Leaf> leaves) {
      if (leaves.size() <= 1) {
        return leaves.isEmpty() ? Subtree.EMPTY : leaves.getFirst();
      }
      var children = new ArrayList<Subtree>(Collections.nCopies(Page.WIDTH, Subtree.EMPTY));
      for (int from = 0; from < leaves.size(); ) {
        int nibble = nibble(leaves.get(from).path(), depth);
        int to = from + 1;
        while (to < leaves.size() && nibble(leaves.get(to).path(), depth) == nibble) {
          to++;
        }
        children.set(nibble, build(depth + 1, leaves.subList(from, to)));
        from = to;
      }
      return write(depth, leaves.getFirst().path(), new Page(children));
    }

    private Subtree write(int depth, Hash place, Page page) {
      var subtree = page.collapse(version);
      if (subtree instanceof Subtree.Branch) {
        var key = TreeRows.page(version, depth, place);
        pages.put(key, page);
        writes.add(new Write.Put(Table.TREE, key, page.encoded()));
      }
      return subtree;
    }

    private List<Subtree.Leaf> leaves(List<Map.Entry<Hash, Optional<Hash>>> changes) {
      var leaves = new ArrayList<Subtree.Leaf>();
      for (var change : changes) {
        var value = change.getValue();
        if (value.isPresent()) {
          leaves.add(Subtree.Leaf.of(change.getKey(), value.get(), version));
        }
      }
      return leaves;
    }

    private List<Subtree.Leaf> leavesWith(
        Subtree.Leaf present, List<Map.Entry<Hash, Optional<Hash>>> changes) {
      var leaves = leaves(changes);
      for (var change : changes) {
        if (change.getKey().equals(present.path())) {
          replaced.add(present);
          return leaves;
        }
      }
      int place = 0;
      while (place < leaves.size() && leaves.get(place).path().compareTo(present.path()) < 0) {
        place++;
      }
      leaves.add(place, present);
      return leaves;
    }
  }
}
