package dev.sampo.cluster.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What has to be undone when the demo ends, however it ends short of {@code kill -9}: the last
 * thing first, and each although another could not be. Thread-safe.
 */
public final class Lifetime {

  /** Undoes one thing. */
  @FunctionalInterface
  interface Step {
    void undo() throws Exception;
  }

  private record Named(String what, Step step) {}

  private final Deque<Named> steps = new ArrayDeque<>();
  private final Consumer<String> complaints;
  private boolean ended;

  private Lifetime(Consumer<String> complaints) {
    this.complaints = complaints;
  }

  /** Ends also when this process is told to stop (Ctrl-C, SIGTERM). */
  public static Lifetime untilStopped(Consumer<String> complaints) {
    var lifetime = new Lifetime(complaints);
    Runtime.getRuntime().addShutdownHook(new Thread(lifetime::end, "demo-end"));
    return lifetime;
  }

  /** From now on {@code step} is part of the end; at once if it is over already. */
  synchronized void atEnd(String what, Step step) {
    if (ended) {
      undo(new Named(what, step));
    } else {
      steps.push(new Named(what, step));
    }
  }

  /** Returns when everything is undone; the second call does nothing but wait for the first. */
  public synchronized void end() {
    ended = true;
    while (!steps.isEmpty()) {
      undo(steps.pop());
    }
  }

  private void undo(Named named) {
    try {
      named.step().undo();
    } catch (Exception failed) {
      complaints.accept("could not " + named.what() + ": " + failed);
    }
  }
}
