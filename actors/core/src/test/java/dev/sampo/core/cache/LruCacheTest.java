package dev.sampo.core.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class LruCacheTest {

  @Test
  void neverHoldsMoreThanItsCapacity() {
    var cache = new LruCache<Integer, Integer>(3);
    for (int i = 0; i < 100; i++) {
      cache.put(i, i);
    }

    assertThat(cache.size()).isEqualTo(3);
    assertThat(cache.get(99)).contains(99);
    assertThat(cache.get(96)).isEmpty();
  }

  @Test
  void forgetsWhatWasNotUsedForLongest() {
    var cache = new LruCache<String, Integer>(2);
    cache.put("old", 1);
    cache.put("new", 2);
    cache.get("old");
    cache.put("newest", 3);

    assertThat(cache.get("old")).contains(1);
    assertThat(cache.get("new")).isEmpty();
  }

  @Test
  void givesWhatIsRemovedOnce() {
    var cache = new LruCache<String, Integer>(2);
    cache.put("one", 1);

    assertThat(cache.remove("one")).contains(1);
    assertThat(cache.remove("one")).isEmpty();
    assertThat(cache.size()).isZero();
  }

  @Test
  void needsRoom() {
    assertThatThrownBy(() -> new LruCache<String, String>(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
