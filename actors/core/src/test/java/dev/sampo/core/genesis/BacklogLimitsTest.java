package dev.sampo.core.genesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Protocol EX7: the limits of the backlog in the genesis document")
class BacklogLimitsTest {

  private static final int BATCHES_AT = 4;

  private static LedgerParameters attesting(int every) {
    return new LedgerParameters(1_000, 600_000, 4_000_000, every, 5_000);
  }

  @Test
  void theyAreBounded() {
    assertThatThrownBy(() -> new BacklogLimits(3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 3");
    assertThatThrownBy(() -> new BacklogLimits((1 << 20) + 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BacklogLimits(4, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
    assertThatThrownBy(() -> new BacklogLimits(4, (1 << 20) + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new BacklogLimits(1 << 20, 1 << 20).batchesMax()).isEqualTo(1 << 20);
  }

  @Test
  void fourAttestedHeightsFitBelowTheLimitOfBlocks() {
    assertThatThrownBy(() -> attesting(10).withBacklog(new BacklogLimits(39, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("39 blocks")
        .hasMessageContaining("10 heights");
    assertThatCode(() -> attesting(10).withBacklog(new BacklogLimits(40, 1)))
        .doesNotThrowAnyException();
    assertThat(attesting(256).backlog()).isEqualTo(BacklogLimits.DEFAULT);
    assertThat(attesting(257).backlog().blocksMax()).isEqualTo(4 * 257);
  }

  @Test
  void aBlockOfTheLargestLedgerMayOrderWhatItsLanesAllow() {
    assertThat(BacklogLimits.DEFAULT.batchesMax())
        .isEqualTo(128 * LaneParameters.DEFAULT.advanceMax());
  }

  @Test
  void halfClosesAndAQuarterOpens() {
    var limits = new BacklogLimits(8, 20);
    assertThat(limits.areHalfReached(3, 9)).isFalse();
    assertThat(limits.areHalfReached(4, 0)).isTrue();
    assertThat(limits.areHalfReached(0, 10)).isTrue();
    assertThat(limits.haveEased(2, 5)).isTrue();
    assertThat(limits.haveEased(3, 0)).isFalse();
    assertThat(limits.haveEased(0, 6)).isFalse();
  }

  @Test
  void theGenesisNamesThem() throws Malformed {
    var limits = new BacklogLimits(77, 88);
    var named = Fakes.genesis(4, "simplex", attesting(1).withBacklog(limits));
    var shipped = Fakes.genesis(4, "simplex", attesting(1));

    assertThat(Genesis.decode(named.encoded()).parameters().backlog()).isEqualTo(limits);
    assertThat(Genesis.decode(shipped.encoded()).parameters().backlog())
        .isEqualTo(BacklogLimits.DEFAULT);
    assertThat(named.ledgerId()).isNotEqualTo(shipped.ledgerId());
  }

  @Test
  void aGenesisWithLimitsThatDoNotFitItsAttestationsIsRefused() {
    var genesis =
        Fakes.genesis(4, "simplex", attesting(1).withBacklog(new BacklogLimits(77, 0x7fff)));
    var octets = genesis.encoded().toByteArray();
    int batches = indexOf(octets, 0x7fff);
    octets[batches - 1] = 3;

    assertThatThrownBy(() -> Genesis.decode(Bytes.owning(octets))).isInstanceOf(Malformed.class);
  }

  @Test
  void aGenesisWithoutThemIsRefused() {
    var octets = Fakes.genesis(4).encoded().toByteArray();
    octets[0] = 2;

    assertThatThrownBy(() -> Genesis.decode(Bytes.owning(octets)))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("version 2");
  }

  private static int indexOf(byte[] octets, int value) {
    for (int at = 0; at + BATCHES_AT <= octets.length; at++) {
      if (octets[at] == 0
          && octets[at + 1] == 0
          && octets[at + 2] == (byte) (value >> 8)
          && octets[at + 3] == (byte) value) {
        return at;
      }
    }
    throw new AssertionError("not in the document: " + value);
  }
}
