package dev.sampo.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.PacketKeys;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("EX2: where the leaves of the state tree stand")
class StateKeyTest {

  private static final int FIRST = 20;
  private static final int DIGITS = 8;

  @Test
  @DisplayName("a hundred neighbours stand together, by the last two digits of their numbers")
  void keepsNeighboursTogether() {
    var first = path("ack/way/0000000000000012300");
    for (int i = 0; i < 100; i++) {
      var path = path("ack/way/00000000000000123%02d".formatted(i));
      assertThat(without(path)).isEqualTo(without(first));
      assertThat(number(path)).isEqualTo(i / 10 << 4 | i % 10);
    }
  }

  @Test
  @DisplayName("other hundreds and other names stand wherever their hash leads")
  void keepsHundredsApart() {
    var one = without(path("ack/way/0000000000000012345"));

    assertThat(without(path("ack/way/0000000000000012445"))).isNotEqualTo(one);
    assertThat(without(path("ack/why/0000000000000012345"))).isNotEqualTo(one);
    assertThat(without(path("receipt/way/0000000000000012345"))).isNotEqualTo(one);
    assertThat(
            without(
                new StateKey(
                        StateKey.Space.DEDUPE_BUCKET, Bytes.ofAscii("ack/way/0000000000000012345"))
                    .path()))
        .isNotEqualTo(one);
  }

  @Test
  @DisplayName("names that do not end in a slash and nineteen digits are hashed as they are")
  void hashesOtherNamesWhole() {
    for (var name :
        List.of(
            "",
            "/",
            "0000000000000012345",
            "ack/way/000000000000012345",
            "ack/way/000000000000001234/",
            "ack/way/000000000000001234x",
            "ack/way:0000000000000012345",
            "ack/way/00000000000000012345")) {
      assertThat(path(name))
          .isEqualTo(Sha256.start().update(0).update(Bytes.ofAscii(name)).finish());
    }
  }

  @Test
  @DisplayName("no two of ten thousand numbers have one path, nor those that only look alike")
  void givesEachItsOwn() {
    var paths = new HashSet<Hash>();
    for (int i = 0; i < 10_000; i++) {
      paths.add(path("a/%019d".formatted(i)));
      paths.add(path("a/%017d".formatted(i)));
    }
    assertThat(paths).hasSize(20_000);
  }

  @Test
  @DisplayName("a vector: what is hashed is 80, the code of the space, and the name but two digits")
  void isWhatTheDocumentSays() {
    var hash =
        Sha256.start().update(0x80).update(Bytes.ofAscii("ack/way/00000000000000123")).finish();
    var path = path("ack/way/0000000000000012345");

    assertThat(path.hex().substring(0, 5)).isEqualTo(hash.hex().substring(0, 5));
    assertThat(path.hex().substring(5, 7)).isEqualTo("45");
    assertThat(path.hex().substring(7)).isEqualTo(hash.hex().substring(7));
    assertThat(path.hex())
        .isEqualTo("f5fad45b4a1bd24f7fb1913001305d13f9768f34be1995ecdfd0d96979de356d");
  }

  @Test
  @DisplayName("commitments, receipts, acknowledgements and anchors are numbered")
  void concernsWhatPacketsAndAnchorsLeave() {
    var way = new ChannelId("way");
    var peer = LedgerId.fromHex("ee".repeat(32));
    assertNeighbours(PacketKeys.commitment(way, 100), PacketKeys.commitment(way, 199));
    assertNeighbours(PacketKeys.receipt(way, 100), PacketKeys.receipt(way, 199));
    assertNeighbours(PacketKeys.acknowledgement(way, 100), PacketKeys.acknowledgement(way, 199));
    assertNeighbours(
        PacketKeys.anchor(peer, Height.of(100)), PacketKeys.anchor(peer, Height.of(199)));
  }

  private static void assertNeighbours(Bytes first, Bytes last) {
    assertThat(without(StateKey.application(first).path()))
        .isEqualTo(without(StateKey.application(last).path()));
    assertThat(number(StateKey.application(last).path())).isEqualTo(0x99);
  }

  private static Hash path(String name) {
    return StateKey.application(Bytes.ofAscii(name)).path();
  }

  private static String without(Hash path) {
    return path.hex().substring(0, FIRST / 4) + path.hex().substring((FIRST + DIGITS) / 4);
  }

  private static int number(Hash path) {
    return Integer.parseInt(path.hex().substring(FIRST / 4, (FIRST + DIGITS) / 4), 16);
  }
}
