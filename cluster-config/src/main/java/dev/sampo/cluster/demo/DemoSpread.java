package dev.sampo.cluster.demo;

import dev.sampo.cluster.config.NamedDirectory;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.assets.HomeRule;
import dev.sampo.core.assets.Shard;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.Malformed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whether the people of a demo are spread over its ledgers, as the genesis of the first says. */
final class DemoSpread {

  /** Everybody has an account on each ledger, and who moves has the home on the first one. */
  static final HomeRule NONE = new HomeRule.ByPrefix(List.of(new HomeRule.Prefix("", 0)));

  private DemoSpread() {}

  /** Each of the people has one account, on one of so many ledgers. */
  static HomeRule over(int ledgers) {
    return new HomeRule.ByHash(ledgers);
  }

  /** What part of the demo's application a ledger is; nothing in an older demo. */
  static Optional<Shard> shard(Genesis genesis) {
    try {
      return AssetsGenesis.decode(genesis.applicationState()).shard();
    } catch (Malformed impossible) {
      throw new IllegalStateException("the demo has made it", impossible);
    }
  }

  /** Over how many ledgers the people are spread; nothing if they are not. */
  static Optional<Integer> count(Genesis first) {
    return shard(first).map(Shard::rule).flatMap(DemoSpread::count);
  }

  private static Optional<Integer> count(HomeRule rule) {
    return switch (rule) {
      case HomeRule.ByHash(int ledgers) -> Optional.of(ledgers);
      case HomeRule.ByPrefix _ -> Optional.empty();
    };
  }

  /** Where the people are, if they are spread and all of their ledgers are there. */
  static Optional<NamedDirectory> directory(SortedMap<LedgerName, Genesis> ledgers) {
    var parts = new TreeMap<Integer, Map.Entry<LedgerName, LedgerId>>();
    HomeRule rule = NONE;
    for (var ledger : ledgers.entrySet()) {
      var shard = shard(ledger.getValue());
      if (shard.isPresent()) {
        rule = shard.get().rule();
        parts.put(shard.get().self(), Map.entry(ledger.getKey(), ledger.getValue().ledgerId()));
      }
    }
    var named = new LinkedHashMap<LedgerName, LedgerId>();
    int count = count(rule).orElse(0);
    parts.headMap(count).values().forEach(each -> named.put(each.getKey(), each.getValue()));
    return count > 0 && named.size() == count
        ? Optional.of(new NamedDirectory(rule, named))
        : Optional.empty();
  }
}
