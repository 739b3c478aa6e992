package dev.sampo.core.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.Seeds;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.state.TreeProof;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("T11: the proofs of a bundle, each without what the one before has told")
class ProofSeriesTest {

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#many")
  @DisplayName("whatever they have in common, they are read as they were, and by one encoding only")
  void areReadAsTheyWere(long seed) throws Malformed {
    var random = Seeds.random(seed);
    var proofs = new ArrayList<PacketProof>();
    for (int i = 0; i < 10; i++) {
      proofs.add(new PacketProof(Height.of(1 + random.nextInt(3)), proof(random, proofs)));
    }
    var encoded = encoded(proofs);

    assertThat(decoded(encoded)).isEqualTo(proofs);
    for (int i = 0; i < 200; i++) {
      var other = encoded.toByteArray();
      other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
      var bytes = Bytes.owning(other);
      try {
        assertThat(encoded(decoded(bytes))).isEqualTo(bytes);
      } catch (Malformed refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  @DisplayName("what is shared is told by a number of two bytes")
  void tellsOnlyWhatDiffers() {
    var first = new PacketProof(Height.of(1), of(1, 2, 3, 4));
    var second = new PacketProof(Height.of(1), of(1, 2, 3, 5));

    int together = encoded(List.of(first, second)).length();

    assertThat(together - encoded(List.of(first)).length()).isEqualTo(8 + 2 + 4 + 32 + 1);
  }

  @Test
  @DisplayName("nobody shares more than there is, or tells again what is shared, or has too many")
  void refusesWhatIsNotCanonical() {
    var known = of(1, 2).siblings();

    assertRefused(known, out -> out.u16(3).list(known.subList(0, 0), (h, w) -> w.hash(h)).u8(0));
    assertRefused(known, out -> out.u16(1).list(known.subList(1, 2), (h, w) -> w.hash(h)).u8(0));
    assertRefused(known, out -> out.u16(0).list(known, (h, w) -> w.hash(h)).u8(0));
    assertRefused(known, out -> out.u16(2).list(of(3).siblings(), (h, w) -> w.hash(h)).u8(3));
    var most = of(IntStream.range(0, 255).toArray()).siblings();
    assertRefused(known, out -> out.u16(2).list(most, (h, w) -> w.hash(h)).u8(0));
  }

  private static void assertRefused(List<Hash> known, Consumer<WireWriter> by) {
    var bytes = WireWriter.encode(by);
    assertThatThrownBy(() -> WireReader.decode(bytes, in -> TreeProof.readAfter(known, in)))
        .isInstanceOf(Malformed.class);
  }

  private static TreeProof proof(RandomGenerator random, List<PacketProof> before) {
    var siblings = new ArrayList<Hash>();
    if (!before.isEmpty() && random.nextInt(4) > 0) {
      var last = before.getLast().tree().siblings();
      siblings.addAll(last.subList(0, random.nextInt(last.size() + 1)));
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      siblings.add(hash(random.nextInt(3)));
    }
    return new TreeProof(
        siblings,
        switch (random.nextInt(3)) {
          case 0 -> new TreeProof.End.Own();
          case 1 -> new TreeProof.End.Vacant();
          default -> new TreeProof.End.Other(hash(1), hash(2));
        });
  }

  private static TreeProof of(int... siblings) {
    return new TreeProof(
        Arrays.stream(siblings).mapToObj(ProofSeriesTest::hash).toList(), new TreeProof.End.Own());
  }

  private static Hash hash(int number) {
    return Sha256.start().update(number).finish();
  }

  private static Bytes encoded(List<PacketProof> proofs) {
    var series = ProofSeries.start();
    return WireWriter.encode(out -> out.list(proofs, series::write));
  }

  private static List<PacketProof> decoded(Bytes bytes) throws Malformed {
    var series = ProofSeries.start();
    return WireReader.decode(bytes, in -> in.list(10, series::read));
  }
}
