package dev.sampo.client;

import dev.sampo.core.assets.AccountRecord;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * An account as it was after the block at {@code height}.
 *
 * @param record what the ledger held of it; absent if it had never had such an account
 * @param proven every value was verified here against the validators' signatures; otherwise a node
 *     says so
 */
public record AccountReading(
    AccountId id,
    Optional<AccountRecord> record,
    List<Balance> balances,
    Height height,
    LedgerTime blockTime,
    boolean proven) {

  /** How much of an asset it held, in the asset's smallest unit. */
  public record Balance(AssetId asset, long amount) {}

  public AccountReading {
    balances = List.copyOf(balances);
  }

  AccountReading withProven(boolean verified) {
    return new AccountReading(id, record, balances, height, blockTime, verified);
  }

  /** Who may sign for it, or might when it left; absent if there was no such account. */
  public Optional<PublicKey> key() {
    return record.map(AccountRecord::key);
  }

  /** The amount of {@code asset}; nothing if it was neither asked for nor reported. */
  public Optional<Long> balanceOf(AssetId asset) {
    return balances.stream()
        .filter(balance -> balance.asset().equals(asset))
        .map(Balance::amount)
        .findFirst();
  }
}
