package dev.sampo.testkit.ledger;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import java.util.List;

/** The start of a ledger of assets: each account is open and holds {@value #COINS} coins. */
public final class CoinsForAll implements LedgerStart {

  public static final AssetId COIN = new AssetId("coin");
  public static final long COINS = 1_000;

  @Override
  public Bytes state(List<TestAccount> accounts) {
    return new AssetsGenesis(
            accounts.stream()
                .map(each -> new AssetsGenesis.Account(each.named(), each.signer().publicKey()))
                .toList(),
            List.of(
                new AssetsGenesis.Issue(
                    COIN,
                    accounts.getFirst().named(),
                    accounts.stream()
                        .map(each -> new AssetsGenesis.Balance(each.named(), COINS))
                        .toList())))
        .encoded();
  }

  @Override
  public AccountId sender(TestAccount account) {
    return account.named();
  }
}
