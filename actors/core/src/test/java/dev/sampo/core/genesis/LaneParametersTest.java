package dev.sampo.core.genesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Protocol 2.1, L2b: what all nodes agree on about lanes")
class LaneParametersTest {

  @Test
  void everyBatchFitsItsMessageAndItsWindow() {
    assertThatThrownBy(() -> new LaneParameters(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LaneParameters((512 << 10) + 1, 1 << 30, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LaneParameters(100, 99, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new LaneParameters(100, 100, 1).areUsed()).isTrue();
    assertThat(LaneParameters.DEFAULT.batchBytesMax()).isLessThan(Batch.ENCODED_BYTES_MAX);
  }

  @Test
  void aBlockOrdersABoundedNumberOfBatches() {
    assertThatThrownBy(() -> new LaneParameters(100, 100, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LaneParameters(100, 100, 1025))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new LaneParameters(100, 100, 1024).advanceMax()).isEqualTo(1024);
    assertThat(LaneParameters.NONE.areUsed()).isFalse();
  }

  @Test
  void theGenesisNamesThem() throws Malformed {
    var lanes = new LaneParameters(1_000, 5_000, 7);
    var with =
        Fakes.genesis(
            4,
            "simplex",
            new LedgerParameters(1_000, 600_000, 4_000_000, 1, 5_000).withLanes(lanes));
    var without =
        Fakes.genesis(4, "simplex", new LedgerParameters(1_000, 600_000, 4_000_000, 1, 5_000));

    assertThat(Genesis.decode(with.encoded()).parameters().lanes()).isEqualTo(lanes);
    assertThat(Genesis.decode(without.encoded()).parameters().lanes())
        .isEqualTo(LaneParameters.NONE);
    assertThat(with.ledgerId()).isNotEqualTo(without.ledgerId());
  }

  @Test
  @DisplayName("X11: who checks signatures is the ledger's, never a node's")
  void theGenesisNamesTheVerification() throws Malformed {
    var usual = Fakes.genesis(4, "simplex", LedgerParameters.DEFAULT);
    var attested =
        Fakes.genesis(
            4, "simplex", LedgerParameters.DEFAULT.withVerification(Verification.ATTESTED));

    assertThat(usual.parameters().isAttested()).isFalse();
    assertThat(Genesis.decode(attested.encoded()).parameters().isAttested()).isTrue();
    assertThat(attested.ledgerId()).isNotEqualTo(usual.ledgerId());
    for (var one : Verification.values()) {
      assertThat(Verification.named(one.label())).contains(one);
    }
    assertThat(Verification.named("sometimes")).isEmpty();
  }

  @Test
  void aGenesisOfAnEarlierVersionIsRefused() {
    var octets = Fakes.genesis(4).encoded().toByteArray();
    assertThat(octets[0]).isEqualTo((byte) Genesis.VERSION);
    octets[0] = (byte) (Genesis.VERSION - 1);

    assertThatThrownBy(() -> Genesis.decode(Bytes.owning(octets))).isInstanceOf(Malformed.class);
  }
}
