package dev.sampo.cluster.cli;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.TransactionId;
import java.util.function.Function;

/** Reads the words of a command line; a malformed one is a fault of its usage. */
final class Words {

  private Words() {}

  static AccountId account(String word) {
    return parse(word, AccountId::new);
  }

  static AssetId asset(String word) {
    return parse(word, AssetId::new);
  }

  static ChannelId channel(String word) {
    return parse(word, ChannelId::new);
  }

  static LedgerName ledger(String word) {
    return parse(word, LedgerName::new);
  }

  static TransactionId transaction(String word) {
    return parse(word, TransactionId::fromHex);
  }

  /** 0 to 100, with or without the sign, as the value of {@code option}. */
  static int percent(String option, String word) {
    var digits = word.endsWith("%") ? word.substring(0, word.length() - 1) : word;
    Usage.require(digits.matches("[0-9]{1,3}"), option + " is such as 20%, not " + word);
    int percent = Integer.parseInt(digits);
    Usage.require(percent <= 100, option + " is 0% to 100%, not " + word);
    return percent;
  }

  private static <T> T parse(String word, Function<String, T> parser) {
    try {
      return parser.apply(word);
    } catch (IllegalArgumentException malformed) {
      throw new CommandFailed(
          ExitCode.USAGE, "'" + word + "': " + malformed.getMessage(), malformed);
    }
  }
}
