package dev.sampo.simulation.crossledger;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what became of packets, so that a swarm in which something never happens is noticed. */
final class Occasions {

  private static final List<String> ALL =
      List.of(
          "account arrived",
          "account left",
          "account moved on",
          "account sent back",
          "bundle executed",
          "bundle refused in part",
          "client frozen",
          "fork reported",
          "packet acknowledged",
          "packet received",
          "packet received again",
          "packet refused on arrival",
          "packet sent",
          "packet settled again",
          "packet timed out",
          "refused: CLIENT_FROZEN",
          "refused: INVALID_TIMEOUT",
          "refused: MISROUTED_PACKET",
          "refused: MOVED",
          "refused: NOT_PROVEN",
          "refused: PACKET_TIMED_OUT",
          "refused: PEER_PROOF_REFUSED",
          "refused: RATE_LIMITED",
          "refused: REFUND_PENDING",
          "refused: TIMEOUT_NOT_REACHED",
          "refused: UNKNOWN_ANCHOR",
          "refused: UNKNOWN_PACKET");

  private final TreeMap<String, Long> counts = new TreeMap<>();

  Occasions() {
    ALL.forEach(each -> counts.put(each, 0L));
  }

  void count(String occasion) {
    counts.merge(occasion, 1L, Long::sum);
  }

  /** Counted once in a run. */
  void happened(String occasion) {
    counts.put(occasion, 1L);
  }

  /** A transaction failed with this code. */
  void refused(String code) {
    count("refused: " + code);
  }

  SortedMap<String, Long> counts() {
    return new TreeMap<>(counts);
  }
}
