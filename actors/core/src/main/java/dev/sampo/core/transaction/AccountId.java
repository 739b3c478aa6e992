package dev.sampo.core.transaction;

/**
 * Names who sends a transaction: 1 to 64 characters of {@code a-z 0-9 . _ -}, the first a letter or
 * digit.
 */
public record AccountId(String name) implements Comparable<AccountId> {

  public static final int LENGTH_MAX = 64;

  public AccountId {
    if (!isWellFormed(name, LENGTH_MAX)) {
      throw new IllegalArgumentException(
          "an account id has 1 to " + LENGTH_MAX + " characters of a-z 0-9 . _ -");
    }
  }

  /** Whether {@code name} has the form of an id with at most {@code lengthMax} characters. */
  public static boolean isWellFormed(String name, int lengthMax) {
    if (name.isEmpty() || name.length() > lengthMax) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean alphanumeric = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
      boolean punctuation = i > 0 && (c == '.' || c == '_' || c == '-');
      if (!alphanumeric && !punctuation) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(AccountId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
