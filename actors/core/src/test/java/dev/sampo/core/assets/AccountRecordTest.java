package dev.sampo.core.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.assets.AccountRecord.Active;
import dev.sampo.core.assets.AccountRecord.Moved;
import dev.sampo.core.assets.AccountRecord.Moving;
import dev.sampo.core.assets.HomeRule.ByHash;
import dev.sampo.core.assets.HomeRule.ByPrefix;
import dev.sampo.core.assets.HomeRule.Prefix;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("M1: records and homes of accounts, and their encodings")
class AccountRecordTest {

  private static final PublicKey KEY = PublicKey.fromHex("aa".repeat(32));
  private static final LedgerId THERE = new LedgerId(Bytes.fromHex("bb".repeat(32)));

  private static void isEncoded(AccountRecord record, String hex) throws Malformed {
    assertThat(record.encoded().hex()).isEqualTo(hex);
    assertThat(AccountRecord.decode(Bytes.fromHex(hex))).isEqualTo(record);
  }

  @Test
  void recordsAreEncodedAsThePublishedTableSays() throws Malformed {
    isEncoded(new Active(KEY, 0), "aa".repeat(32));
    isEncoded(new Active(KEY, 1), "01" + "aa".repeat(32) + "0000000000000001");
    isEncoded(
        new Moving(KEY, 5, THERE, new ChannelId("to-b"), 9),
        "02"
            + "aa".repeat(32)
            + "0000000000000005"
            + "bb".repeat(32)
            + "00000004746f2d62"
            + "0000000000000009");
    isEncoded(
        new Moved(KEY, 6, THERE), "03" + "aa".repeat(32) + "0000000000000006" + "bb".repeat(32));
  }

  @Test
  void whatIsNotCanonicalIsNoRecord() {
    for (var hex :
        List.of(
            "",
            "aa".repeat(31),
            "aa".repeat(33),
            // Generation 0 has one encoding, which is the key alone.
            "01" + "aa".repeat(32) + "0000000000000000",
            "00" + "aa".repeat(32) + "0000000000000001",
            "04" + "aa".repeat(32) + "0000000000000001",
            "01" + "aa".repeat(32) + "000000000000000100",
            "03" + "aa".repeat(32) + "0000000000000001" + "bb".repeat(32))) {
      assertThatThrownBy(() -> AccountRecord.decode(Bytes.fromHex(hex)))
          .as(hex)
          .isInstanceOf(Malformed.class);
    }
  }

  private static void isEncoded(HomeRule rule, String hex) throws Malformed {
    assertThat(WireWriter.encode(rule::writeTo).hex()).isEqualTo(hex);
    assertThat(WireReader.decode(Bytes.fromHex(hex), HomeRule::readFrom)).isEqualTo(rule);
  }

  @Test
  void rulesAreEncodedAsThePublishedTableSays() throws Malformed {
    isEncoded(new ByHash(3), "0100000003");
    isEncoded(
        new ByPrefix(List.of(new Prefix("", 0), new Prefix("b", 2))),
        "02" + "00000002" + "00000000" + "00000000" + "00000001" + "62" + "00000002");
    for (var hex :
        List.of(
            "0100000000",
            "0300000001",
            "02" + "00000002" + "0000000162" + "00000000" + "0000000161" + "00000000")) {
      assertThatThrownBy(() -> WireReader.decode(Bytes.fromHex(hex), HomeRule::readFrom))
          .as(hex)
          .isInstanceOf(Malformed.class);
    }
  }

  @Test
  void theLongestPrefixDecides() {
    var rule =
        new ByPrefix(List.of(new Prefix("a", 0), new Prefix("al", 1), new Prefix("alice.", 2)));
    assertThat(rule.home(new AccountId("anna"))).contains(0);
    assertThat(rule.home(new AccountId("alice"))).contains(1);
    assertThat(rule.home(new AccountId("alice.shop"))).contains(2);
    assertThat(rule.home(new AccountId("bob"))).isEmpty();
  }

  @Test
  void hashesSpreadAccountsEvenly() {
    var rule = new ByHash(4);
    var counts = new int[4];
    for (int i = 0; i < 4_000; i++) {
      counts[rule.home(new AccountId("account" + i)).orElseThrow()]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(900, 1_100);
    }
    // Two of the published vectors: a rule that changes would give accounts a second home.
    assertThat(rule.home(new AccountId("alice"))).contains(2);
    assertThat(rule.home(new AccountId("bob"))).contains(1);
  }
}
