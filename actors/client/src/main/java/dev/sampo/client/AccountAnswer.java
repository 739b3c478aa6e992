package dev.sampo.client;

import dev.sampo.client.v1.Account;
import dev.sampo.core.assets.AccountRecord;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.wire.Malformed;
import java.util.List;
import java.util.Optional;

/** Reads what a node claims about an account. */
final class AccountAnswer {

  private final LedgerId ledger;

  private AccountAnswer(LedgerId ledger) {
    this.ledger = ledger;
  }

  /** Of a node that was asked about {@code ledger}. */
  static AccountAnswer of(LedgerId ledger) {
    return new AccountAnswer(ledger);
  }

  /**
   * The claim, if it is about what was asked; otherwise throws {@link IllegalArgumentException}.
   *
   * @param assets those asked for; empty if any are welcome
   */
  AccountReading read(AccountId asked, List<AssetId> assets, Account answer) {
    if (!Answers.bytes(answer.getLedgerId()).equals(ledger.value())) {
      throw new IllegalArgumentException("it is about an account of another ledger");
    }
    var id = new AccountId(answer.getName());
    var balances =
        answer.getBalancesList().stream()
            .map(each -> new AccountReading.Balance(new AssetId(each.getAsset()), each.getAmount()))
            .toList();
    var named = balances.stream().map(AccountReading.Balance::asset).toList();
    if (!id.equals(asked) || !assets.isEmpty() && !named.equals(assets)) {
      throw new IllegalArgumentException("it is about another account or other assets");
    }
    if (balances.stream().anyMatch(balance -> balance.amount() < 0)) {
      throw new IllegalArgumentException("a balance is negative");
    }
    var record = record(answer);
    return new AccountReading(
        id,
        record,
        balances,
        Height.of(answer.getHeight()),
        LedgerTime.ofMillis(answer.getBlockTimeMs()),
        false);
  }

  /** An account that never moves is its key. */
  private static Optional<AccountRecord> record(Account answer) {
    var entry = answer.getEntry().isEmpty() ? answer.getPublicKey() : answer.getEntry();
    if (!answer.getExists()) {
      if (!entry.isEmpty()) {
        throw new IllegalArgumentException("an account that does not exist has a key");
      }
      return Optional.empty();
    }
    try {
      var record = AccountRecord.decode(Answers.bytes(entry));
      if (!record.key().value().equals(Answers.bytes(answer.getPublicKey()))) {
        throw new IllegalArgumentException("an account has another key than its entry");
      }
      return Optional.of(record);
    } catch (Malformed malformed) {
      throw new IllegalArgumentException("the entry of an account is malformed", malformed);
    }
  }
}
