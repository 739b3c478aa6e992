package dev.sampo.core.assets;

import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.Optional;

/**
 * What part of an application that is spread over several ledgers this one is.
 *
 * @param rule the same on all of them
 * @param self the number of this ledger among them
 */
public record Shard(HomeRule rule, int self) {

  public Shard {
    if (self < 0 || self >= HomeRule.LEDGERS_MAX) {
      throw new IllegalArgumentException("a ledger's number is from 0 on, not " + self);
    }
  }

  /** Whether this ledger creates the account. */
  public boolean isHomeOf(AccountId account) {
    return rule.home(account).equals(Optional.of(self));
  }

  void writeTo(WireWriter out) {
    rule.writeTo(out);
    out.u32(self);
  }

  static Shard readFrom(WireReader in) throws Malformed {
    return new Shard(HomeRule.readFrom(in), in.u32());
  }
}
