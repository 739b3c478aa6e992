package dev.sampo.node.ledger;

import java.util.ArrayDeque;

/** Growth of a ledger's counters over about the last minute, from a sample in each second. */
public final class RateWindow {

  /** Counters since the process started. */
  public record Sample(long nanos, long blocks, long transactions, long syncs) {}

  private static final int SAMPLES = 61;

  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  public void add(Sample sample) {
    samples.addLast(sample);
    if (samples.size() > SAMPLES) {
      samples.removeFirst();
    }
  }

  public double blocksPerSecond() {
    return seconds() == 0 ? 0 : blocks() / seconds();
  }

  public double transactionsPerSecond() {
    return seconds() == 0
        ? 0
        : (samples.getLast().transactions() - samples.getFirst().transactions()) / seconds();
  }

  /** Zero while there were no blocks. */
  public double syncsPerBlock() {
    return blocks() == 0
        ? 0
        : (samples.getLast().syncs() - samples.getFirst().syncs()) / (double) blocks();
  }

  private long blocks() {
    return samples.isEmpty() ? 0 : samples.getLast().blocks() - samples.getFirst().blocks();
  }

  private double seconds() {
    return samples.isEmpty() ? 0 : (samples.getLast().nanos() - samples.getFirst().nanos()) / 1e9;
  }
}
