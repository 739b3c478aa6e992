package dev.sampo.cluster.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.genesis.LedgerName;
import dev.sampo.node.ledger.LedgerSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossShareTest {

  private static final LedgerName SECOND = new LedgerName("ledger-2");
  private static final LedgerName THIRD = new LedgerName("ledger-3");
  private static final List<LedgerName> LEDGERS = List.of(SECOND, THIRD, LedgerSettings.FIRST_NAME);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 33, 50, 99, 100})
  void soManyOfEachHundredCross(int percent) {
    var share = new CrossShare(percent, LEDGERS);
    for (long from = 0; from < 1_000; from += 100) {
      assertThat(LongStream.range(from, from + 100).filter(share::crosses).count())
          .isEqualTo(percent);
    }
  }

  /** Not the first twenty of a hundred. */
  @Test
  void theyAreSpreadOverTheOthers() {
    var share = new CrossShare(20, LEDGERS);
    for (long from = 0; from < 100; from += 5) {
      assertThat(LongStream.range(from, from + 5).filter(share::crosses).count()).isEqualTo(1);
    }
  }

  @Test
  void onlyTheFirstLedgerHasAChannelToEachOther() {
    var share = new CrossShare(50, LEDGERS);
    assertThat(share.channelsFrom(0)).isEqualTo(1);
    assertThat(share.channelsFrom(1)).isEqualTo(1);
    assertThat(share.channelsFrom(2)).isEqualTo(2);
  }

  @Test
  void ofALoadOnOneLedgerThatOneComesFirst() {
    var share = new CrossShare(50, LEDGERS, Duration.ofSeconds(7)).from(THIRD);
    assertThat(share.ledgers()).containsExactly(THIRD, SECOND, LedgerSettings.FIRST_NAME);
    assertThat(share.percent()).isEqualTo(50);
    assertThat(share.timeout()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void refusesWhatCannotCross() {
    assertThatThrownBy(() -> new CrossShare(101, LEDGERS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CrossShare(-1, LEDGERS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CrossShare(1, List.of(SECOND)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
