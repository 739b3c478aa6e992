package dev.sampo.cluster.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.genesis.LedgerName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what a demo says of conservation")
final class ConservationTest {

  private static final List<LedgerName> NAMES =
      List.of(new LedgerName("ledger-2"), new LedgerName("main"));
  private static final List<Long> ISSUED = List.of(500L, 1_000L);
  private static final AssetId COIN = DemoAccounts.COIN;
  private static final AssetId OF_MAIN = new AssetId("main:coin");
  private static final AssetId OF_SECOND = new AssetId("ledger-2:coin");

  private static Conservation.Found found(Map<AssetId, Long> second, Map<AssetId, Long> main) {
    return Conservation.found(NAMES, ISSUED, List.of(second, main));
  }

  @Test
  void countsWhatIsInTheAccountsAndTheVouchersElsewhere() {
    var found = found(Map.of(COIN, 480L, OF_MAIN, 30L), Map.of(COIN, 970L, OF_SECOND, 20L));

    assertThat(found.conserved()).containsExactly(true, true);
    assertThat(found.isGood()).isTrue();
    assertThat(found.vouchers()).isEqualTo(50);
  }

  @Test
  @DisplayName(
      "a coin too few, one too many, or a voucher for nothing is seen, and on which ledger")
  void seesWhatIsLostOrMade() {
    assertThat(found(Map.of(COIN, 499L), Map.of(COIN, 1_000L)).conserved())
        .containsExactly(false, true);
    assertThat(found(Map.of(COIN, 500L), Map.of(COIN, 1_001L)).conserved())
        .containsExactly(true, false);
    assertThat(found(Map.of(COIN, 500L, OF_MAIN, 1L), Map.of(COIN, 1_000L)).conserved())
        .containsExactly(true, false);
    assertThat(found(Map.of(), Map.of()).isGood()).isFalse();
  }
}
