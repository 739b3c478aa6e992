package dev.sampo.core.genesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.types.LedgerId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Protocol 2.2 and 7.20: the order to move a replica")
class MoveOrderTest {

  private static final LedgerId LEDGER = LedgerId.fromHex("ab".repeat(32));
  private static final MoveOrder ORDER = new MoveOrder(LEDGER, 7, "v1b");

  @Test
  void anotherLedgerCopyOrNodeIsAnotherOrder() {
    var others =
        List.of(
            new MoveOrder(LedgerId.fromHex("cd".repeat(32)), 7, "v1b"),
            new MoveOrder(LEDGER, 8, "v1b"),
            new MoveOrder(LEDGER, 7, "v1a"));

    assertThat(others).extracting(MoveOrder::digest).doesNotContain(ORDER.digest());
    assertThat(new MoveOrder(LEDGER, 7, "v1b").digest()).isEqualTo(ORDER.digest());
  }

  /** What other implementations have to sign. */
  @Test
  void itsDigestIsFixed() {
    assertThat(ORDER.digest().hex())
        .isEqualTo("3aa0f8f2b4a4d64d3202208afdae80ddbebd31590f163e36e13889f477dd020e");
  }

  @Test
  void namesAndEpochsHaveBounds() {
    var longest = "n".repeat(MoveOrder.NAME_LENGTH_MAX);

    assertThat(new MoveOrder(LEDGER, 0, longest).to()).isEqualTo(longest);
    assertThatThrownBy(() -> new MoveOrder(LEDGER, 0, longest + "n"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MoveOrder(LEDGER, 0, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MoveOrder(LEDGER, 0, "v1 b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MoveOrder(LEDGER, 0, "v\u00e9"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MoveOrder(LEDGER, -1, "v1b"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
