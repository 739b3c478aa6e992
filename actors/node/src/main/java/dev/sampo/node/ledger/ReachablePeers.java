package dev.sampo.node.ledger;

import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which validators votes reach: one of a single node on any ledger, others ledger by ledger. */
final class ReachablePeers {

  private final SortedSet<ValidatorIndex> everywhere = new TreeSet<>();
  private final SortedMap<LedgerId, Set<ValidatorIndex>> byLedger = new TreeMap<>();

  void up(ValidatorIndex peer) {
    everywhere.add(peer);
  }

  void down(ValidatorIndex peer) {
    everywhere.remove(peer);
  }

  void up(ValidatorIndex peer, LedgerId ledger) {
    byLedger.computeIfAbsent(ledger, first -> new TreeSet<>()).add(peer);
  }

  void down(ValidatorIndex peer, LedgerId ledger) {
    var peers = byLedger.getOrDefault(ledger, new TreeSet<>());
    peers.remove(peer);
    if (peers.isEmpty()) {
      byLedger.remove(ledger);
    }
  }

  /** Those that votes on the ledger reach. */
  SortedSet<ValidatorIndex> of(LedgerId ledger) {
    var peers = new TreeSet<>(everywhere);
    peers.addAll(byLedger.getOrDefault(ledger, Set.of()));
    return peers;
  }
}
