package dev.sampo.core.packet;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.CAROL;
import static dev.sampo.core.packet.TwoLedgers.DAY;
import static dev.sampo.core.packet.TwoLedgers.GOLD;
import static dev.sampo.core.packet.TwoLedgers.GOLD_ON_B;
import static dev.sampo.core.packet.TwoLedgers.LIMITS;
import static dev.sampo.core.packet.TwoLedgers.SALT_ON_A;
import static dev.sampo.core.packet.TwoLedgers.TO_B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("T7: limits of a channel")
class PacketLimitsTest {

  private static final long HOUR = 60 * TwoLedgers.MINUTE;

  private static TwoLedgers limited(long packetsMax, long amountMax) {
    return TwoLedgers.connected(new ChannelLimits(10_000, DAY, HOUR, packetsMax, amountMax));
  }

  private static String send(TwoLedgers ledgers, AssetId asset, long amount) {
    return ledgers.a.submit(
        ALICE, Assets.sendAcross(TO_B, asset, CAROL, amount, ledgers.b.in(2 * HOUR)));
  }

  @Test
  void boundsWhatIsSentOfAnAssetInAWindow() {
    var ledgers = limited(1_000, 100);
    assertThat(send(ledgers, GOLD, 101)).isEqualTo("RATE_LIMITED");
    assertThat(send(ledgers, GOLD, 60)).isEqualTo("OK");
    assertThat(send(ledgers, GOLD, 41)).isEqualTo("RATE_LIMITED");
    assertThat(send(ledgers, GOLD, 40)).isEqualTo("OK");
    assertThat(send(ledgers, GOLD, 1)).isEqualTo("RATE_LIMITED");
    assertThat(ledgers.a.balance(GOLD, ALICE)).isEqualTo(900);

    ledgers.receive(ledgers.send(ledgers.b, ALICE, TwoLedgers.SALT, ALICE, 10));
    assertThat(send(ledgers, SALT_ON_A, 10)).isEqualTo("OK");
    ledgers.a.pass(HOUR);
    assertThat(send(ledgers, GOLD, 100)).isEqualTo("OK");
    ledgers.assertConserved();
  }

  @Test
  void boundsThePacketsOfAWindow() {
    var ledgers = limited(2, 1_000_000);
    assertThat(send(ledgers, GOLD, 1)).isEqualTo("OK");
    assertThat(send(ledgers, GOLD, 1)).isEqualTo("OK");
    assertThat(send(ledgers, GOLD, 1)).isEqualTo("RATE_LIMITED");
    ledgers.a.pass(HOUR);
    assertThat(send(ledgers, GOLD, 1)).isEqualTo("OK");
  }

  @Test
  @DisplayName("T7, T9: what is over the limit is refused without a receipt, and may come later")
  void refusesToReceiveTooMuchForNow() {
    var ledgers = new TwoLedgers();
    var narrow = new ChannelLimits(10_000, DAY, HOUR, 1_000, 50);
    TwoLedgers.follow(ledgers.a, ledgers.b);
    TwoLedgers.follow(ledgers.b, ledgers.a);
    ledgers.a.decide(new Action.OpenChannel(TO_B, ledgers.b.id(), TwoLedgers.TO_A, LIMITS));
    ledgers.b.decide(new Action.OpenChannel(TwoLedgers.TO_A, ledgers.a.id(), TO_B, narrow));
    assertThat(send(ledgers, GOLD, 50)).isEqualTo("OK");
    var first = ledgers.a.lastSent(TO_B);
    assertThat(send(ledgers, GOLD, 1)).isEqualTo("OK");
    var second = ledgers.a.lastSent(TO_B);

    assertThat(ledgers.receive(first)).isEqualTo("OK");
    assertThat(ledgers.receive(second)).isEqualTo("RATE_LIMITED");
    assertThat(ledgers.b.state().get(second.receiptKey().name())).isEmpty();
    assertThat(ledgers.acknowledge(first)).isEqualTo("OK");
    ledgers.b.pass(HOUR);
    assertThat(ledgers.receive(second)).isEqualTo("OK");
    assertThat(ledgers.b.balance(GOLD_ON_B, CAROL)).isEqualTo(51);
  }

  @Test
  void refusesLimitsThatMakeNoSense() {
    assertThatThrownBy(() -> new ChannelLimits(0, 1, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ChannelLimits(2, 1, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ChannelLimits(1, ChannelLimits.TIMEOUT_MAX + 1, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ChannelLimits(1, 1, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ChannelLimits(1, 1, 1, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
