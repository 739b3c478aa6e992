package dev.sampo.core.assets;

import dev.sampo.core.assets.HomeRule.ByHash;
import dev.sampo.core.assets.HomeRule.ByPrefix;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import java.util.Optional;

/**
 * The ledgers that the accounts of one application are spread over, in the order that the rule
 * numbers them in. To clients it is a hint of where to begin (M6): what decides is the same rule in
 * the genesis state of each ledger, which is older than the directory.
 */
public record Directory(HomeRule rule, List<LedgerId> ledgers) {

  public Directory {
    ledgers = List.copyOf(ledgers);
    if (ledgers.isEmpty() || ledgers.stream().distinct().count() != ledgers.size()) {
      throw new IllegalArgumentException("a directory names ledgers, each once");
    }
    boolean fits =
        switch (rule) {
          case ByHash(int count) -> count == ledgers.size();
          case ByPrefix(var prefixes) -> allBelow(ledgers.size(), prefixes);
        };
    if (!fits) {
      throw new IllegalArgumentException("the rule is about other ledgers than the directory's");
    }
  }

  private static boolean allBelow(int count, List<HomeRule.Prefix> prefixes) {
    return prefixes.stream().allMatch(prefix -> prefix.ledger() < count);
  }

  /** The ledger that creates the account; nothing if none does. */
  public Optional<LedgerId> home(AccountId account) {
    return rule.home(account).map(ledgers::get);
  }

  public Bytes encoded() {
    return WireWriter.encode(
        out -> {
          rule.writeTo(out);
          out.list(ledgers, (ledger, w) -> w.fixed(ledger.value()));
        });
  }

  public static Directory decode(Bytes encoded) throws Malformed {
    return WireReader.decode(
        encoded,
        in ->
            new Directory(
                HomeRule.readFrom(in),
                in.list(HomeRule.LEDGERS_MAX, each -> new LedgerId(each.fixed(LedgerId.LENGTH)))));
  }
}
