package dev.sampo.node.gateway;

import dev.sampo.core.assets.AccountRecord;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.light.StateProof;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import java.util.List;
import java.util.Optional;

/**
 * An account in the committed state at {@code height}. With a proof asked for, that is the newest
 * certified height; without, the newest executed one.
 *
 * @param record what the ledger holds of it; absent if it has never had such an account
 * @param balances of the assets that were asked for, by asset
 * @param proofs if asked for: the account's entry first, then one for each balance, in order; empty
 *     if nothing is certified yet
 */
public record AccountView(
    AccountId id,
    Height height,
    LedgerTime blockTime,
    Optional<AccountRecord> record,
    List<Balance> balances,
    List<StateProof> proofs) {

  /** How much of an asset the account holds, in the asset's smallest unit. */
  public record Balance(AssetId asset, long amount) {}

  public AccountView {
    balances = List.copyOf(balances);
    proofs = List.copyOf(proofs);
  }
}
