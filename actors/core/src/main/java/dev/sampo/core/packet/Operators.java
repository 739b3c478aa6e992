package dev.sampo.core.packet;

import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;

/**
 * The accounts that connect a ledger to others, and how many of them have to agree.
 *
 * @param accounts strictly ascending, at most {@link #COUNT_MAX}; none if the ledger stays alone
 * @param threshold 1 to their number; 0 if there are none
 */
public record Operators(List<AccountId> accounts, int threshold) {

  public static final int COUNT_MAX = 32;

  public static final Operators NONE = new Operators(List.of(), 0);

  public Operators {
    accounts = List.copyOf(accounts);
    for (int i = 1; i < accounts.size(); i++) {
      if (accounts.get(i - 1).compareTo(accounts.get(i)) >= 0) {
        throw new IllegalArgumentException("operators must be strictly ascending");
      }
    }
    if (accounts.size() > COUNT_MAX
        || threshold > accounts.size()
        || threshold < Math.min(1, accounts.size())) {
      throw new IllegalArgumentException(
          "at most " + COUNT_MAX + " operators, and a threshold of 1 to their number");
    }
  }

  public void writeTo(WireWriter out) {
    out.list(accounts, (account, w) -> w.text(account.name())).u8(threshold);
  }

  public static Operators readFrom(WireReader in) throws Malformed {
    return new Operators(
        in.list(COUNT_MAX, each -> new AccountId(each.text(AccountId.LENGTH_MAX))), in.u8());
  }
}
