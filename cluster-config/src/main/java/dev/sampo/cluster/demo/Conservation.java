package dev.sampo.cluster.demo;

import dev.sampo.client.SampoClient;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.wire.Malformed;
import dev.sampo.node.ledger.LedgerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Whether what a demo's ledgers started with is still there: in the accounts of the ledger, or as
 * vouchers for what is in its escrow in those of another.
 */
final class Conservation {

  private static final Duration POLL = Duration.ofMillis(500);

  /** As many as one question may name. */
  private static final int ASSETS_ASKED = 16;

  /**
   * What was found.
   *
   * @param conserved for each ledger, in the order of their names
   * @param vouchers all that accounts hold of what is in escrow elsewhere
   */
  record Found(List<Boolean> conserved, long vouchers) {

    boolean isGood() {
      return conserved.stream().allMatch(each -> each);
    }
  }

  private final List<LedgerName> names;
  private final List<AssetsGenesis> starts;
  private final List<SampoClient> clients;

  /** {@code clients}: one for each ledger, in the order of their names. */
  Conservation(SortedMap<LedgerName, Genesis> ledgers, List<SampoClient> clients) {
    this.names = List.copyOf(ledgers.keySet());
    this.starts = ledgers.values().stream().map(Conservation::holdingsOf).toList();
    this.clients = List.copyOf(clients);
  }

  /** Looks until nothing is missing any more: what is under way between ledgers arrives. */
  Found await(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    var found = look();
    while (!found.isGood() && System.nanoTime() - deadline < 0) {
      Thread.sleep(POLL);
      found = look();
    }
    return found;
  }

  /** Accounts are read one after the other, so that it holds only when nothing moves. */
  Found look() {
    var held = new ArrayList<Map<AssetId, Long>>();
    for (int at = 0; at < names.size(); at++) {
      held.add(held(at));
    }
    return found(names, starts.stream().map(Conservation::issued).toList(), held);
  }

  /**
   * What follows from what is held of each asset on each ledger, and how many coins each issued at
   * its start; all lists in the order of the names.
   */
  static Found found(List<LedgerName> names, List<Long> issued, List<Map<AssetId, Long>> held) {
    var conserved = new ArrayList<Boolean>();
    long vouchers = 0;
    for (int home = 0; home < names.size(); home++) {
      var voucher = voucherFrom(names.get(home));
      long abroad = 0;
      for (int at = 0; at < names.size(); at++) {
        abroad += at == home ? 0 : held.get(at).getOrDefault(voucher, 0L);
      }
      vouchers += abroad;
      long here = held.get(home).getOrDefault(DemoAccounts.COIN, 0L);
      conserved.add(here + abroad == issued.get(home));
    }
    return new Found(conserved, vouchers);
  }

  private static long issued(AssetsGenesis start) {
    return start.issues().stream()
        .filter(issue -> issue.asset().equals(DemoAccounts.COIN))
        .flatMap(issue -> issue.balances().stream())
        .mapToLong(AssetsGenesis.Balance::amount)
        .sum();
  }

  /** What a coin of the ledger is called elsewhere: the channels there have its name. */
  private static AssetId voucherFrom(LedgerName home) {
    return AssetId.voucher(new ChannelId(home.text()), DemoAccounts.COIN).orElseThrow();
  }

  private Map<AssetId, Long> held(int at) {
    var assets = assetsAt(at);
    var sums = new HashMap<AssetId, Long>();
    for (var account : starts.get(at).accounts()) {
      for (int from = 0; from < assets.size(); from += ASSETS_ASKED) {
        var asked = assets.subList(from, Math.min(from + ASSETS_ASKED, assets.size()));
        var reading = clients.get(at).account(account.id(), asked);
        asked.forEach(asset -> sums.merge(asset, reading.balanceOf(asset).orElse(0L), Long::sum));
      }
    }
    return sums;
  }

  /** Ledgers other than the first one have a channel to that one only. */
  private List<AssetId> assetsAt(int at) {
    var assets = new ArrayList<AssetId>();
    assets.add(DemoAccounts.COIN);
    for (int home = 0; home < names.size(); home++) {
      boolean isLinked = isFirst(at) != isFirst(home);
      if (isLinked) {
        assets.add(voucherFrom(names.get(home)));
      }
    }
    return assets;
  }

  private boolean isFirst(int ledger) {
    return names.get(ledger).equals(LedgerSettings.FIRST_NAME);
  }

  private static AssetsGenesis holdingsOf(Genesis genesis) {
    try {
      return AssetsGenesis.decode(genesis.applicationState());
    } catch (Malformed damaged) {
      throw new IllegalStateException("the genesis of a demo is damaged", damaged);
    }
  }
}
