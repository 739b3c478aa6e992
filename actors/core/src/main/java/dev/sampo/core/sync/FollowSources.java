package dev.sampo.core.sync;

import dev.sampo.core.types.Height;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sources of a {@link Follower}: whose turn it is, and who is not asked any more. */
final class FollowSources {

  /** More are not known at a time. */
  static final int KNOWN_MAX = 256;

  /** Who lied is remembered until so many have: the oldest is then forgotten. */
  static final int DISTRUSTED_MAX = 1024;

  private final Set<String> distrusted = new LinkedHashSet<>();
  private final Map<String, Height> certified = new LinkedHashMap<>();
  private List<String> trusted = List.of();
  private int turn;

  /** In the order in which they are to be asked; a new order begins with the first of it. */
  void set(List<String> sources) {
    var now = sources.stream().filter(each -> !distrusted.contains(each)).limit(KNOWN_MAX).toList();
    if (!now.equals(trusted)) {
      trusted = now;
      turn = 0;
      certified.keySet().retainAll(now);
    }
  }

  Optional<String> chosen() {
    return trusted.isEmpty() ? Optional.empty() : Optional.of(trusted.get(turn % trusted.size()));
  }

  /** The next one is asked from now on. */
  void turn() {
    turn++;
  }

  void distrust(String source) {
    distrusted.add(source);
    if (distrusted.size() > DISTRUSTED_MAX) {
      distrusted.remove(distrusted.iterator().next());
    }
    set(trusted);
  }

  /** The newest state that a source has shown to be certified. */
  void note(String source, Height height) {
    if (trusted.contains(source)) {
      certified.put(source, height);
    }
  }

  /** Whether every source has shown one, and none of them is as high as that. */
  boolean areAllBelow(long height) {
    return !trusted.isEmpty()
        && certified.size() == trusted.size()
        && certified.values().stream().allMatch(each -> each.number() < height);
  }
}
