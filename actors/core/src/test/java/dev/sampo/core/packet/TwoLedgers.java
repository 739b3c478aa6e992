package dev.sampo.core.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.HomeRule;
import dev.sampo.core.assets.Shard;
import dev.sampo.core.execution.TestLedger;
import dev.sampo.core.transaction.AccountId;
import java.util.List;

/** Two ledgers of assets, each with a client of the other, and a channel between them. */
final class TwoLedgers {

  static final AssetId GOLD = new AssetId("gold");
  static final AssetId SALT = new AssetId("salt");
  static final ChannelId TO_B = new ChannelId("to-b");
  static final ChannelId TO_A = new ChannelId("to-a");
  static final long DAY = 24L * 60 * 60 * 1_000;
  static final long MINUTE = 60_000;

  /** What gold of A is called on B, and salt of B on A. */
  static final AssetId GOLD_ON_B = new AssetId("to-a:gold");

  static final AssetId SALT_ON_A = new AssetId("to-b:salt");

  static final ChannelLimits LIMITS = new ChannelLimits(10_000, 7 * DAY, MINUTE, 1_000, 1_000_000);

  final Side a;
  final Side b;

  /** Not connected. */
  TwoLedgers() {
    this(Side.ofAssets("0a", GOLD), Side.ofAssets("0b", SALT));
  }

  private TwoLedgers(Side a, Side b) {
    this.a = a;
    this.b = b;
  }

  /** Connected; accounts whose names begin with b have their home on B, all others on A. */
  static TwoLedgers sharded() {
    var rule =
        new HomeRule.ByPrefix(List.of(new HomeRule.Prefix("", 0), new HomeRule.Prefix("b", 1)));
    var ledgers =
        new TwoLedgers(
            Side.ofShard("0a", GOLD, new Shard(rule, 0)),
            Side.ofShard("0b", SALT, new Shard(rule, 1)));
    ledgers.connect(LIMITS);
    return ledgers;
  }

  /** Connected. */
  static TwoLedgers connected() {
    return connected(LIMITS);
  }

  static TwoLedgers connected(ChannelLimits limits) {
    var ledgers = new TwoLedgers();
    ledgers.connect(limits);
    return ledgers;
  }

  private void connect(ChannelLimits limits) {
    follow(a, b);
    follow(b, a);
    open(limits, TO_B, TO_A);
  }

  static void follow(Side side, Side peer) {
    assertThat(side.decide(new Action.ConnectClient(peer.id(), TestLedger.validators(), DAY)))
        .isEqualTo("OK");
    peer.pass(1_000);
    assertThat(side.submit(peer.update())).isEqualTo("OK");
  }

  void open(ChannelLimits limits, ChannelId onA, ChannelId onB) {
    assertThat(a.decide(new Action.OpenChannel(onA, b.id(), onB, limits))).isEqualTo("OK");
    assertThat(b.decide(new Action.OpenChannel(onB, a.id(), onA, limits))).isEqualTo("OK");
  }

  /** Sends and gives the packet; it times out a minute after the newest time of either ledger. */
  Packet send(Side from, AccountId sender, AssetId asset, AccountId to, long amount) {
    var channel = from == a ? TO_B : TO_A;
    var timeout = (from == a ? b : a).in(MINUTE);
    assertThat(from.submit(sender, Assets.sendAcross(channel, asset, to, amount, timeout)))
        .isEqualTo("OK");
    return from.lastSent(channel);
  }

  /** Moves an account by the channel to the other ledger, and gives the packet. */
  Packet move(Side from, AccountId account) {
    var channel = from == a ? TO_B : TO_A;
    var timeout = (from == a ? b : a).in(MINUTE);
    assertThat(from.submit(account, Assets.moveAccount(channel, timeout))).isEqualTo("OK");
    return from.lastSent(channel);
  }

  private Side source(Packet packet) {
    return packet.source().ledger().equals(a.id()) ? a : b;
  }

  private Side destination(Packet packet) {
    return packet.destination().ledger().equals(a.id()) ? a : b;
  }

  /** Relays a packet with a fresh anchor, and gives the code of its receipt. */
  String receive(Packet packet) {
    var operation = source(packet).receive(packet);
    assertThat(destination(packet).submit(source(packet).update())).isEqualTo("OK");
    return destination(packet).submit(operation);
  }

  String acknowledge(Packet packet) {
    var operation = destination(packet).acknowledge(packet);
    assertThat(source(packet).submit(destination(packet).update())).isEqualTo("OK");
    return source(packet).submit(operation);
  }

  String timeOut(Packet packet) {
    var operation = destination(packet).timeOut(packet);
    assertThat(source(packet).submit(destination(packet).update())).isEqualTo("OK");
    return source(packet).submit(operation);
  }

  /** T5: nothing is made or lost, on either ledger or between them. */
  void assertConserved() {
    for (var side : new Side[] {a, b}) {
      for (var asset : Assets.assets(side.state(), 100)) {
        assertThat(Assets.sumOfBalances(side.state(), asset))
            .as("sum of %s", asset)
            .isEqualTo(Assets.supply(side.state(), asset));
      }
    }
    assertThat(Assets.supply(a.state(), GOLD)).isEqualTo(1_500);
    assertThat(Assets.supply(b.state(), SALT)).isEqualTo(1_500);
  }
}
