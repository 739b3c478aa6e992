package dev.sampo.simulation.world;

import java.util.ArrayDeque;
import java.util.List;

/** What a process has to do once it is no longer paused. */
final class Stall {

  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private long until;

  void pauseUntil(long nanos) {
    until = Math.max(until, nanos);
  }

  boolean isPaused(long nanos) {
    return until > nanos;
  }

  void add(Runnable action) {
    waiting.add(action);
  }

  List<Runnable> drain() {
    var due = List.copyOf(waiting);
    waiting.clear();
    return due;
  }
}
