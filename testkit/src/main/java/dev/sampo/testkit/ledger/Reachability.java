package dev.sampo.testkit.ledger;

import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** Who hears whom, directly or through others, in both directions. */
public record Reachability(IntPredicate isUp, Hearing hearing) {

  /** Whether what one validator says reaches another. */
  @FunctionalInterface
  public interface Hearing {
    boolean hears(int listener, int speaker);
  }

  /** The largest such group, and of equal ones that with the lowest index. */
  public List<Integer> largest(int validators) {
    var largest = new TreeSet<Integer>();
    for (int i = 0; i < validators; i++) {
      var group = groupOf(i, validators);
      if (group.size() > largest.size()) {
        largest = group;
      }
    }
    return List.copyOf(largest);
  }

  private TreeSet<Integer> groupOf(int start, int validators) {
    var group = new TreeSet<Integer>();
    var next = new ArrayDeque<Integer>();
    if (isUp.test(start)) {
      group.add(start);
      next.add(start);
    }
    while (!next.isEmpty()) {
      int at = next.remove();
      for (int other = 0; other < validators; other++) {
        if (other != at && isUp.test(other) && isLinked(at, other) && group.add(other)) {
          next.add(other);
        }
      }
    }
    return group;
  }

  private boolean isLinked(int a, int b) {
    return hearing.hears(a, b) && hearing.hears(b, a);
  }
}
