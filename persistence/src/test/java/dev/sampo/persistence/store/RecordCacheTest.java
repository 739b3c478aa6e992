package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.types.Bytes;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is read of a replica again and again is asked of the database once. */
class RecordCacheTest {

  private static final int BYTES_MAX = 10_000;

  private final RecordCache cache = new RecordCache(BYTES_MAX);
  private int reads;

  @Test
  void asksOnceAlsoForWhatIsNotThere() throws SQLException {
    assertThat(read("a", Optional.of("1"))).hasValue(text("1"));
    assertThat(read("a", Optional.of("other"))).hasValue(text("1"));
    assertThat(read("b", Optional.empty())).isEmpty();
    assertThat(read("b", Optional.of("other"))).isEmpty();

    assertThat(reads).isEqualTo(2);
  }

  @Test
  void agreesWithWhatWasWritten() throws SQLException {
    read("a", Optional.of("1"));
    read("b", Optional.empty());
    read("c", Optional.of("1"));

    cache.written(
        List.of(put("a", "2"), put("b", "2"), new Change.Delete(Family.STATE, text("c"))));

    assertThat(read("a", Optional.of("stale"))).hasValue(text("2"));
    assertThat(read("b", Optional.of("stale"))).hasValue(text("2"));
    assertThat(read("c", Optional.empty())).isEmpty();
  }

  @Test
  void forgetsARangeThatWasDeleted() throws SQLException {
    read("a", Optional.of("1"));

    cache.written(
        List.of(
            put("b", "1"),
            new Change.DeleteRange(Family.STATE, text("a"), text("c")),
            put("c", "2")));

    assertThat(read("a", Optional.empty())).isEmpty();
    assertThat(read("b", Optional.empty())).isEmpty();
    assertThat(read("c", Optional.empty())).hasValue(text("2"));
  }

  @Test
  void neverHoldsMoreThanItsLimit() throws SQLException {
    for (int i = 0; i < 1_000; i++) {
      read("key " + i, Optional.of("x".repeat(100)));
      cache.written(List.of(put("written " + i, "x".repeat(100))));
    }

    assertThat(cache.bytes()).isBetween(BYTES_MAX / 2L, (long) BYTES_MAX);
  }

  @Test
  void keepsNothingOfOtherFamiliesThanExecutionReads() throws SQLException {
    var id = new RecordId(Family.BLOCK, text("a"));
    assertThat(cache.get(id, () -> Optional.of(text("1")))).hasValue(text("1"));
    assertThat(cache.get(id, () -> Optional.of(text("2")))).hasValue(text("2"));

    assertThat(cache.bytes()).isZero();
  }

  @Test
  void aFailedReadIsNotKept() throws SQLException {
    var failure = new SQLException("lost");
    var id = new RecordId(Family.STATE, text("a"));

    assertThatThrownBy(
            () ->
                cache.get(
                    id,
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(read("a", Optional.of("1"))).hasValue(text("1"));
  }

  private Optional<Bytes> read(String key, Optional<String> stored) throws SQLException {
    return cache.get(
        new RecordId(Family.STATE, text(key)),
        () -> {
          reads++;
          return stored.map(Directories::text);
        });
  }

  private static Change put(String key, String value) {
    return new Change.Put(Family.STATE, text(key), text(value));
  }
}
