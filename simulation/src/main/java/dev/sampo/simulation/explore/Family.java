package dev.sampo.simulation.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A kind of disturbance, and all the scenarios of it. */
public enum Family {
  /**
   * Twins; every partition into two or three groups, and every mask that no honest machine escapes.
   */
  TWINS(Twins.ACTIVE) {
    @Override
    List<RoundPlan> plans() {
      return together(cuts(2), cuts(3), masks());
    }
  },
  /**
   * Twins that fall silent after the disturbances; proposals, nullify or finalize votes are lost
   * across a partition in two, or notarize votes in one direction.
   */
  LOSSES(Twins.IN_THE_END_SILENT) {
    @Override
    List<RoundPlan> plans() {
      return together(
          cuts(2, MessageKind.PROPOSAL),
          cuts(2, MessageKind.NULLIFY),
          cuts(2, MessageKind.FINALIZE),
          oneWay(MessageKind.NOTARIZE));
    }
  },
  /** Twins, partitions in two, and one honest machine that crashes at a record boundary. */
  TWINS_AND_CRASH(Twins.ACTIVE) {
    @Override
    List<RoundPlan> plans() {
      return together(cuts(2));
    }

    @Override
    List<List<CrashPoint>> crashes() {
      return crashesOf(List.of(2, 3, 4));
    }
  },
  /** No twins: four honest machines, partitions in two, and one that crashes. */
  CRASH(Twins.NONE) {
    @Override
    List<RoundPlan> plans() {
      // Without b, plans that differ only in where b is are the same.
      return together(cuts(2)).stream().filter(plan -> !splits(plan)).toList();
    }

    @Override
    List<List<CrashPoint>> crashes() {
      return crashesOf(List.of(0, 2, 3, 4));
    }
  };

  /**
   * An undisturbed machine makes about three groups of promises in a view, and some when it starts.
   */
  static final int BOUNDARIES = 14;

  private static final int BOTH = 0;
  private static final int ONLY_A = 1;
  private static final int ONLY_B = 2;

  private final Twins twins;

  Family(Twins twins) {
    this.twins = twins;
  }

  Twins twins() {
    return twins;
  }

  /** What a round may suffer; the first plan loses nothing. */
  abstract List<RoundPlan> plans();

  /** What crashes there may be; the first is none. */
  List<List<CrashPoint>> crashes() {
    return List.of(List.of());
  }

  private static boolean splits(RoundPlan plan) {
    return plan instanceof RoundPlan.Cut(var groups, _) && !groups.get(0).equals(groups.get(1));
  }

  private static List<List<CrashPoint>> crashesOf(List<Integer> machines) {
    var all = new ArrayList<List<CrashPoint>>();
    all.add(List.of());
    for (int machine : machines) {
      for (int boundary = 1; boundary <= BOUNDARIES; boundary++) {
        all.add(List.of(new CrashPoint(machine, boundary, false)));
        all.add(List.of(new CrashPoint(machine, boundary, true)));
      }
    }
    return all;
  }

  private static List<RoundPlan> together(RoundPlan[]... plans) {
    return Stream.concat(
            Stream.of(new RoundPlan.Whole()), Arrays.stream(plans).flatMap(Arrays::stream))
        .toList();
  }

  private static RoundPlan[] cuts(int groups) {
    return cuts(groups, Optional.empty()).toArray(RoundPlan[]::new);
  }

  private static RoundPlan[] cuts(int groups, MessageKind lost) {
    return cuts(groups, Optional.of(lost)).toArray(RoundPlan[]::new);
  }

  private static RoundPlan[] oneWay(MessageKind lost) {
    return IntStream.range(1, (1 << RoundPlan.MACHINES) - 1)
        .mapToObj(senders -> new RoundPlan.OneWay(senders, lost))
        .toArray(RoundPlan[]::new);
  }

  /** All partitions of the machines into exactly so many groups. */
  private static Stream<RoundPlan> cuts(int groups, Optional<MessageKind> lost) {
    int assignments = (int) Math.pow(groups, RoundPlan.MACHINES);
    return IntStream.range(0, assignments)
        .mapToObj(number -> digits(number, groups))
        .filter(assignment -> assignment.stream().distinct().count() == groups)
        .<RoundPlan>map(assignment -> new RoundPlan.Cut(assignment, lost))
        .distinct();
  }

  /** Each honest machine hears a, b or both. */
  private static RoundPlan[] masks() {
    return IntStream.range(0, 27)
        .mapToObj(number -> digits(number, 3))
        .filter(hears -> !hears.equals(Collections.nCopies(RoundPlan.MACHINES, BOTH)))
        .map(Family::mask)
        .toArray(RoundPlan[]::new);
  }

  private static RoundPlan mask(List<Integer> hears) {
    int first = 0;
    int second = 0;
    for (int machine = 2; machine < RoundPlan.MACHINES; machine++) {
      int heard = hears.get(machine - 2);
      first |= heard == ONLY_B ? 0 : 1 << machine;
      second |= heard == ONLY_A ? 0 : 1 << machine;
    }
    return new RoundPlan.Masks(first, second);
  }

  private static List<Integer> digits(int number, int base) {
    var digits = new ArrayList<Integer>();
    int rest = number;
    for (int machine = 0; machine < RoundPlan.MACHINES; machine++) {
      digits.add(rest % base);
      rest /= base;
    }
    return digits;
  }
}
