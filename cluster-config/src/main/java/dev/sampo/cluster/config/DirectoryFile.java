package dev.sampo.cluster.config;

import com.typesafe.config.Config;
import dev.sampo.core.assets.HomeRule;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A directory as people write it: the ledgers in the order in which the rule in their genesis
 * documents numbers them, and that rule.
 *
 * <pre>
 * ledgers = [ { name = main, id = 61f0... }, { name = trade, id = 8c2e... } ]
 * rule = hash
 * # or instead of it: rule = prefix, and
 * # prefixes = [ { ledger = main }, { prefix = "t-", ledger = trade } ]
 * </pre>
 */
public final class DirectoryFile {

  private enum By {
    HASH,
    PREFIX
  }

  private static final LedgerName NO_NAME = new LedgerName("none");
  private static final LedgerId NO_ID = new LedgerId(Hash.ZERO.value());

  private DirectoryFile() {}

  /** Throws {@link FaultyConfig} with all faults. */
  public static NamedDirectory read(Path file) {
    return NodeConfig.read(file, (config, _) -> read(config));
  }

  private static NamedDirectory read(Config config) {
    var faults = new ArrayList<String>();
    var ledgers = new LinkedHashMap<LedgerName, LedgerId>();
    var prefixes = new ArrayList<HomeRule.Prefix>();
    By by;
    try (var root = new Section("", config.root(), faults)) {
      root.sections("ledgers").forEach(section -> readLedger(section, ledgers));
      by = root.parsed("rule", By.HASH, DirectoryFile::by);
      switch (by) {
        case HASH -> root.refuse("prefixes", "belongs to rule = prefix");
        case PREFIX -> {
          var names = List.copyOf(ledgers.keySet());
          root.sections("prefixes").forEach(each -> prefixes.add(readPrefix(each, names)));
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new FaultyConfig(faults);
    }
    try {
      return new NamedDirectory(rule(by, prefixes, ledgers.size()), ledgers);
    } catch (IllegalArgumentException unfit) {
      throw new FaultyConfig(List.of(String.valueOf(unfit.getMessage())));
    }
  }

  private static HomeRule rule(By by, List<HomeRule.Prefix> prefixes, int ledgers) {
    return switch (by) {
      case HASH -> new HomeRule.ByHash(ledgers);
      case PREFIX ->
          new HomeRule.ByPrefix(
              prefixes.stream().sorted(Comparator.comparing(HomeRule.Prefix::text)).toList());
    };
  }

  private static void readLedger(Section section, SequencedMap<LedgerName, LedgerId> ledgers) {
    try (section) {
      var name = section.parsed("name", NO_NAME, text -> unused(text, ledgers));
      ledgers.put(name, section.parsed("id", NO_ID, LedgerId::fromHex));
    }
  }

  private static LedgerName unused(String text, SequencedMap<LedgerName, LedgerId> ledgers) {
    var name = new LedgerName(text);
    if (ledgers.containsKey(name)) {
      throw new IllegalArgumentException("there are two ledgers " + text);
    }
    return name;
  }

  private static By by(String text) {
    return switch (text) {
      case "hash" -> By.HASH;
      case "prefix" -> By.PREFIX;
      default -> throw new IllegalArgumentException("hash or prefix, not " + text);
    };
  }

  private static HomeRule.Prefix readPrefix(Section section, List<LedgerName> names) {
    try (section) {
      int ledger = section.parsed("ledger", 0, text -> numberOf(text, names));
      return section
          .optional("prefix", text -> new HomeRule.Prefix(text, ledger))
          .orElseGet(() -> new HomeRule.Prefix("", ledger));
    }
  }

  private static int numberOf(String name, List<LedgerName> names) {
    int number = names.indexOf(new LedgerName(name));
    if (number < 0) {
      throw new IllegalArgumentException("there is no ledger " + name);
    }
    return number;
  }
}
