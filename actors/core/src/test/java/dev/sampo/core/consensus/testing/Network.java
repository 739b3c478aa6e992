package dev.sampo.core.consensus.testing;

import dev.sampo.core.types.ValidatorIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Decides when, how often and whether a message arrives. */
public final class Network {

  private final SplittableRandom random;
  private final long[][] latency;
  private int lossPercent;
  private int duplicationPercent;
  private long jitter;
  private final TreeSet<String> cut = new TreeSet<>();

  private Network(SplittableRandom random, long[][] latency) {
    this.random = random;
    this.latency = latency;
  }

  /** All links take the same time. */
  public static Network even(int validators, Duration oneWay, SplittableRandom random) {
    var latency = new long[validators][validators];
    for (var row : latency) {
      Arrays.fill(row, oneWay.toNanos());
    }
    return new Network(random, latency);
  }

  /** Each link takes a time of its own between the two, the same in both directions. */
  public static Network uneven(
      int validators, Duration least, Duration most, SplittableRandom random) {
    var latency = new long[validators][validators];
    for (int from = 0; from < validators; from++) {
      for (int to = 0; to <= from; to++) {
        latency[from][to] = random.nextLong(least.toNanos(), most.toNanos() + 1);
        latency[to][from] = latency[from][to];
      }
    }
    return new Network(random, latency);
  }

  public Network lossy(int lost, int duplicated, Duration delayedUpTo) {
    lossPercent = lost;
    duplicationPercent = duplicated;
    jitter = delayedUpTo.toNanos();
    return this;
  }

  /** Cuts random directed links. */
  public void partition(int validators) {
    cut.clear();
    int links = random.nextInt(validators * validators);
    for (int i = 0; i < links; i++) {
      cut.add(random.nextInt(validators) + ">" + random.nextInt(validators));
    }
  }

  /** Cuts all links of one validator. */
  public void isolate(ValidatorIndex lonely, int validators) {
    for (int other = 0; other < validators; other++) {
      cut.add(lonely + ">" + other);
      cut.add(other + ">" + lonely);
    }
  }

  /** From now on every message arrives, once and soon. */
  public void heal() {
    cut.clear();
    lossy(0, 0, Duration.ZERO);
  }

  /** After how many nanoseconds the message arrives; several times, or never. */
  List<Long> deliveries(ValidatorIndex from, ValidatorIndex to) {
    var delays = new ArrayList<Long>();
    if (cut.contains(from + ">" + to) || random.nextInt(100) < lossPercent) {
      return delays;
    }
    do {
      long late = jitter == 0 ? 0 : random.nextLong(jitter);
      delays.add(latency[from.number()][to.number()] + late);
    } while (random.nextInt(100) < duplicationPercent && delays.size() < 3);
    return delays;
  }
}
