package dev.sampo.node.gateway;

import java.util.List;

/**
 * What a node knows of the replicas of its trust domain, its own included. Thread-safe; asked with
 * each request, so that all of it answers at once. A ledger is named as in {@link
 * HostedLedgers#find}.
 */
public interface Replicas {

  /** Of a node that forwards nothing. */
  Replicas NONE =
      new Replicas() {
        @Override
        public List<RemoteReplica> of(String ledger) {
          return List.of();
        }

        @Override
        public boolean isOwnInSync(String ledger) {
          return true;
        }

        @Override
        public boolean isKnown(String ledger) {
          return false;
        }

        @Override
        public List<LedgerSummary> ledgers() {
          return List.of();
        }
      };

  /** Those on other nodes, the best to ask first: in sync, then near. */
  List<RemoteReplica> of(String ledger);

  /** Whether the node's own replica can serve; true as long as nothing else is known. */
  boolean isOwnInSync(String ledger);

  /** Whether any node has ever said that it hosts the ledger. */
  boolean isKnown(String ledger);

  /** All that a node hosts now, each once, in the order of their names. */
  List<LedgerSummary> ledgers();
}
