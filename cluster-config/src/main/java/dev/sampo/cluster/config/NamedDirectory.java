package dev.sampo.cluster.config;

import dev.sampo.core.assets.Directory;
import dev.sampo.core.assets.HomeRule;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.LedgerId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A directory whose ledgers have names. By convention the channel that leads to a ledger has its
 * name.
 *
 * @param ledgers in the order in which the rule numbers them
 */
public record NamedDirectory(HomeRule rule, SequencedMap<LedgerName, LedgerId> ledgers) {

  /** Throws {@link IllegalArgumentException} if the rule is about other ledgers. */
  public NamedDirectory {
    ledgers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ledgers));
    directory(rule, ledgers);
  }

  /** As clients of the ledgers are told. */
  public Directory directory() {
    return directory(rule, ledgers);
  }

  private static Directory directory(HomeRule rule, SequencedMap<LedgerName, LedgerId> ledgers) {
    return new Directory(rule, new ArrayList<>(ledgers.values()));
  }

  /** What the ledger is called; nothing if it is none of them. */
  public Optional<LedgerName> nameOf(LedgerId ledger) {
    return ledgers.entrySet().stream()
        .filter(entry -> entry.getValue().equals(ledger))
        .map(entry -> entry.getKey())
        .findFirst();
  }
}
