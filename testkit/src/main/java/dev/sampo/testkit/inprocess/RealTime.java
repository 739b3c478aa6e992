package dev.sampo.testkit.inprocess;

import dev.sampo.testkit.ledger.VirtualClock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The machine's monotonic clock, from the start of the ledger on. */
final class RealTime implements VirtualClock {

  private static final Duration POLL = Duration.ofMillis(20);

  private final long startNanos = System.nanoTime();

  @Override
  public Duration now() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  @Override
  public void advance(Duration time) {
    var end = now().plus(time);
    runUntil(() -> now().compareTo(end) >= 0, time.plusSeconds(1));
  }

  /** Polls the condition; whatever it throws goes to the caller. */
  boolean runUntil(BooleanSupplier condition, Duration atMost) {
    try {
      Awaitility.await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .atMost(atMost.plus(POLL).plus(POLL))
          .until(condition::getAsBoolean);
      return true;
    } catch (ConditionTimeoutException tooLate) {
      return condition.getAsBoolean();
    }
  }
}
