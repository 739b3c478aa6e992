package dev.sampo.persistence.journal;

import static dev.sampo.persistence.journal.Promises.answered;
import static dev.sampo.persistence.journal.Promises.finalUpTo;
import static dev.sampo.persistence.journal.Promises.held;
import static dev.sampo.persistence.journal.Promises.notarized;
import static dev.sampo.persistence.journal.Promises.nullification;
import static dev.sampo.persistence.journal.Promises.nullified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.consensus.Promise;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Protocol 2.4, pruning. */
class LivePromisesTest {

  @Test
  void keepsEverythingInOrderWhileNothingIsFinal() {
    var live = after(List.of(held(2), notarized(2)), List.of(nullified(1), nullification(1)));

    assertThat(live).containsExactly(held(2), notarized(2), nullified(1), nullification(1));
  }

  @Test
  void forgetsWhatIsAboutViewsUpToTheFinalOne() {
    var live =
        after(
            List.of(nullified(1), nullification(1), held(2), notarized(2), held(3), notarized(3)),
            List.of(finalUpTo(2)));

    assertThat(live).containsExactly(held(3), notarized(3), finalUpTo(2));
  }

  @Test
  void keepsOfTheFinalViewsOnlyTheLast() {
    var live = after(List.of(finalUpTo(2)), List.of(notarized(7), finalUpTo(5)));

    assertThat(live).containsExactly(notarized(7), finalUpTo(5));
  }

  @Test
  void aPromiseThatIsMadeTogetherWithItsFinalityIsForgottenAtOnce() {
    assertThat(after(List.of(notarized(4), finalUpTo(4)))).containsExactly(finalUpTo(4));
  }

  /** RE2: a liar may ask five times a second, and nothing becomes final while a ledger rests. */
  @Test
  void answersToThoseWhoLostTheirRecordsAreNotKept() {
    assertThat(after(List.of(notarized(3), answered(3)), List.of(answered(4))))
        .containsExactly(notarized(3));
  }

  @SafeVarargs
  private static List<Promise> after(List<Promise>... made) {
    var live = LivePromises.NONE;
    for (var promises : made) {
      live = live.after(new PromisesMade(promises));
    }
    return live.promises();
  }
}
