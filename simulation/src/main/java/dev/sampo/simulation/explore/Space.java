package dev.sampo.simulation.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All scenarios of a family, numbered; of those that differ only in the names of machines that play
 * equal parts, the one with the lowest number stands for all.
 */
final class Space {

  private final Family family;
  private final boolean twins;
  private final int rounds;
  private final List<RoundPlan> plans;
  private final List<List<CrashPoint>> crashes;
  private final List<Integer> turns;

  /** For each turn, and each renaming that keeps all parts, where it takes plans and crashes. */
  private record Renaming(List<Integer> plans, List<Integer> crashes) {}

  private final List<List<Renaming>> renamings;

  Space(Family family, int rounds) {
    this.family = family;
    this.twins = family.twins() != Twins.NONE;
    this.rounds = rounds;
    this.plans = family.plans();
    this.crashes = family.crashes();
    // Without twins the turn of a is as good as any; a twin that leads none of the rounds has the
    // last.
    this.turns =
        twins ? IntStream.rangeClosed(1, Math.min(4, rounds + 1)).boxed().toList() : List.of(1);
    this.renamings = turns.stream().map(this::renamings).toList();
  }

  /** How many there are before reduction. */
  long size() {
    long size = (long) turns.size() * crashes.size();
    for (int round = 0; round < rounds; round++) {
      size *= plans.size();
    }
    return size;
  }

  Scenario scenario(long number) {
    var digits = digits(number);
    var chosen = new ArrayList<RoundPlan>();
    for (int round = 0; round < rounds; round++) {
      chosen.add(plans.get(digits[round]));
    }
    int turn = turns.get(digits[rounds + 1]);
    return new Scenario(family.twins(), turn, chosen, crashes.get(digits[rounds]));
  }

  /** Whether it stands for itself and those equal to it. */
  boolean isFirst(long number) {
    var digits = digits(number);
    for (var renaming : renamings.get(digits[rounds + 1])) {
      if (isLower(renaming, digits)) {
        return false;
      }
    }
    return true;
  }

  private boolean isLower(Renaming renaming, int[] digits) {
    int crash = renaming.crashes().get(digits[rounds]);
    if (crash != digits[rounds]) {
      return crash < digits[rounds];
    }
    for (int round = 0; round < rounds; round++) {
      int plan = renaming.plans().get(digits[round]);
      if (plan != digits[round]) {
        return plan < digits[round];
      }
    }
    return false;
  }

  /**
   * How many scenarios in a row differ only in the plan of the last round; the first of them loses
   * nothing there.
   */
  int siblings() {
    return plans.size();
  }

  RoundPlan lastPlan(long number) {
    return plans.get((int) (number % plans.size()));
  }

  /** The plan of each round, the last least significant; then the crashes; then the turn. */
  private int[] digits(long number) {
    var digits = new int[rounds + 2];
    long rest = number;
    for (int round = rounds - 1; round >= 0; round--) {
      digits[round] = (int) (rest % plans.size());
      rest /= plans.size();
    }
    digits[rounds] = (int) (rest % crashes.size());
    digits[rounds + 1] = (int) (rest / crashes.size());
    return digits;
  }

  private List<Renaming> renamings(int turn) {
    var found = new ArrayList<Renaming>();
    for (var honest : permutations(List.of(2, 3, 4))) {
      for (boolean swapped : new boolean[] {false, true}) {
        var parts = new ArrayList<>(swapped ? List.of(1, 0) : List.of(0, 1));
        parts.addAll(honest);
        boolean keepsTwins = !swapped || twins;
        if (keepsTwins && keepsRoles(parts, turn) && !isIdentity(parts)) {
          found.add(renaming(parts));
        }
      }
    }
    return found;
  }

  private Renaming renaming(List<Integer> parts) {
    return new Renaming(
        plans.stream().map(plan -> plans.indexOf(plan.renamed(parts))).toList(),
        crashes.stream().map(crash -> crashes.indexOf(renamed(crash, parts))).toList());
  }

  private static List<CrashPoint> renamed(List<CrashPoint> crashes, List<Integer> parts) {
    return crashes.stream()
        .map(
            point ->
                new CrashPoint(parts.indexOf(point.machine()), point.boundary(), point.synced()))
        .toList();
  }

  /** Machines change places only if they lead the same of the disturbed views: mostly none. */
  private boolean keepsRoles(List<Integer> parts, int turn) {
    return IntStream.range(0, RoundPlan.MACHINES)
        .allMatch(machine -> leads(machine, turn) == leads(parts.get(machine), turn));
  }

  /** The disturbed view that the machine leads, 0 if none. */
  private int leads(int machine, int turn) {
    int place = machine < 2 ? turn : machine - 1 + (machine - 1 >= turn ? 1 : 0);
    return place <= rounds ? place : 0;
  }

  private static boolean isIdentity(List<Integer> parts) {
    return parts.equals(IntStream.range(0, RoundPlan.MACHINES).boxed().toList());
  }

  private static List<List<Integer>> permutations(List<Integer> items) {
    if (items.isEmpty()) {
      return List.of(List.of());
    }
    var all = new ArrayList<List<Integer>>();
    for (var first : items) {
      var rest = items.stream().filter(item -> !item.equals(first)).toList();
      for (var tail : permutations(rest)) {
        var permutation = new ArrayList<>(List.of(first));
        permutation.addAll(tail);
        all.add(permutation);
      }
    }
    return List.copyOf(all);
  }
}
