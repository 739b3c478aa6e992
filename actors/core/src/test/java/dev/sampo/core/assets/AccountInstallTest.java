package dev.sampo.core.assets;

import static dev.sampo.core.execution.TestLedger.GOLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.AccountRecord.Active;
import dev.sampo.core.assets.AccountRecord.Moved;
import dev.sampo.core.assets.AccountRecord.Moving;
import dev.sampo.core.assets.PacketContent.AccountMove;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.execution.TestLedger;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.state.StateOverlay;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("M3: what a ledger installs, whatever arrives")
class AccountInstallTest {

  private static final AccountId MIA = new AccountId("mia");
  private static final PublicKey OLD = PublicKey.fromHex("0a".repeat(32));
  private static final PublicKey NEW = PublicKey.fromHex("0b".repeat(32));
  private static final LedgerId PEER = new LedgerId(Bytes.fromHex("11".repeat(32)));
  private static final ChannelId THERE = new ChannelId("to-b");
  private static final ChannelId HERE = new ChannelId("to-a");
  private static final AssetId VOUCHER = new AssetId("to-a:gold");

  private final AssetPackets packets = new AssetPackets();
  private final StateOverlay state = StateOverlay.ofTransaction(new TestLedger().reader().state());

  private String arrives(long generation, Holding... holdings) {
    var content = new AccountMove(MIA, generation, NEW, List.of(holdings)).encoded();
    var packet =
        new Packet(
            new Packet.End(PEER, THERE),
            new Packet.End(new LedgerId(Bytes.fromHex("22".repeat(32))), HERE),
            1,
            LedgerTime.ofMillis(1),
            Assets.NAME,
            content,
            Packet.VERSION);
    return switch (packets.receive(packet, state)) {
      case Outcome.Ok _ -> "OK";
      case Outcome.Failed(var code) -> code;
    };
  }

  private void isShard() {
    AssetsState.putShard(state, new Shard(new HomeRule.ByHash(2), 0));
  }

  private void knows(AccountRecord record) {
    isShard();
    AssetsState.putAccount(state, MIA, record);
  }

  private void isInstalled(long generation) {
    assertThat(AssetsState.account(state, MIA)).contains(new Active(NEW, generation));
  }

  @Test
  void installsAnAccountThatItHasNeverHad() {
    isShard();
    assertThat(arrives(2, new Holding(GOLD, 7))).isEqualTo("OK");
    isInstalled(2);
    assertThat(AssetsState.balance(state, VOUCHER, MIA)).isEqualTo(7);
    assertThat(AssetsState.holdings(state, MIA, 10)).containsExactly(new Holding(VOUCHER, 7));
  }

  @Test
  void installsOverATombstoneOnlyWhatIsNewer() {
    knows(new Moved(OLD, 4, PEER));
    assertThat(arrives(3)).isEqualTo("STALE_MOVE");
    assertThat(arrives(4)).isEqualTo("STALE_MOVE");
    assertThat(AssetsState.account(state, MIA)).contains(new Moved(OLD, 4, PEER));
    assertThat(arrives(5)).isEqualTo("OK");
    isInstalled(5);
  }

  @Test
  void neverInstallsWhatIsHereOrHasNotArrivedElsewhere() {
    for (var record :
        List.of(new Active(OLD, 0), new Active(OLD, 3), new Moving(OLD, 3, PEER, HERE, 1))) {
      knows(record);
      assertThat(arrives(2)).isEqualTo("ACCOUNT_EXISTS");
      assertThat(arrives(9)).isEqualTo("ACCOUNT_EXISTS");
      assertThat(AssetsState.account(state, MIA)).contains(record);
    }
  }

  @Test
  void aLedgerOnItsOwnTakesNobodyIn() {
    assertThat(arrives(2)).isEqualTo("NOT_SHARDED");
    assertThat(AssetsState.account(state, MIA)).isEmpty();
  }

  @Test
  @DisplayName("T5: what was locked for the channel is unlocked, and no more than that")
  void failsAsAWholeIfItsValueDoesNotArrive() {
    isShard();
    assertThat(arrives(2, new Holding(new AssetId("to-b:gold"), 7))).isEqualTo("ESCROW_SHORT");
  }
}
