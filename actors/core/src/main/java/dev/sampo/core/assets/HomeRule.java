package dev.sampo.core.assets;

import dev.sampo.core.crypto.Purpose;
import dev.sampo.core.crypto.SigningDomain;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import java.util.Optional;

/**
 * Which of several ledgers an account is created on (M1). The ledgers are numbered from 0 in the
 * order of their directory; the rule is the same on all of them, and never changes.
 */
public sealed interface HomeRule {

  /** Most ledgers that accounts can be spread over. */
  int LEDGERS_MAX = 1_024;

  /**
   * By the hash of the account's name: about as many accounts on each ledger.
   *
   * @param ledgers how many there are, 1 to {@link #LEDGERS_MAX}
   */
  record ByHash(int ledgers) implements HomeRule {
    public ByHash {
      if (ledgers < 1 || ledgers > LEDGERS_MAX) {
        throw new IllegalArgumentException("1 to " + LEDGERS_MAX + " ledgers, not " + ledgers);
      }
    }

    private int homeOf(AccountId account) {
      var hash = SigningDomain.identifier(Purpose.HOME, Bytes.ofAscii(account.name())).value();
      long first = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        first = first << Byte.SIZE | hash.at(i) & 0xff;
      }
      return (int) Long.remainderUnsigned(first, ledgers);
    }
  }

  /**
   * By the longest prefix that the account's name begins with. An account that begins with none has
   * no home, and cannot be created.
   *
   * @param prefixes strictly ascending, at most {@link #PREFIXES_MAX}; the empty one fits all
   */
  record ByPrefix(List<Prefix> prefixes) implements HomeRule {

    public static final int PREFIXES_MAX = 4_096;

    public ByPrefix {
      prefixes = List.copyOf(prefixes);
      if (prefixes.size() > PREFIXES_MAX) {
        throw new IllegalArgumentException("at most " + PREFIXES_MAX + " prefixes");
      }
      for (int i = 1; i < prefixes.size(); i++) {
        if (prefixes.get(i - 1).text().compareTo(prefixes.get(i).text()) >= 0) {
          throw new IllegalArgumentException("prefixes must be strictly ascending");
        }
      }
    }

    private Optional<Integer> homeOf(AccountId account) {
      // Of two that fit, the longer one begins with the shorter, and so comes later.
      return prefixes.reversed().stream()
          .filter(prefix -> account.name().startsWith(prefix.text))
          .map(Prefix::ledger)
          .findFirst();
    }
  }

  /** Accounts that begin so are created on the ledger with this number. */
  record Prefix(String text, int ledger) {
    public Prefix {
      boolean isWellFormed = text.isEmpty() || AccountId.isWellFormed(text, AccountId.LENGTH_MAX);
      if (!isWellFormed || ledger < 0 || ledger >= LEDGERS_MAX) {
        throw new IllegalArgumentException("a prefix begins an account id, and names a ledger");
      }
    }
  }

  /** The number of the ledger that creates the account; nothing if none does. */
  default Optional<Integer> home(AccountId account) {
    return switch (this) {
      case ByHash hash -> Optional.of(hash.homeOf(account));
      case ByPrefix prefix -> prefix.homeOf(account);
    };
  }

  default void writeTo(WireWriter out) {
    switch (this) {
      case ByHash(int ledgers) -> out.u8(1).u32(ledgers);
      case ByPrefix(var prefixes) ->
          out.u8(2).list(prefixes, (prefix, w) -> w.text(prefix.text).u32(prefix.ledger));
    }
  }

  static HomeRule readFrom(WireReader in) throws Malformed {
    return switch (in.u8()) {
      case 1 -> new ByHash(in.u32());
      case 2 ->
          new ByPrefix(
              in.list(
                  ByPrefix.PREFIXES_MAX,
                  each -> new Prefix(each.text(AccountId.LENGTH_MAX), each.u32())));
      default -> throw new Malformed("unknown rule of homes");
    };
  }
}
