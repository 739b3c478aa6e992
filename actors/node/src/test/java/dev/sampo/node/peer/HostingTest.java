package dev.sampo.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.Malformed;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node says that it hosts is encoded in one way only. */
@Tag("fault-15")
class HostingTest {

  private static final LedgerId FIRST = LedgerId.fromHex("0a".repeat(32));
  private static final LedgerId SECOND = LedgerId.fromHex("0b".repeat(32));

  private static final String FIRST_AT_5 = "0a".repeat(32) + "0000000000000005";
  private static final String SECOND_AT_1 = "0b".repeat(32) + "0000000000000001";

  private static Hosting decode(String hex) throws Malformed {
    return Hosting.decode(Bytes.fromHex(hex));
  }

  @Test
  void vectors() throws Malformed {
    var both = Hosting.NONE.with(SECOND, 1).with(FIRST, 5);
    String content = "0002" + FIRST_AT_5 + SECOND_AT_1;

    assertThat(decode(content)).isEqualTo(both);
    assertThat(Bytes.copyOf(both.encoded().toArray()).hex()).isEqualTo("0000005203" + content);
    assertThat(decode("0000")).isEqualTo(Hosting.NONE);
    assertThat(Bytes.copyOf(Hosting.NONE.encoded().toArray()).hex()).isEqualTo("00000002030000");
    assertThat(both.without(FIRST).epochOf(FIRST)).isEmpty();
    assertThat(both.epochOf(FIRST)).hasValue(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "0001",
        // more than is counted, and less
        "000000",
        "0001" + "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
        // an epoch of zero, and one above what a long holds
        "0001"
            + "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"
            + "0000000000000000",
        "0001"
            + "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"
            + "8000000000000000",
        // 65 ledgers
        "0041"
      })
  void anythingElseIsMalformed(String hex) {
    assertThatThrownBy(() -> decode(hex)).isInstanceOf(Malformed.class);
  }

  @Test
  void ledgersStandInOrderAndOnce() {
    assertThatThrownBy(() -> decode("0002" + SECOND_AT_1 + FIRST_AT_5))
        .isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> decode("0002" + FIRST_AT_5 + FIRST_AT_5))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void asManyLedgersAsANodeMayHostFitTheLongestFrame() throws Malformed {
    var epochs = new TreeMap<LedgerId, Long>();
    for (int i = 0; i < Hosting.LEDGERS_MAX; i++) {
      epochs.put(LedgerId.fromHex("%064x".formatted(i)), Long.MAX_VALUE);
    }
    var most = new Hosting(epochs);
    var encoded = Bytes.copyOf(most.encoded().toArray());

    assertThat(encoded.length()).isEqualTo(Frame.OVERHEAD_BYTES + Hosting.BYTES_MAX);
    assertThat(Hosting.decode(encoded.slice(Frame.OVERHEAD_BYTES, encoded.length())))
        .isEqualTo(most);
    assertThatThrownBy(() -> most.with(FIRST, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Whatever decodes is encoded to the same bytes again. */
  @Test
  void changedBytesAreRefusedOrMeanThemselves() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var sound = Bytes.fromHex("0002" + FIRST_AT_5 + SECOND_AT_1).toByteArray();
    for (int i = 0; i < 20_000; i++) {
      var changed = sound.clone();
      for (int change = 0; change <= random.nextInt(3); change++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      var bytes = Bytes.copyOf(changed);
      try {
        var encoded = Bytes.copyOf(Hosting.decode(bytes).encoded().toArray());
        assertThat(encoded.slice(Frame.OVERHEAD_BYTES, encoded.length()))
            .as("seed %d", seed)
            .isEqualTo(bytes);
      } catch (Malformed refused) {
        assertThat(refused).as("seed %d", seed).isNotNull();
      }
    }
  }
}
