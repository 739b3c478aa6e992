package dev.sampo.core.genesis;

/**
 * What people call a ledger at the nodes that host it; its id is what it is. 1 to 32 characters of
 * {@code a-z 0-9 . -}, the first and the last a letter or digit, so that a name is never mistaken
 * for an id, a relative path or an option.
 */
public record LedgerName(String text) implements Comparable<LedgerName> {

  public static final int LENGTH_MAX = 32;

  public LedgerName {
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException(
          "a ledger's name has 1 to "
              + LENGTH_MAX
              + " characters of a-z 0-9 . - and begins and ends with a letter or digit");
    }
  }

  /** Whether {@code text} has the form of a name. */
  public static boolean isWellFormed(String text) {
    if (text.isEmpty() || text.length() > LENGTH_MAX) {
      return false;
    }
    int last = text.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = text.charAt(i);
      boolean alphanumeric = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
      boolean punctuation = i > 0 && i < last && (c == '.' || c == '-');
      if (!alphanumeric && !punctuation) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(LedgerName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
