package dev.sampo.core.assets;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.BOB;
import static dev.sampo.core.execution.TestLedger.CAROL;
import static dev.sampo.core.execution.TestLedger.GOLD;
import static dev.sampo.core.execution.TestLedger.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.Seeds;
import dev.sampo.core.execution.TestKeys;
import dev.sampo.core.execution.TestLedger;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.Operators;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AssetsTest {

  private static final AssetId SILVER = new AssetId("silver");
  private static final AccountId DAVE = new AccountId("dave");

  private final TestLedger ledger = new TestLedger();
  private int salt;

  @Test
  void opensAnAccountThatThenSignsForItself() {
    assertThat(outcome(ALICE, Assets.openAccount(DAVE, TestKeys.key("dave")))).isEqualTo("OK");
    assertThat(outcome(ALICE, Assets.transfer(GOLD, DAVE, 7))).isEqualTo("OK");
    assertThat(outcome(DAVE, Assets.transfer(GOLD, BOB, 7))).isEqualTo("OK");
    assertThat(ledger.balance(DAVE)).isZero();
    assertThat(ledger.balance(BOB)).isEqualTo(507);
    assertThat(outcome(ALICE, Assets.openAccount(DAVE, TestKeys.key("mallory"))))
        .isEqualTo("ACCOUNT_EXISTS");
  }

  @Test
  void letsOnlyTheFirstIssuerIssueMore() {
    assertThat(outcome(BOB, Assets.issueAsset(SILVER, 100))).isEqualTo("OK");
    assertThat(outcome(ALICE, Assets.issueAsset(SILVER, 1))).isEqualTo("NOT_ISSUER");
    assertThat(outcome(BOB, Assets.issueAsset(SILVER, 20))).isEqualTo("OK");
    assertThat(Assets.supply(ledger.reader().state(), SILVER)).isEqualTo(120);
    assertThat(Assets.sumOfBalances(ledger.reader().state(), SILVER)).isEqualTo(120);
  }

  @Test
  void neverLetsASupplyOverflow() {
    assertThat(outcome(BOB, Assets.issueAsset(SILVER, Long.MAX_VALUE - 1))).isEqualTo("OK");
    assertThat(outcome(BOB, Assets.issueAsset(SILVER, 2))).isEqualTo("AMOUNT_OVERFLOW");
    assertThat(outcome(BOB, Assets.issueAsset(SILVER, 1))).isEqualTo("OK");
    assertThat(outcome(BOB, Assets.transfer(SILVER, ALICE, Long.MAX_VALUE))).isEqualTo("OK");
    assertThat(Assets.sumOfBalances(ledger.reader().state(), SILVER)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void refusesTransfersThatCannotBe() {
    assertThat(outcome(ALICE, Assets.transfer(GOLD, BOB, 1_001))).isEqualTo("INSUFFICIENT_BALANCE");
    assertThat(outcome(CAROL, Assets.transfer(GOLD, BOB, 1))).isEqualTo("INSUFFICIENT_BALANCE");
    assertThat(outcome(ALICE, Assets.transfer(GOLD, BOB, 0))).isEqualTo("INVALID_AMOUNT");
    assertThat(outcome(ALICE, Assets.issueAsset(GOLD, 0))).isEqualTo("INVALID_AMOUNT");
    assertThat(outcome(ALICE, Assets.transfer(SILVER, BOB, 1))).isEqualTo("UNKNOWN_ASSET");
    assertThat(outcome(ALICE, Assets.transfer(GOLD, DAVE, 1))).isEqualTo("UNKNOWN_ACCOUNT");
    assertThat(ledger.balance(ALICE)).isEqualTo(1_000);
  }

  @Test
  void changesNothingWhenAnAccountPaysItself() {
    assertThat(outcome(ALICE, Assets.transfer(GOLD, ALICE, 1_000))).isEqualTo("OK");
    assertThat(ledger.balance(ALICE)).isEqualTo(1_000);
  }

  @Test
  void refusesPayloadsThatAreNotCanonical() {
    var good = Assets.transfer(GOLD, BOB, 1);
    Stream.of(
            Bytes.EMPTY,
            Bytes.fromHex("00"),
            Bytes.fromHex("0b" + good.slice(1, good.length()).hex()),
            Bytes.fromHex(good.hex() + "00"),
            good.slice(0, good.length() - 1),
            Bytes.fromHex(good.hex().replace("676f6c64", "474f4c44")))
        .forEach(payload -> assertThat(outcome(ALICE, payload)).isEqualTo("MALFORMED_PAYLOAD"));
  }

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#few")
  void answersEveryPayloadWithAnOutcomeAndConservesTheSupply(long seed) {
    var random = Seeds.random(seed);
    for (int i = 0; i < 200; i++) {
      var payload = Assets.transfer(GOLD, BOB, random.nextInt(2_000)).toByteArray();
      payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
      assertThat(outcome(ALICE, Bytes.owning(payload))).isNotEqualTo("APPLICATION_FAILED");
    }
    var state = ledger.reader().state();
    assertThat(Assets.sumOfBalances(state, GOLD)).isEqualTo(Assets.supply(state, GOLD));
  }

  @Test
  void answersQueriesByPath() {
    var state = ledger.reader().state();
    var assets = new Assets();

    assertThat(assets.query("account/alice", state)).contains(TestKeys.key("alice").value());
    assertThat(Assets.amountOf(assets.query("balance/gold/bob", state))).isEqualTo(500);
    assertThat(assets.query("balance/gold/nobody", state)).isEmpty();
    assertThat(assets.query("\u00e9", state)).isEmpty();
    assertThat(assets.query("", state)).isEmpty();
  }

  @Test
  void readsTheGenesisStateAsItWasWritten() throws Malformed {
    var genesis = new AssetsGenesis(List.of(account("a"), account("b")), List.of(issue("a", 5)));

    assertThat(AssetsGenesis.decode(genesis.encoded())).isEqualTo(genesis);
    var governed =
        new AssetsGenesis(
            genesis.accounts(), genesis.issues(), new Operators(List.of(new AccountId("a")), 1));
    assertThat(AssetsGenesis.decode(governed.encoded())).isEqualTo(governed);
    var sharded =
        new AssetsGenesis(
            genesis.accounts(),
            genesis.issues(),
            Operators.NONE,
            Optional.of(new Shard(new HomeRule.ByHash(3), 2)));
    assertThat(AssetsGenesis.decode(sharded.encoded())).isEqualTo(sharded);
  }

  @Test
  void hasNoEncodingOfNoOperators() {
    var alone = new AssetsGenesis(List.of(account("a")), List.of());
    var none = WireWriter.encode(Operators.NONE::writeTo);
    assertThatThrownBy(
            () -> AssetsGenesis.decode(Bytes.fromHex(alone.encoded().hex() + none.hex())))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void namesVouchersByThePathThatTheyCame() {
    var voucher = new AssetId("to-b:x.1:gold");
    assertThat(voucher.isVoucher()).isTrue();
    assertThat(voucher.channel()).contains(new ChannelId("to-b"));
    assertThat(voucher.atOtherEnd()).isEqualTo(new AssetId("x.1:gold"));
    assertThat(GOLD.isVoucher()).isFalse();
    assertThat(GOLD.channel()).isEmpty();
    assertThat(AssetId.voucher(new ChannelId("to-b"), new AssetId("x.1:gold"))).contains(voucher);
    assertThat(AssetId.voucher(new ChannelId("e"), new AssetId("a:b:c:d:gold"))).isEmpty();
    var longest = ("c".repeat(32) + ":").repeat(4) + "a".repeat(32);
    assertThat(new AssetId(longest).name()).hasSize(AssetId.LENGTH_MAX);
    Stream.of(
            "",
            ":",
            ":gold",
            "b:",
            "b::gold",
            "b:-x",
            "B:gold",
            "a:b:c:d:e:gold",
            "b/gold",
            "a".repeat(33),
            "c".repeat(33) + ":gold")
        .forEach(
            name ->
                assertThatThrownBy(() -> new AssetId(name))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void startsNoLedgerFromAGenesisStateThatContradictsItself() {
    Stream.of(
            new AssetsGenesis(List.of(account("a"), account("a")), List.of()),
            new AssetsGenesis(List.of(account("a")), List.of(issue("b", 5))),
            new AssetsGenesis(List.of(account("a")), List.of(issue("a", 0))),
            new AssetsGenesis(
                List.of(account("a")),
                List.of(
                    new AssetsGenesis.Issue(
                        new AssetId("to-b:gold"), new AccountId("a"), List.of()))),
            new AssetsGenesis(
                List.of(account("a")),
                List.of(),
                new Operators(List.of(new AccountId("stranger")), 1)),
            new AssetsGenesis(List.of(account("a")), List.of(issue("a", 1), issue("a", 1))),
            new AssetsGenesis(
                List.of(account("a"), account("b")), List.of(issue("a", Long.MAX_VALUE, 1))))
        .map(AssetsGenesis::encoded)
        .forEach(AssetsTest::assertRefused);
    assertRefused(Bytes.fromHex("ff"));
  }

  private static void assertRefused(Bytes state) {
    var genesis = TestLedger.genesis(LedgerParameters.DEFAULT, Assets.NAME, state);
    assertThatThrownBy(() -> new TestLedger(genesis, new Assets(), new InMemoryLedgerStore()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AssetsGenesis.Account account(String name) {
    return new AssetsGenesis.Account(
        new AccountId(name), new PublicKey(TestKeys.key(name).value()));
  }

  private static AssetsGenesis.Issue issue(String holder, long... amounts) {
    var holders = List.of(holder, "b");
    var balances =
        java.util.stream.IntStream.range(0, amounts.length)
            .mapToObj(i -> new AssetsGenesis.Balance(new AccountId(holders.get(i)), amounts[i]))
            .toList();
    return new AssetsGenesis.Issue(GOLD, new AccountId("a"), balances);
  }

  private String outcome(AccountId sender, Bytes payload) {
    int number = ++salt;
    var body = ledger.body(sender, payload, number, START + 60_000);
    return TestLedger.texts(ledger.run(START + number, TestLedger.sign(body))).getFirst();
  }
}
