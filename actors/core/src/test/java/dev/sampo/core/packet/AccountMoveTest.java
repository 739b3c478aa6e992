package dev.sampo.core.packet;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.BOB;
import static dev.sampo.core.packet.TwoLedgers.GOLD;
import static dev.sampo.core.packet.TwoLedgers.GOLD_ON_B;
import static dev.sampo.core.packet.TwoLedgers.MINUTE;
import static dev.sampo.core.packet.TwoLedgers.SALT;
import static dev.sampo.core.packet.TwoLedgers.SALT_ON_A;
import static dev.sampo.core.packet.TwoLedgers.TO_B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.AccountRecord;
import dev.sampo.core.assets.AccountRecord.Active;
import dev.sampo.core.assets.AccountRecord.Moved;
import dev.sampo.core.assets.AccountRecord.Moving;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.TestKeys;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.PublicKey;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("7.25: accounts that move between two ledgers of one application")
class AccountMoveTest {

  private static final AccountId MIA = new AccountId("mia");
  private static final PublicKey KEY = TestKeys.key("mia");

  private final TwoLedgers ledgers = TwoLedgers.sharded();
  private final Side a = ledgers.a;
  private final Side b = ledgers.b;

  @BeforeEach
  void miaHasGoldAndSaltOnHerHome() {
    assertThat(a.submit(ALICE, Assets.openAccount(MIA, KEY))).isEqualTo("OK");
    assertThat(a.submit(ALICE, Assets.transfer(GOLD, MIA, 100))).isEqualTo("OK");
    ledgers.receive(ledgers.send(b, ALICE, SALT, MIA, 30));
    assertThat(a.balance(SALT_ON_A, MIA)).isEqualTo(30);
  }

  private static Optional<AccountRecord> record(Side side) {
    return side.account(MIA);
  }

  @Test
  @DisplayName("M1 to M5: key and value go with it, come back, and nothing is made or lost")
  void goesThereAndBack() {
    assertThat(record(a)).contains(new Active(KEY, 1));
    assertThat(record(b)).isEmpty();

    var there = ledgers.move(a, MIA);
    assertThat(record(a)).contains(new Moving(KEY, 1, b.id(), TO_B, there.sequence()));
    assertThat(ledgers.receive(there)).isEqualTo("OK");
    assertThat(record(b)).contains(new Active(KEY, 2));
    assertThat(ledgers.acknowledge(there)).isEqualTo("OK");

    assertThat(record(a)).contains(new Moved(KEY, 2, b.id()));
    assertThat(a.balance(GOLD, MIA)).isZero();
    assertThat(a.balance(SALT_ON_A, MIA)).isZero();
    assertThat(b.balance(GOLD_ON_B, MIA)).isEqualTo(100);
    assertThat(b.balance(SALT, MIA)).isEqualTo(30);
    assertThat(a.escrow(GOLD, TO_B)).isEqualTo(100);
    ledgers.assertConserved();

    assertThat(b.submit(MIA, Assets.transfer(GOLD_ON_B, BOB, 40))).isEqualTo("OK");
    var back = ledgers.move(b, MIA);
    assertThat(ledgers.receive(back)).isEqualTo("OK");
    assertThat(ledgers.acknowledge(back)).isEqualTo("OK");

    assertThat(record(a)).contains(new Active(KEY, 3));
    assertThat(record(b)).contains(new Moved(KEY, 3, a.id()));
    assertThat(a.balance(GOLD, MIA)).isEqualTo(60);
    assertThat(a.balance(SALT_ON_A, MIA)).isEqualTo(30);
    assertThat(a.escrow(GOLD, TO_B)).isEqualTo(40);
    ledgers.assertConserved();
  }

  @Test
  @DisplayName("M2: while it moves, and after, nothing is taken from it and nothing given to it")
  void failsDefinitelyWhileItIsAway() {
    var coming = ledgers.send(b, ALICE, SALT, MIA, 5);
    var there = ledgers.move(a, MIA);
    assertIsAway(coming);
    assertThat(ledgers.receive(there)).isEqualTo("OK");
    assertThat(ledgers.acknowledge(there)).isEqualTo("OK");
    assertIsAway(ledgers.send(b, ALICE, SALT, MIA, 5));
    assertThat(a.submit(ALICE, Assets.openAccount(MIA, KEY))).isEqualTo("ACCOUNT_EXISTS");
    ledgers.assertConserved();
  }

  private void assertIsAway(Packet coming) {
    var timeout = b.in(MINUTE);
    assertThat(a.submit(MIA, Assets.transfer(GOLD, ALICE, 1))).isEqualTo("MOVED");
    assertThat(a.submit(MIA, Assets.sendAcross(TO_B, GOLD, ALICE, 1, timeout))).isEqualTo("MOVED");
    assertThat(a.submit(MIA, Assets.moveAccount(TO_B, timeout))).isEqualTo("MOVED");
    assertThat(a.submit(MIA, Assets.issueAsset(new AssetId("mint"), 1))).isEqualTo("MOVED");
    assertThat(a.submit(ALICE, Assets.transfer(GOLD, MIA, 1))).isEqualTo("MOVED");
    assertThat(ledgers.receive(coming)).isEqualTo("OK");
    assertThat(a.answered(coming)).contains(new Acknowledgement("MOVED"));
    assertThat(ledgers.acknowledge(coming)).isEqualTo("OK");
  }

  @Test
  @DisplayName("M4: what does not arrive in time is here again as it was")
  void isRestoredAfterATimeout() {
    var there = ledgers.move(a, MIA);
    b.pass(2 * MINUTE);
    assertThat(ledgers.receive(there)).isEqualTo("PACKET_TIMED_OUT");
    assertThat(ledgers.timeOut(there)).isEqualTo("OK");

    assertThat(a.events())
        .containsExactly(
            "packet_timed_out", "account_restored", "asset_unlocked", "voucher_minted");
    assertThat(record(a)).contains(new Active(KEY, 1));
    assertThat(a.balance(GOLD, MIA)).isEqualTo(100);
    assertThat(a.balance(SALT_ON_A, MIA)).isEqualTo(30);
    assertThat(a.escrow(GOLD, TO_B)).isZero();
    assertThat(record(b)).isEmpty();
    ledgers.assertConserved();
  }

  @Test
  @DisplayName("M3, M4: a ledger that has another account of that name sends it back")
  void isRestoredIfItIsNotInstalled() {
    // Alice of B was there from the beginning, and is not the one whose home is A.
    var there = ledgers.move(a, ALICE);
    assertThat(ledgers.receive(there)).isEqualTo("OK");
    assertThat(b.answered(there)).contains(new Acknowledgement("ACCOUNT_EXISTS"));
    assertThat(ledgers.acknowledge(there)).isEqualTo("OK");

    assertThat(a.account(ALICE)).contains(new Active(TestKeys.key("alice"), 1));
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(900);
    assertThat(a.submit(ALICE, Assets.transfer(GOLD, MIA, 1))).isEqualTo("OK");
    ledgers.assertConserved();
  }

  @Test
  @DisplayName("M2: it stays while what it has sent may come back")
  void waitsForItsOwnRefunds() {
    var sent = ledgers.send(a, MIA, GOLD, BOB, 10);
    var timeout = b.in(MINUTE);
    assertThat(a.submit(MIA, Assets.moveAccount(TO_B, timeout))).isEqualTo("REFUND_PENDING");
    ledgers.receive(sent);
    assertThat(a.submit(MIA, Assets.moveAccount(TO_B, timeout))).isEqualTo("REFUND_PENDING");
    ledgers.acknowledge(sent);

    var refunded = ledgers.send(a, MIA, GOLD, new AccountId("nobody"), 10);
    ledgers.receive(refunded);
    ledgers.acknowledge(refunded);
    assertThat(a.balance(GOLD, MIA)).isEqualTo(90);
    ledgers.receive(ledgers.move(a, MIA));
    assertThat(b.balance(GOLD_ON_B, MIA)).isEqualTo(90);
    ledgers.assertConserved();
  }

  @Test
  @DisplayName("M1: created only at home; who decides for a ledger, or is its own, stays there")
  void isCreatedAtHomeOnly() {
    var bea = new AccountId("bea");
    assertThat(a.submit(ALICE, Assets.openAccount(bea, KEY))).isEqualTo("NOT_HOME");
    assertThat(b.submit(ALICE, Assets.openAccount(bea, KEY))).isEqualTo("OK");
    assertThat(a.submit(BOB, Assets.moveAccount(TO_B, b.in(MINUTE)))).isEqualTo("NOT_MOVABLE");
    assertThat(a.submit(Side.OLGA, Assets.moveAccount(TO_B, b.in(MINUTE))))
        .isEqualTo("NOT_MOVABLE");
    assertThat(a.submit(MIA, Assets.moveAccount(new ChannelId("to-c"), b.in(MINUTE))))
        .isEqualTo("UNKNOWN_CHANNEL");
    assertThat(record(a)).contains(new Active(KEY, 1));
  }

  @Test
  void movesWithAtMostTwelveAssets() {
    for (int i = 0; i < 11; i++) {
      var asset = new AssetId("asset" + i);
      assertThat(a.submit(ALICE, Assets.issueAsset(asset, 5))).isEqualTo("OK");
      assertThat(a.submit(ALICE, Assets.transfer(asset, MIA, 1))).isEqualTo("OK");
    }
    assertThat(a.submit(MIA, Assets.moveAccount(TO_B, b.in(MINUTE))))
        .isEqualTo("TOO_MANY_HOLDINGS");
    assertThat(a.submit(MIA, Assets.transfer(GOLD, ALICE, 100))).isEqualTo("OK");

    var there = ledgers.move(a, MIA);
    assertThat(ledgers.receive(there)).isEqualTo("OK");
    assertThat(ledgers.acknowledge(there)).isEqualTo("OK");

    assertThat(record(b)).contains(new Active(KEY, 2));
    assertThat(b.balance(new AssetId("to-a:asset10"), MIA)).isEqualTo(1);
    assertThat(b.balance(SALT, MIA)).isEqualTo(30);
    ledgers.assertConserved();
  }

  @Test
  @DisplayName("T3: every message again, in any order, changes nothing")
  void replaysOfOldMovesChangeNothing() {
    var there = ledgers.move(a, MIA);
    ledgers.receive(there);
    ledgers.acknowledge(there);
    var back = ledgers.move(b, MIA);
    ledgers.receive(back);
    ledgers.acknowledge(back);

    for (var packet : new Packet[] {there, back, there}) {
      ledgers.receive(packet);
      ledgers.acknowledge(packet);
    }

    assertThat(record(a)).contains(new Active(KEY, 3));
    assertThat(record(b)).contains(new Moved(KEY, 3, a.id()));
    assertThat(a.balance(GOLD, MIA)).isEqualTo(100);
    ledgers.assertConserved();
  }
}
