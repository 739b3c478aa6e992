package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.types.Bytes;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** X1: a key that was written is never denied. */
class KeyFilterTest {

  /** As many additions make a renewal due, however few keys were found. */
  private static final int KEYS_MIN = 1 << 16;

  private final KeyFilter filter = new KeyFilter();

  @Test
  @DisplayName("denies nothing before it is complete")
  void deniesNothingAtFirst() {
    assertThat(mayHold(text("absent"))).isTrue();
    filter.begin(0);
    assertThat(mayHold(text("absent"))).isTrue();
    assertThat(filter.isComplete()).isFalse();
  }

  @Test
  @DisplayName("knows what was found, what was written since it was begun, and little else")
  void knowsWhatIsThere() {
    renew(0, 1_000);
    IntStream.range(1_000, 2_000).forEach(i -> filter.take(key(i)));
    assertThat(IntStream.range(0, 2_000)).allMatch(i -> mayHold(key(i)));
    assertThat(IntStream.range(2_000, 12_000).filter(i -> mayHold(key(i))).count()).isLessThan(300);
  }

  @Test
  @DisplayName("while a new filter is made, what is written is known to the old one and the new")
  void takesWhileItIsRenewed() {
    renew(0, 10);
    filter.begin(0);
    filter.take(key(10));
    assertThat(mayHold(key(10))).isTrue();
    filter.complete(0);
    assertThat(mayHold(key(10))).isTrue();
    assertThat(IntStream.range(0, 10).filter(i -> mayHold(key(i))).count()).isLessThan(3);
  }

  @Test
  @DisplayName(
      "a renewal is due when thrice as many keys were added as there were, if those are many")
  void renewalIsDueAfterThrice() {
    int found = KEYS_MIN / 2;
    renew(0, found);
    IntStream.range(0, 3 * found - 1).forEach(i -> filter.take(key(i)));
    assertThat(filter.claimRenewal()).isFalse();
    filter.take(key(0));
    assertThat(filter.claimRenewal()).isTrue();
  }

  @Test
  @DisplayName("a renewal is due first at once, then after as many keys as a filter has room for")
  void renewalIsDueForOne() {
    assertThat(filter.claimRenewal()).isTrue();
    assertThat(filter.claimRenewal()).isFalse();
    renew(0, 1);
    IntStream.range(1, KEYS_MIN).forEach(i -> filter.take(key(i)));
    assertThat(filter.claimRenewal()).isFalse();
    filter.take(key(KEYS_MIN));
    assertThat(filter.claimRenewal()).isTrue();
    assertThat(filter.claimRenewal()).isFalse();
  }

  private void renew(int from, int to) {
    filter.begin(to - from);
    IntStream.range(from, to).forEach(i -> filter.found(key(i)));
    filter.complete(to - from);
  }

  private boolean mayHold(Bytes key) {
    return filter.mayHold(key.toByteArray());
  }

  private static Bytes key(int number) {
    return text("key " + number);
  }
}
