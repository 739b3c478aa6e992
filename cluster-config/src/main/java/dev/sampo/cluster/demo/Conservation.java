package dev.sampo.cluster.demo;

import dev.sampo.client.SampoClient;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.wire.Malformed;
import java.util.List;

/** Whether the accounts of a demo's ledger hold together what they started with. */
final class Conservation {

  private Conservation() {}

  /** To be asked when nothing moves: accounts are read one after the other. */
  static boolean holds(SampoClient client, Genesis genesis) {
    var start = holdingsOf(genesis);
    return start.issues().stream().allMatch(issue -> holds(client, start, issue));
  }

  private static boolean holds(SampoClient client, AssetsGenesis start, AssetsGenesis.Issue issue) {
    long expected = issue.balances().stream().mapToLong(AssetsGenesis.Balance::amount).sum();
    long found = 0;
    for (var account : start.accounts()) {
      found +=
          client.account(account.id(), List.of(issue.asset())).balanceOf(issue.asset()).orElse(0L);
    }
    return found == expected;
  }

  private static AssetsGenesis holdingsOf(Genesis genesis) {
    try {
      return AssetsGenesis.decode(genesis.applicationState());
    } catch (Malformed damaged) {
      throw new IllegalStateException("the genesis of a demo is damaged", damaged);
    }
  }
}
