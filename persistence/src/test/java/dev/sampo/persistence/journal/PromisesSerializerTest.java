package dev.sampo.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.consensus.Promise;
import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromisesSerializerTest {

  private static final List<Promise> PROMISES =
      List.of(
          Promises.held(3),
          Promises.notarized(3),
          Promises.nullification(2),
          Promises.finalUpTo(1));

  private final PromisesSerializer serializer = new PromisesSerializer();

  @Test
  void readsWhatItHasWritten() throws NotSerializableException {
    assertThat(copyOf(new PromisesMade(PROMISES))).isEqualTo(new PromisesMade(PROMISES));
    assertThat(copyOf(new LivePromises(PROMISES))).isEqualTo(new LivePromises(PROMISES));
    assertThat(copyOf(LivePromises.NONE)).isEqualTo(LivePromises.NONE);
  }

  @Test
  void readsNothingOfAnUnknownVersion() {
    var bytes = serializer.toBinary(new PromisesMade(PROMISES));

    assertThatThrownBy(() -> serializer.fromBinary(bytes, "PromisesMade.2"))
        .isInstanceOf(NotSerializableException.class);
  }

  @Test
  void readsNothingThatIsCutOrTooLong() {
    var bytes = serializer.toBinary(new PromisesMade(PROMISES));

    for (int length = 0; length < bytes.length; length++) {
      assertDamaged(Arrays.copyOf(bytes, length));
    }
    assertDamaged(Arrays.copyOf(bytes, bytes.length + 1));
  }

  @Test
  void writesNothingElse() {
    assertThatThrownBy(() -> serializer.toBinary("text"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> serializer.manifest("text"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Object copyOf(Object value) throws NotSerializableException {
    return serializer.fromBinary(serializer.toBinary(value), serializer.manifest(value));
  }

  private void assertDamaged(byte[] bytes) {
    assertThatThrownBy(() -> serializer.fromBinary(bytes, "PromisesMade.1"))
        .isInstanceOf(NotSerializableException.class);
  }
}
