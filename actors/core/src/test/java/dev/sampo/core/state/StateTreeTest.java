package dev.sampo.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.Seeds;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.store.WriteSet.Write;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateTreeTest {

  private final InMemoryLedgerStore store = new InMemoryLedgerStore();
  private final StateTree tree = new StateTree(new PageCache(store, 100));
  private final NavigableMap<Hash, Hash> model = new TreeMap<>();
  private TreeRoot root = TreeRoot.EMPTY;
  private long version;

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#many")
  void hasTheRootOfItsDefinitionAfterEveryBatch(long seed) {
    var random = Seeds.random(seed);
    for (int batch = 0; batch < 30; batch++) {
      apply(randomBatch(random));
      assertThat(root.hash()).isEqualTo(TreeModel.root(model));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#few")
  void keepsNoPageThatItsOwnListOfObsoletePagesNames(long seed) {
    var random = Seeds.random(seed);
    for (int batch = 0; batch < 30; batch++) {
      apply(randomBatch(random)).forEach(this::delete);
      assertThat(store.size(Table.TREE)).isEqualTo(pagesBelow(root.subtree(), 0, Hash.ZERO));
    }
    var all = new TreeMap<Hash, Optional<Hash>>();
    model.keySet().forEach(path -> all.put(path, Optional.empty()));
    apply(all).forEach(this::delete);
    assertThat(store.size(Table.TREE)).isZero();
    assertThat(root.hash()).isEqualTo(TreeRoot.EMPTY.hash());
  }

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#few")
  void provesEveryPresentAndEveryAbsentPathOfEveryVersion(long seed) {
    var random = Seeds.random(seed);
    var roots = new ArrayList<TreeRoot>();
    var models = new ArrayList<NavigableMap<Hash, Hash>>();
    for (int batch = 0; batch < 10; batch++) {
      apply(randomBatch(random));
      roots.add(root);
      models.add(new TreeMap<>(model));
    }
    for (int i = 0; i < roots.size(); i++) {
      for (int path = 0; path < 200; path++) {
        assertProves(roots.get(i), path(path), Optional.ofNullable(models.get(i).get(path(path))));
      }
    }
  }

  @Test
  void findsPathsThatShareAllButTheLastBit() {
    var one = Hash.fromHex("ab".repeat(31) + "10");
    var two = Hash.fromHex("ab".repeat(31) + "11");
    var changes = new TreeMap<Hash, Optional<Hash>>();
    changes.put(one, Optional.of(path(1)));
    changes.put(two, Optional.of(path(2)));

    apply(changes);

    assertThat(root.hash()).isEqualTo(TreeModel.root(model));
    assertThat(tree.prove(root, one).siblings()).hasSize(TreeProof.SIBLINGS_MAX);
    assertProves(root, one, Optional.of(path(1)));
    assertProves(root, Hash.fromHex("ab".repeat(31) + "12"), Optional.empty());
  }

  private void assertProves(TreeRoot of, Hash path, Optional<Hash> value) {
    var proof = tree.prove(of, path);
    assertThat(proof.provesPath(of.hash(), path, value)).isTrue();
    var other = value.isPresent() ? Optional.<Hash>empty() : Optional.of(path(3));
    assertThat(proof.provesPath(of.hash(), path, other)).isFalse();
    assertThat(tree.find(of, path).map(Subtree.Leaf::value)).isEqualTo(value);
  }

  private NavigableMap<Hash, Optional<Hash>> randomBatch(RandomGenerator random) {
    var changes = new TreeMap<Hash, Optional<Hash>>();
    int size = random.nextInt(20);
    for (int i = 0; i < size; i++) {
      var value =
          random.nextInt(3) == 0 ? Optional.<Hash>empty() : Optional.of(path(random.nextInt()));
      changes.put(path(random.nextInt(200)), value);
    }
    return changes;
  }

  private List<Bytes> apply(NavigableMap<Hash, Optional<Hash>> changes) {
    changes.forEach(
        (path, value) ->
            value.ifPresentOrElse(put -> model.put(path, put), () -> model.remove(path)));
    var update = tree.update(root, ++version, changes);
    store.commit(new WriteSet(update.writes()));
    root = update.root();
    return update.obsoletePages();
  }

  private void delete(Bytes key) {
    store.commit(new WriteSet(List.of(new Write.Delete(Table.TREE, key))));
  }

  private int pagesBelow(Subtree at, int depth, Hash place) {
    if (!(at instanceof Subtree.Branch(var of, _))) {
      return 0;
    }
    var page = new PageCache(store, 0).page(TreeRows.page(of, depth, place));
    int pages = 1;
    for (int nibble = 0; nibble < Page.WIDTH; nibble++) {
      var next = place.value().toByteArray();
      next[depth / 2] |= (byte) (depth % 2 == 0 ? nibble << 4 : nibble);
      pages += pagesBelow(page.children().get(nibble), depth + 1, Hash.of(Bytes.owning(next)));
    }
    return pages;
  }

  private static Hash path(int number) {
    return dev.sampo.core.crypto.Sha256.hash(Bytes.fromHex("%08x".formatted(number)));
  }
}
