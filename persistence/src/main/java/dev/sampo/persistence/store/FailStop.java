package dev.sampo.persistence.store;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Remembers the first failure for good and tells of it once (protocol 2.4, faults 47, 48). */
final class FailStop {

  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
  private final Consumer<Throwable> onFailure;

  FailStop(Consumer<Throwable> onFailure) {
    this.onFailure = onFailure;
  }

  /** From here on everything fails; whether this failure is the first and is yet to be told. */
  boolean mark(Throwable failure) {
    return first.compareAndSet(null, failure);
  }

  void tell(Throwable failure) {
    onFailure.accept(failure);
  }

  void trip(Throwable failure) {
    if (mark(failure)) {
      tell(failure);
    }
  }

  void requireSound() {
    var failure = first.get();
    if (failure != null) {
      throw refusal(failure);
    }
  }

  /** What every call meets after {@code failure}: a writer that was fenced stays that for good. */
  static RuntimeException refusal(Throwable failure) {
    return failure instanceof StaleWriter fenced
        ? new StaleWriter(String.valueOf(fenced.getMessage()), fenced)
        : new StoreFailed(failure);
  }
}
