package dev.sampo.simulation.crossledger;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What should be on a ledger by the packets that were sent, received and refunded there (T5), and
 * what is there: kept apart, so that either shows a mistake of the other. Names of vouchers are
 * computed here, not by the code under test.
 */
final class Holdings {

  private static final int ASSETS_MAX = 1_000;

  private final Map<String, Long> expected = new TreeMap<>();
  private final Map<String, Long> found = new TreeMap<>();

  /** Users and movers hold the ledger's own asset. */
  Holdings(int ledger) {
    var coin = Accounts.coin(ledger);
    for (var user : Accounts.holders(ledger)) {
      add(balance(coin.name(), user), Accounts.HELD_AT_FIRST);
      add(supply(coin.name()), Accounts.HELD_AT_FIRST);
    }
    found.putAll(expected);
  }

  private static String balance(String asset, AccountId account) {
    return "balance/" + asset + "/" + account;
  }

  private static String supply(String asset) {
    return "asset/" + asset;
  }

  private static String escrow(String asset, ChannelId channel) {
    return "escrow/" + asset + "/" + channel;
  }

  /** What {@code asset} is called when it is issued for what came through {@code channel}. */
  static String voucher(ChannelId channel, String asset) {
    return channel + ":" + asset;
  }

  private void add(String name, long amount) {
    expected.merge(name, amount, Long::sum);
  }

  void send(Course course) {
    leave(course, -1);
  }

  void refund(Course course) {
    leave(course, 1);
  }

  /** Within the ledger. */
  void transfer(String asset, AccountId from, AccountId to, long amount) {
    add(balance(asset, from), -amount);
    add(balance(asset, to), amount);
  }

  /** What an account should hold, by asset; nothing of what it holds nothing of. */
  SortedMap<String, Long> heldBy(AccountId account) {
    var held = new TreeMap<String, Long>();
    var end = "/" + account;
    expected.forEach(
        (name, amount) -> {
          if (name.startsWith("balance/") && name.endsWith(end) && amount > 0) {
            held.put(name.substring("balance/".length(), name.length() - end.length()), amount);
          }
        });
    return held;
  }

  private void leave(Course course, int sign) {
    course.loads().forEach(load -> leave(course, load, sign));
  }

  private void leave(Course course, Course.Load load, int sign) {
    var channel = course.way().from().channel();
    var asset = load.asset().name();
    long amount = sign * load.amount();
    add(balance(asset, load.from()), amount);
    if (asset.startsWith(channel + ":")) {
      add(supply(asset), amount);
    } else {
      add(escrow(asset, channel), -amount);
    }
  }

  void receive(Course course) {
    course.loads().forEach(load -> receive(course, load));
  }

  private void receive(Course course, Course.Load load) {
    var asset = load.asset().name();
    var home = course.way().from().channel() + ":";
    var channel = course.way().to().channel();
    if (asset.startsWith(home)) {
      var own = asset.substring(home.length());
      add(escrow(own, channel), -load.amount());
      add(balance(own, load.to()), load.amount());
    } else {
      var voucher = voucher(channel, asset);
      add(supply(voucher), load.amount());
      add(balance(voucher, load.to()), load.amount());
    }
  }

  /** What is wrong in the state, which is that after the last packet that was told of. */
  List<String> faults(StateReader state) {
    var faults = new ArrayList<String>();
    for (var asset : Assets.assets(state, ASSETS_MAX)) {
      long supply = Assets.supply(state, asset);
      long sum = Assets.sumOfBalances(state, asset);
      expected.putIfAbsent(supply(asset.name()), 0L);
      if (supply != sum) {
        faults.add("of " + asset + " there are " + supply + ", but held are " + sum);
      }
    }
    expected.forEach(
        (name, amount) -> {
          long there = amountAt(name, state);
          found.put(name, there);
          if (there != amount) {
            faults.add(name + " is " + there + " instead of " + amount);
          }
        });
    return faults;
  }

  private static long amountAt(String name, StateReader state) {
    return name.startsWith("asset/")
        ? Assets.supply(state, new AssetId(name.substring("asset/".length())))
        : Assets.amountOf(state.get(Bytes.ofAscii(name)));
  }

  /** What was seen in escrow for the other end of a channel, by asset. */
  Map<String, Long> escrows(ChannelId channel) {
    var escrows = new TreeMap<String, Long>();
    var end = "/" + channel;
    found.forEach(
        (name, amount) -> {
          if (name.startsWith("escrow/") && name.endsWith(end)) {
            escrows.put(name.substring("escrow/".length(), name.length() - end.length()), amount);
          }
        });
    return escrows;
  }

  /** The supply that was seen. */
  long supplyOf(String asset) {
    return found.getOrDefault(supply(asset), 0L);
  }
}
