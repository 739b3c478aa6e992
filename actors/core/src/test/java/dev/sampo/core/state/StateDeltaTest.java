package dev.sampo.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateDeltaTest {

  private static final Hash X = Hash.fromHex("01".repeat(32));
  private static final Hash Y = Hash.fromHex("02".repeat(32));

  @Test
  void namesTheFirstKeyWhoseValueDiffers() {
    var mine = new StateDelta(List.of(change(1, X), change(2, X), change(3, X)));
    var theirs = new StateDelta(List.of(change(1, X), change(2, Y), change(3, Y)));

    var difference = StateDelta.firstDifference(mine, theirs).orElseThrow();

    assertThat(difference.key()).isEqualTo(key(2));
    assertThat(difference.mine()).contains(change(2, X));
    assertThat(difference.theirs()).contains(change(2, Y));
  }

  @Test
  void namesTheKeyThatOnlyOneSideChanged() {
    var mine = new StateDelta(List.of(change(1, X), change(3, X)));
    var theirs = new StateDelta(List.of(change(1, X), change(2, Y), change(3, X)));

    assertThat(StateDelta.firstDifference(mine, theirs))
        .contains(new StateDelta.Difference(key(2), Optional.empty(), Optional.of(change(2, Y))));
    assertThat(StateDelta.firstDifference(new StateDelta(List.of()), mine))
        .contains(new StateDelta.Difference(key(1), Optional.empty(), Optional.of(change(1, X))));
    assertThat(StateDelta.firstDifference(mine, mine)).isEmpty();
  }

  @Test
  void isReadAsItWasWritten() throws Malformed {
    var deleted = new StateDelta.Change(key(2), Optional.empty());
    var delta = new StateDelta(List.of(change(1, X), deleted));

    assertThat(StateDelta.decode(delta.encoded())).isEqualTo(delta);
  }

  private static StateDelta.Change change(int key, Hash value) {
    return new StateDelta.Change(key(key), Optional.of(value));
  }

  private static StateKey key(int number) {
    return StateKey.application(Bytes.fromHex("%02x".formatted(number)));
  }
}
