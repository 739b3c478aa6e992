package dev.sampo.simulation.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of four validators, a to e, of which a and b have one key if there are twins; without
 * them there is no b. What is said about view v meets {@code rounds.get(v - 1)}.
 *
 * @param turn the view from 1 to 4 that a leads; c, d and e take the other turns in this order
 */
public record Scenario(Twins twins, int turn, List<RoundPlan> rounds, List<CrashPoint> crashes) {

  /** So many views may be disturbed. */
  public static final int ROUNDS_MAX = 3;

  public Scenario {
    rounds = List.copyOf(rounds);
    crashes = List.copyOf(crashes);
    if (turn < 1 || turn > 4) {
      throw new IllegalArgumentException("a turn is 1 to 4, not " + turn);
    }
    if (rounds.size() > ROUNDS_MAX) {
      throw new IllegalArgumentException("more than " + ROUNDS_MAX + " rounds");
    }
  }

  /** One line that {@link #parse} reads, such as {@code twins1 ab|cde:notarize . a>cd,b>e !c3-}. */
  public String line() {
    var words =
        Stream.concat(
            rounds.stream().map(RoundPlanText::write), crashes.stream().map(CrashPoint::line));
    return Stream.concat(Stream.of(twins.word() + turn), words).collect(Collectors.joining(" "));
  }

  /** Throws {@link IllegalArgumentException} that names the first wrong word. */
  public static Scenario parse(String line) {
    var words = Pattern.compile("\\s+").splitAsStream(line.strip()).toList();
    var head = words.getFirst();
    if (!head.matches("[a-z]{5}[1-4]")) {
      throw new IllegalArgumentException("a scenario starts with twins1 or so, not '" + head + "'");
    }
    var rounds = new ArrayList<RoundPlan>();
    var crashes = new ArrayList<CrashPoint>();
    for (var word : words.subList(1, words.size())) {
      if (word.startsWith("!")) {
        crashes.add(CrashPoint.parse(word));
      } else {
        rounds.add(RoundPlanText.read(word));
      }
    }
    return new Scenario(Twins.named(head.substring(0, 5)), head.charAt(5) - '0', rounds, crashes);
  }
}
