package dev.sampo.cluster.profile;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A finished recording. It also holds what happened while it began and ended, which is not meant.
 *
 * @param file for tools that show recordings
 * @param from the first moment that counts
 * @param until the first moment that does not count any more
 * @param cpu what the process used in between
 */
public record Flight(Path file, Instant from, Instant until, Duration cpu) {

  Duration time() {
    return Duration.between(from, until);
  }

  boolean covers(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(until);
  }
}
