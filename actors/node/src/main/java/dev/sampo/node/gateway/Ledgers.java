package dev.sampo.node.gateway;

import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.LedgerId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds the ledger that a request is about. */
final class Ledgers {

  /** The metadata of gRPC, and the header of HTTP, that names it. */
  static final String HEADER = "sampo-ledger";

  private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{" + 2 * LedgerId.LENGTH + "}");

  private static final int SHOWN_MAX = 80;

  private final HostedLedgers hosted;
  private final ApiParts parts;

  Ledgers(HostedLedgers hosted, ApiParts parts) {
    this.hosted = hosted;
    this.parts = parts;
  }

  /** {@code named}: what the header says each time that it is there. Throws {@link Refused}. */
  Api named(List<String> named) {
    return switch (named.size()) {
      case 0 -> find("");
      case 1 -> named(named.getFirst());
      default -> throw parts.errors().malformed(HEADER + " is there more than once");
    };
  }

  /** {@code text}: a name or an id. Throws {@link Refused}. */
  Api named(String text) {
    if (ID.matcher(text).matches()) {
      return find(text.toLowerCase(Locale.ROOT));
    }
    if (LedgerName.isWellFormed(text)) {
      return find(text);
    }
    throw parts
        .errors()
        .malformed(
            "a ledger has a name of 1 to 32 characters of a-z 0-9 . - or an id of 64 hexadecimal"
                + " digits, not '"
                + shown(text)
                + "'");
  }

  private Api find(String ledger) {
    return hosted
        .find(ledger)
        .map(found -> new Api(found, parts))
        .orElseThrow(
            () ->
                parts
                    .errors()
                    .refused(
                        "LEDGER_NOT_FOUND",
                        ledger.isEmpty() ? "this node hosts no ledger" : "ledger " + ledger));
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
  }
}
