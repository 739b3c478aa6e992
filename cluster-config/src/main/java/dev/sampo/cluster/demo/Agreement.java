package dev.sampo.cluster.demo;

import com.google.protobuf.ByteString;
import dev.sampo.client.v1.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether all validators hold the same state, asked of each one.
 *
 * @param height at which their roots were compared, or the lowest one if they never stood at the
 *     same
 */
record Agreement(long height, boolean stateRootsEqual) {

  private static final Duration POLL = Duration.ofMillis(100);

  /** Waits until all validators have executed the same height, but not longer than asked. */
  static Agreement await(ValidatorClients clients, int validators, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      var statuses = statuses(clients, validators);
      var found = of(statuses, validators);
      if (found.isPresent() || System.nanoTime() - deadline > 0 || Thread.interrupted()) {
        return found.orElseGet(() -> new Agreement(lowest(statuses), false));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL.toMillis()));
    }
  }

  private static List<Status> statuses(ValidatorClients clients, int validators) {
    var statuses = new ArrayList<Status>();
    for (int i = 0; i < validators; i++) {
      clients.status(i).ifPresent(statuses::add);
    }
    return statuses;
  }

  /** Nothing unless every validator answered, and with the same height. */
  static Optional<Agreement> of(List<Status> statuses, int validators) {
    long heights = statuses.stream().mapToLong(Status::getExecutedHeight).distinct().count();
    if (statuses.size() < validators || heights != 1) {
      return Optional.empty();
    }
    List<ByteString> roots = statuses.stream().map(Status::getStateRoot).distinct().toList();
    return Optional.of(new Agreement(lowest(statuses), roots.size() == 1));
  }

  private static long lowest(List<Status> statuses) {
    return statuses.stream().mapToLong(Status::getExecutedHeight).min().orElse(0);
  }
}
