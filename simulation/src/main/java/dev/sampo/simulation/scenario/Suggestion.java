package dev.sampo.simulation.scenario;

import java.util.Comparator;
import java.util.List;

/** Which known word somebody may have meant. */
final class Suggestion {

  private static final int EDITS_MAX = 3;

  private Suggestion() {}

  /** {@code ; did you mean 'x'?} or, if none is close, all that there are. */
  static String among(String word, List<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(each -> distance(word, each)))
        .filter(closest -> distance(word, closest) <= Math.min(EDITS_MAX, word.length() / 2 + 1))
        .map(closest -> "; did you mean '" + closest + "'?")
        .orElseGet(() -> "; known are " + String.join(", ", known));
  }

  /** How many characters must be added, removed or replaced. */
  static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
