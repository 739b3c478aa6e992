package dev.sampo.simulation.deployment;

import java.util.List;

/**
 * What one validator's processors spend, in nanoseconds of one core.
 *
 * @param transfer on each transfer of a block that it executes, its signature included
 * @param block on each block, whatever it carries, messages apart
 * @param message on each message from a peer, what its sender spent on it included
 */
public record Costs(long transfer, long block, long message) {

  /**
   * From docs/benchmarks.md, "Low load": the four validators of a ledger spent 49 ms on a block of
   * one transfer and 270 ms on one of 230, which is 0.241 ms a transfer and 12 ms a block for each
   * of them. Sockets, TLS, verification of votes and the engine were 35 % of the profile of one
   * that spent 10 ms on a block. That is for its share of 27 messages of consensus, of 12
   * attestations and of 3 transactions passed on: 0.333 ms for each of 10.5 messages. The rest of
   * the 12 ms is the block's.
   */
  public static final Costs MEASURED = new Costs(241_000, 8_500_000, 333_000);

  /** How many transfers a block had while the machine of docs/benchmarks.md was saturated. */
  private static final int FULL_BLOCK = 230;

  private static final double NANOS = 1e9;

  /** Nanoseconds that one of {@code members} spends on a block without transfers. */
  private double ofBlock(int members) {
    // 2.19, and an attestation of each other member.
    double received = (members - 1.0) / members + 3.0 * (members - 1);
    return block + message * received;
  }

  /**
   * How many transfers a second so many cores of all validators together carry in full blocks,
   * evenly spread over these ledgers.
   */
  double capacity(List<Committee> ledgers, int cores) {
    double ofAll =
        ledgers.stream()
            .mapToDouble(each -> each.size() * (transfer + ofBlock(each.size()) / FULL_BLOCK))
            .sum();
    return cores * NANOS * ledgers.size() / ofAll;
  }
}
