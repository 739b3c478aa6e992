package dev.sampo.core.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What should be on two ledgers by the packets that were sent and the events that were seen, kept
 * apart from what is in their state.
 */
final class Books {

  /** What a packet carries, read without the help of the code under test. */
  private record Carried(String asset, long amount, String from, String to) {}

  private final TwoLedgers ledgers;
  private final List<String> received = new ArrayList<>();
  private final List<String> refunded = new ArrayList<>();

  Books(TwoLedgers ledgers) {
    this.ledgers = ledgers;
  }

  /** Exactly once: no packet is received twice, refunded twice, or both. */
  void note(Side side) {
    for (var event : side.lastEvents()) {
      var name = event.attribute("source") + "/" + event.attribute("sequence");
      var code = event.attribute("code");
      switch (event.type()) {
        case "packet_received" -> {
          if (code.equals("OK")) {
            received.add(name);
          }
        }
        case "packet_timed_out" -> refunded.add(name);
        case "packet_acknowledged" -> {
          if (!code.equals("OK")) {
            refunded.add(name);
          }
        }
        default -> {}
      }
    }
    assertThat(received).doesNotHaveDuplicates();
    assertThat(refunded).doesNotHaveDuplicates().noneMatch(received::contains);
  }

  private boolean isReceived(Packet packet) {
    return received.contains(nameOf(packet));
  }

  private boolean isRefunded(Packet packet) {
    return refunded.contains(nameOf(packet));
  }

  private static String nameOf(Packet packet) {
    return packet.source().ledger().hex() + "/" + packet.sequence();
  }

  /** Every balance is what it was at first, less what was sent, and more what came or came back. */
  void check(List<Packet> sent) {
    var expected = new TreeMap<String, Long>();
    add(expected, ledgers.a, "gold", "alice", 1_000);
    add(expected, ledgers.a, "gold", "bob", 500);
    add(expected, ledgers.b, "salt", "alice", 1_000);
    add(expected, ledgers.b, "salt", "bob", 500);
    for (var packet : sent) {
      var source = packet.source().ledger().equals(ledgers.a.id()) ? ledgers.a : ledgers.b;
      var destination = source == ledgers.a ? ledgers.b : ledgers.a;
      var carried = carried(packet);
      add(expected, source, carried.asset, carried.from, -carried.amount);
      if (isReceived(packet)) {
        add(expected, destination, arrived(packet, carried.asset), carried.to, carried.amount);
      }
      if (isRefunded(packet)) {
        add(expected, source, carried.asset, carried.from, carried.amount);
      }
    }
    expected.forEach((name, amount) -> assertThat(balance(name)).as(name).isEqualTo(amount));
    checkEscrow(sent, ledgers.a, ledgers.b, TwoLedgers.GOLD);
    checkEscrow(sent, ledgers.b, ledgers.a, TwoLedgers.SALT);
    ledgers.assertConserved();
  }

  /** T5: what is in escrow is what the vouchers are, with what is on its way there or back. */
  private void checkEscrow(List<Packet> sent, Side home, Side abroad, AssetId asset) {
    var there = home == ledgers.a ? TwoLedgers.GOLD_ON_B : TwoLedgers.SALT_ON_A;
    var channel = home == ledgers.a ? TwoLedgers.TO_B : TwoLedgers.TO_A;
    long onItsWay = 0;
    for (var packet : sent) {
      var carried = carried(packet);
      boolean isOf = carried.asset.equals(asset.name()) || carried.asset.equals(there.name());
      if (isOf && !isReceived(packet) && !isRefunded(packet)) {
        onItsWay += carried.amount;
      }
    }
    assertThat(home.escrow(asset, channel))
        .as("escrow of %s", asset)
        .isEqualTo(Assets.supply(abroad.state(), there) + onItsWay);
  }

  private static String arrived(Packet packet, String asset) {
    var home = packet.source().channel() + ":";
    return asset.startsWith(home)
        ? asset.substring(home.length())
        : packet.destination().channel() + ":" + asset;
  }

  private void add(Map<String, Long> to, Side side, String asset, String account, long amount) {
    to.merge((side == ledgers.a ? "a" : "b") + " " + asset + " " + account, amount, Long::sum);
  }

  private long balance(String name) {
    var words = name.split(" ", -1);
    var side = words[0].equals("a") ? ledgers.a : ledgers.b;
    return side.balance(new AssetId(words[1]), new AccountId(words[2]));
  }

  private static Carried carried(Packet packet) {
    try {
      return WireReader.decode(
          packet.content(),
          in -> {
            var asset = in.text(200);
            long amount = in.u64();
            return new Carried(asset, amount, in.text(64), in.text(64));
          });
    } catch (Malformed impossible) {
      throw new AssertionError(impossible);
    }
  }
}
