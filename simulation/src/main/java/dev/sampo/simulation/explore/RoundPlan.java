package dev.sampo.simulation.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the network does to the messages about one view. Machines are numbered from 0: the first two
 * are the twins a and b, the others c, d and e are honest.
 */
sealed interface RoundPlan {

  /** The twins and three honest validators. */
  int MACHINES = 5;

  /** Nothing is lost. */
  record Whole() implements RoundPlan {}

  /**
   * Nothing, or nothing of one kind, crosses from one group to another.
   *
   * @param groups for each machine its group, numbered in the order of their first members
   * @param lost empty if all kinds are lost
   */
  record Cut(List<Integer> groups, Optional<MessageKind> lost) implements RoundPlan {
    public Cut {
      groups = numbered(groups);
    }

    private static List<Integer> numbered(List<Integer> groups) {
      if (groups.size() != MACHINES) {
        throw new IllegalArgumentException("a group for each machine, not " + groups);
      }
      var seen = new ArrayList<Integer>();
      var numbers = new ArrayList<Integer>();
      for (var group : groups) {
        if (!seen.contains(group)) {
          seen.add(group);
        }
        numbers.add(seen.indexOf(group));
      }
      return List.copyOf(numbers);
    }
  }

  /**
   * Messages of one kind get from the second group to the first, but not back.
   *
   * @param senders bit m is set if machine m belongs to the first group, which is not heard
   */
  record OneWay(int senders, MessageKind lost) implements RoundPlan {
    public OneWay {
      if (senders < 1 || senders >= (1 << MACHINES) - 1) {
        throw new IllegalArgumentException("a group must have some of the machines");
      }
    }
  }

  /**
   * Each twin reaches some of the honest machines only, and hears all.
   *
   * @param first bit m is set if a reaches machine m
   * @param second the same for b
   */
  record Masks(int first, int second) implements RoundPlan {
    /** The honest machines. */
    static final int ALL = 0b11100;

    public Masks {
      if ((first | second | ALL) != ALL) {
        throw new IllegalArgumentException("masks are of honest machines");
      }
    }
  }

  /** Whether a message of this kind gets from one machine to the other. */
  default boolean passes(MessageKind kind, int from, int to) {
    return switch (this) {
      case Whole() -> true;
      case Cut(var groups, var lost) ->
          groups.get(from).equals(groups.get(to)) || (lost.isPresent() && lost.get() != kind);
      case OneWay(int senders, var lost) ->
          lost != kind || (senders >> from & 1) == 0 || (senders >> to & 1) == 1;
      case Masks(int first, int second) ->
          switch (from) {
            case 0 -> (first >> to & 1) == 1;
            case 1 -> (second >> to & 1) == 1;
            default -> true;
          };
    };
  }

  /** The same plan when machine m plays the part of {@code parts.get(m)}. */
  default RoundPlan renamed(List<Integer> parts) {
    return switch (this) {
      case Whole whole -> whole;
      case Cut(var groups, var lost) -> new Cut(parts.stream().map(groups::get).toList(), lost);
      case OneWay(int senders, var lost) -> new OneWay(moved(senders, parts), lost);
      case Masks(int first, int second) ->
          parts.getFirst() == 0
              ? new Masks(moved(first, parts), moved(second, parts))
              : new Masks(moved(second, parts), moved(first, parts));
    };
  }

  private static int moved(int mask, List<Integer> parts) {
    int moved = 0;
    for (int machine = 0; machine < MACHINES; machine++) {
      moved |= (mask >> parts.get(machine) & 1) << machine;
    }
    return moved;
  }
}
