package dev.sampo.core.spare;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * Objects that a thread has done with and takes again instead of making new ones. Whoever takes one
 * finds it in the state in which it was given back and must not depend on that. What is taken and
 * not given back is forgotten, so that an exception in between costs nothing.
 *
 * @param <T> what is costly to make, and as good as new once used
 */
public final class Spares<T> {

  /** One use within another is rarely nested deeper. */
  private static final int KEPT_MAX = 4;

  private final Supplier<T> maker;
  private final ThreadLocal<ArrayDeque<T>> kept = ThreadLocal.withInitial(ArrayDeque::new);

  public Spares(Supplier<T> maker) {
    this.maker = maker;
  }

  public T take() {
    var spare = kept.get().poll();
    return spare != null ? spare : maker.get();
  }

  /** {@code spare} must not be used any more by whoever gives it back. */
  public void giveBack(T spare) {
    var spares = kept.get();
    if (spares.size() < KEPT_MAX) {
      spares.push(spare);
    }
  }
}
