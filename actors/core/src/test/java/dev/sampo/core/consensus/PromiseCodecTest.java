package dev.sampo.core.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.wire.Malformed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The journal's encoding of promises (2.4). */
@Tag("fault-42")
class PromiseCodecTest {

  static Stream<Promise> promises() {
    var genesis = Fakes.genesis(4).block();
    var block = new Block(genesis.header(), genesis.cut(), List.of(Fakes.transaction(1)));
    var nullify = new Statement.Nullify(Epoch.ZERO, View.of(9));
    var votes = Stream.of(0, 2, 3).map(i -> Fakes.vote(nullify, ValidatorIndex.of(i))).toList();
    return Stream.of(
        new Promise.Stated(new Statement.Notarize(Epoch.of(1), View.of(7), genesis.hash())),
        new Promise.BlockHeld(block),
        new Promise.CertificateHeld(Certificate.of(nullify, votes)),
        new Promise.FinalUpTo(View.of(5), Hash.ZERO),
        new Promise.RecoveredFrom(Epoch.ZERO, View.of(7), 1));
  }

  @ParameterizedTest
  @MethodSource("promises")
  @DisplayName("every promise comes back as it was")
  void decodesWhatItEncodes(Promise promise) throws Malformed {
    assertThat(PromiseCodec.decode(PromiseCodec.encode(promise))).isEqualTo(promise);
  }

  @ParameterizedTest
  @MethodSource("promises")
  @DisplayName("no shorter or longer byte string is taken for a promise")
  void rejectsOtherLengths(Promise promise) {
    var encoded = PromiseCodec.encode(promise);
    for (int length = 0; length < encoded.length(); length++) {
      var shortened = encoded.slice(0, length);
      assertThatThrownBy(() -> PromiseCodec.decode(shortened)).isInstanceOf(Malformed.class);
    }
    var bytes = new byte[encoded.length() + 1];
    encoded.copyTo(bytes, 0);
    assertThatThrownBy(() -> PromiseCodec.decode(Bytes.owning(bytes)))
        .isInstanceOf(Malformed.class);
  }

  @Test
  @DisplayName("an unknown tag is malformed")
  void rejectsAnUnknownTag() {
    assertThatThrownBy(() -> PromiseCodec.decode(Bytes.fromHex("06")))
        .isInstanceOf(Malformed.class);
  }
}
