package dev.sampo.node.gateway;

import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.LedgerId;

/**
 * A ledger that a node hosts, in short.
 *
 * @param name what this node calls it; no two ledgers of a node have the same
 * @param engine as its genesis names it
 * @param application as its genesis names it
 * @param validators how many it has
 * @param isDefault whether it is the node's first one, which requests that name none are about
 */
public record LedgerSummary(
    LedgerName name,
    LedgerId id,
    String engine,
    String application,
    int validators,
    boolean isDefault) {

  public static LedgerSummary of(LedgerName name, Genesis genesis, boolean isDefault) {
    return new LedgerSummary(
        name,
        genesis.ledgerId(),
        genesis.engine(),
        genesis.application(),
        genesis.validators().size(),
        isDefault);
  }
}
