package dev.sampo.cluster.directory;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.assets.HomeRule;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.LedgerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A directory as people write it, in JSON or HOCON: the ledgers in the order in which the rule in
 * their genesis documents numbers them, and that rule.
 *
 * <pre>
 * ledgers = [ { name = main, id = 61f0... }, { name = trade, id = 8c2e... } ]
 * rule = hash
 * # or instead of it: rule = prefix, and
 * # prefixes = [ { prefix = "", ledger = main }, { prefix = "t-", ledger = trade } ]
 * </pre>
 */
public final class DirectoryFile {

  private static final long LENGTH_MAX = 1 << 20;

  private DirectoryFile() {}

  /** Throws {@link CommandFailed} if it cannot be read, or is none. */
  public static NamedDirectory read(Path file) {
    try {
      if (Files.size(file) > LENGTH_MAX) {
        throw damaged(file, new IllegalArgumentException("it has more than 1 MiB"));
      }
      return parse(ConfigFactory.parseString(Files.readString(file)).resolve());
    } catch (IOException unreadable) {
      throw new CommandFailed(
          ExitCode.FAILED, "--directory: cannot read " + unreadable.getMessage(), unreadable);
    } catch (ConfigException | IllegalArgumentException wrong) {
      throw damaged(file, wrong);
    }
  }

  private static CommandFailed damaged(Path file, RuntimeException why) {
    return new CommandFailed(
        ExitCode.FAILED, "--directory: " + file + " is no directory: " + why.getMessage(), why);
  }

  private static NamedDirectory parse(Config file) {
    var ledgers = new LinkedHashMap<LedgerName, LedgerId>();
    for (var each : file.getConfigList("ledgers")) {
      var name = new LedgerName(each.getString("name"));
      if (ledgers.put(name, LedgerId.fromHex(each.getString("id"))) != null) {
        throw new IllegalArgumentException("there are two ledgers " + name);
      }
    }
    return new NamedDirectory(rule(file, ledgers), ledgers);
  }

  private static HomeRule rule(Config file, SequencedMap<LedgerName, LedgerId> ledgers) {
    return switch (file.getString("rule")) {
      case "hash" -> new HomeRule.ByHash(ledgers.size());
      case "prefix" -> byPrefix(file, new ArrayList<>(ledgers.keySet()));
      default -> throw new IllegalArgumentException("rule is hash or prefix");
    };
  }

  private static HomeRule byPrefix(Config file, List<LedgerName> names) {
    var prefixes = new ArrayList<HomeRule.Prefix>();
    for (var each : file.getConfigList("prefixes")) {
      int number = names.indexOf(new LedgerName(each.getString("ledger")));
      if (number < 0) {
        throw new IllegalArgumentException("there is no ledger " + each.getString("ledger"));
      }
      prefixes.add(new HomeRule.Prefix(each.getString("prefix"), number));
    }
    prefixes.sort(Comparator.comparing(HomeRule.Prefix::text));
    return new HomeRule.ByPrefix(prefixes);
  }
}
