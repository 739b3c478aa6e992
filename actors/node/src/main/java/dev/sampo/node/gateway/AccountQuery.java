package dev.sampo.node.gateway;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.transaction.AccountId;
import java.util.List;

/**
 * Which account is asked for.
 *
 * @param assets whose balances are wanted, at most {@link #ASSETS_MAX}; empty: all that the account
 *     has a balance of, the first {@link #ASSETS_MAX} of them
 * @param withProof whether each entry is to come with its state proof
 */
public record AccountQuery(AccountId id, List<AssetId> assets, boolean withProof) {

  public static final int ASSETS_MAX = 16;

  public AccountQuery {
    assets = List.copyOf(assets);
    if (assets.size() > ASSETS_MAX) {
      throw new IllegalArgumentException("at most " + ASSETS_MAX + " assets");
    }
  }
}
