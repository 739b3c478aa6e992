package dev.sampo.node.gateway;

import dev.sampo.core.genesis.LedgerCharter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The ledgers of a node, as the gateway reaches them. Thread-safe. {@link #find} and {@link #list}
 * are asked with each request, so that they answer at once and never throw.
 */
public interface HostedLedgers {

  /**
   * The ledger of this name, or with this id in 64 lower-case hexadecimal digits. The empty text
   * means the node's first ledger.
   */
  Optional<HostedLedger> find(String ledger);

  /**
   * All of them in the order of their names, those included that are only starting; each is found
   * as long as it is listed.
   */
  List<HostedLedger> list();

  /** Whether there are none and never will be: what the node lists is then what it forwards to. */
  default boolean isForwardingOnly() {
    return false;
  }

  /** How this node shares them with the other nodes of its validator; nothing if it has none. */
  default Optional<SharedPlacement> placement() {
    return Optional.empty();
  }

  /**
   * Makes the node host a ledger whose charter binds: the gateway has verified that every validator
   * of its genesis has consented, and that there is an engine for it. What is left to decide is
   * whether this node's validator is one of them, whether the node knows the application and has
   * room, and whether the name is free; two charters at once may meet here. The stage never fails
   * because of the charter, and completes on any thread, which must not be kept.
   */
  CompletionStage<HostOutcome> host(LedgerCharter charter);
}
