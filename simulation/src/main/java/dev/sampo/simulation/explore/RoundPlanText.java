package dev.sampo.simulation.explore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Round plans as words: {@code .} loses nothing, {@code ab|cde} cuts, {@code ab|cde:notarize} loses
 * one kind across the cut, {@code ab/cde:notarize} on the way from ab to cde only, {@code a>cd,b>e}
 * says whom the twins reach.
 */
final class RoundPlanText {

  private static final String WHOLE = ".";
  private static final String NAMES = "abcde";

  private RoundPlanText() {}

  static char nameOf(int machine) {
    return NAMES.charAt(machine);
  }

  /** The machine of this name. */
  static int machine(char name) {
    int machine = NAMES.indexOf(name);
    if (machine < 0) {
      throw new IllegalArgumentException("no machine '" + name + "', only a to e");
    }
    return machine;
  }

  static String write(RoundPlan plan) {
    return switch (plan) {
      case RoundPlan.Whole() -> WHOLE;
      case RoundPlan.Cut(var groups, var lost) ->
          IntStream.rangeClosed(0, Collections.max(groups))
                  .mapToObj(group -> members(groups, group))
                  .collect(Collectors.joining("|"))
              + lost.map(kind -> ":" + kind.word()).orElse("");
      case RoundPlan.OneWay(int senders, var lost) ->
          names(senders) + "/" + names(~senders) + ":" + lost.word();
      case RoundPlan.Masks(int first, int second) -> "a>" + names(first) + ",b>" + names(second);
    };
  }

  static RoundPlan read(String word) {
    if (word.equals(WHOLE)) {
      return new RoundPlan.Whole();
    }
    if (word.contains(">")) {
      return masks(word);
    }
    return word.contains("/") ? oneWay(word) : cut(word);
  }

  private static RoundPlan masks(String word) {
    int comma = word.indexOf(',');
    if (!word.startsWith("a>") || comma < 0 || !word.startsWith("b>", comma + 1)) {
      throw new IllegalArgumentException("not a plan: '" + word + "'");
    }
    return new RoundPlan.Masks(mask(word.substring(2, comma)), mask(word.substring(comma + 3)));
  }

  private static RoundPlan oneWay(String word) {
    int slash = word.indexOf('/');
    int colon = word.indexOf(':');
    if (colon < slash) {
      throw new IllegalArgumentException("not a plan: '" + word + "'");
    }
    int senders = mask(word.substring(0, slash));
    int others = mask(word.substring(slash + 1, colon));
    if ((senders & others) != 0 || (senders | others) != (1 << RoundPlan.MACHINES) - 1) {
      throw new IllegalArgumentException("'" + word + "' does not part the machines");
    }
    return new RoundPlan.OneWay(senders, kind(word.substring(colon + 1)).orElseThrow());
  }

  private static RoundPlan cut(String word) {
    int colon = word.indexOf(':');
    var groups = colon < 0 ? word : word.substring(0, colon);
    var lost = colon < 0 ? Optional.<MessageKind>empty() : kind(word.substring(colon + 1));
    var groupOf = new ArrayList<>(Collections.nCopies(RoundPlan.MACHINES, -1));
    int group = 0;
    for (int i = 0; i < groups.length(); i++) {
      char name = groups.charAt(i);
      if (name == '|') {
        group++;
      } else if (groupOf.set(machine(name), group) >= 0) {
        throw new IllegalArgumentException("machine '" + name + "' twice in '" + word + "'");
      }
    }
    if (groupOf.contains(-1)) {
      throw new IllegalArgumentException("'" + word + "' leaves a machine out");
    }
    return new RoundPlan.Cut(groupOf, lost);
  }

  private static Optional<MessageKind> kind(String word) {
    var kind = MessageKind.named(word);
    if (kind.isEmpty()) {
      throw new IllegalArgumentException("no kind of message '" + word + "'");
    }
    return kind;
  }

  private static String members(List<Integer> groups, int group) {
    return IntStream.range(0, RoundPlan.MACHINES)
        .filter(machine -> groups.get(machine) == group)
        .mapToObj(machine -> String.valueOf(nameOf(machine)))
        .collect(Collectors.joining());
  }

  private static String names(int mask) {
    return IntStream.range(0, RoundPlan.MACHINES)
        .filter(machine -> (mask >> machine & 1) == 1)
        .mapToObj(machine -> String.valueOf(nameOf(machine)))
        .collect(Collectors.joining());
  }

  private static int mask(String names) {
    return names.chars().map(name -> 1 << machine((char) name)).reduce(0, (x, y) -> x | y);
  }
}
