package dev.sampo.cluster.demo;

import dev.sampo.core.genesis.LedgerName;
import java.util.List;
import java.util.SortedMap;

/** What happens to the nodes of a demo while transfers go on. */
public sealed interface DemoEvent {

  /** The node that it is about. */
  String node();

  String text();

  /** {@code node} is to host the ledger, in the place of another node of its validator. */
  record Move(LedgerName ledger, String node) implements DemoEvent {
    @Override
    public String text() {
      return "move of " + ledger + " to " + node;
    }
  }

  /** The process of the node ends at once, as with a loss of power. */
  record Kill(String node) implements DemoEvent {
    @Override
    public String text() {
      return "death of " + node;
    }
  }

  /** The ledgers that it takes from a node; {@code hosted}: by the names of the nodes. */
  default List<LedgerName> ledgers(SortedMap<String, List<LedgerName>> hosted) {
    return switch (this) {
      case Move(var ledger, var to) -> List.of(ledger);
      case Kill(var killed) -> hosted.getOrDefault(killed, List.of());
    };
  }
}
