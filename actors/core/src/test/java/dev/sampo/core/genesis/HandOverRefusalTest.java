package dev.sampo.core.genesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Protocol 2.25 V3: the refusal of a hand-over")
class HandOverRefusalTest {

  private static final LedgerId NETWORK = LedgerId.fromHex("ab".repeat(32));
  private static final Hash TAIL = Hash.fromHex("01".repeat(32));
  private static final HandOverRefusal REFUSAL = new HandOverRefusal(NETWORK, 1, TAIL, "v1-new");

  @Test
  void anotherNetworkTenureTailOrNodeIsAnotherRefusal() {
    var others =
        List.of(
            new HandOverRefusal(LedgerId.fromHex("cd".repeat(32)), 1, TAIL, "v1-new"),
            new HandOverRefusal(NETWORK, 2, TAIL, "v1-new"),
            new HandOverRefusal(NETWORK, 1, Hash.fromHex("02".repeat(32)), "v1-new"),
            new HandOverRefusal(NETWORK, 1, TAIL, "v1-old"));

    assertThat(others).extracting(HandOverRefusal::digest).doesNotContain(REFUSAL.digest());
    assertThat(new HandOverRefusal(NETWORK, 1, TAIL, "v1-new").digest())
        .isEqualTo(REFUSAL.digest());
  }

  /** What other implementations have to sign. */
  @Test
  void itsDigestIsFixed() {
    assertThat(REFUSAL.digest().hex())
        .isEqualTo("e7b00016ded333e9785262014d074ef1ad1607c3bd373d35dd0a0ddf19537dbf");
  }

  @Test
  void itIsNoOrderToMoveAReplica() {
    assertThat(new MoveOrder(NETWORK, 1, "v1-new").digest()).isNotEqualTo(REFUSAL.digest());
  }

  @Test
  void namesAndTenuresHaveBounds() {
    assertThatThrownBy(() -> new HandOverRefusal(NETWORK, -1, TAIL, "v1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HandOverRefusal(NETWORK, 1, TAIL, "v 1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
