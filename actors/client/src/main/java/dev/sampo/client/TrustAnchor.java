package dev.sampo.client;

import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.LedgerId;

/** What a client knows of a ledger by other means than its nodes; all trust comes from it. */
public sealed interface TrustAnchor {

  LedgerId ledger();

  /** The genesis document is fetched from a node and must hash to this id. */
  record Pinned(LedgerId ledger) implements TrustAnchor {}

  /** The genesis document itself. */
  record Document(Genesis genesis) implements TrustAnchor {
    @Override
    public LedgerId ledger() {
      return genesis.ledgerId();
    }
  }
}
