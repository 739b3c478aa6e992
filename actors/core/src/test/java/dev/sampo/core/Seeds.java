package dev.sampo.core;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Seeds of randomised tests, as source of a parameterised test, which names the seed when it fails.
 * {@code -Dsampo.seed=N} replays one.
 */
public final class Seeds {

  private Seeds() {}

  public static LongStream few() {
    return seeds(8);
  }

  public static LongStream many() {
    return seeds(64);
  }

  public static LongStream hundreds() {
    return seeds(200);
  }

  public static RandomGenerator random(long seed) {
    return new java.util.Random(seed);
  }

  private static LongStream seeds(int count) {
    return Optional.ofNullable(Long.getLong("sampo.seed"))
        .map(LongStream::of)
        .orElseGet(() -> LongStream.rangeClosed(1, count));
  }
}
