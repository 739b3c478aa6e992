package dev.sampo.simulation.wan;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How long transactions of one way took, in one-way delays.
 *
 * @param count how many there were
 * @param total from the submission at a validator to finality there
 * @param waiting the part of it in which the leader to be had the transaction, or what its batch
 *     needs, and could not propose yet
 * @param travelling the rest: messages, disks and the age of a batch
 * @param fromProposal from the leader's proposal to finality at the validator of the submission
 */
public record Latencies(
    int count, Quantiles total, Quantiles waiting, Quantiles travelling, Quantiles fromProposal) {

  /** There must be at least one passage. */
  static Latencies of(List<Passage> passages, long delayNanos) {
    return new Latencies(
        passages.size(),
        quantiles(passages, Passage::total, delayNanos),
        quantiles(passages, Passage::waiting, delayNanos),
        quantiles(passages, Passage::travelling, delayNanos),
        quantiles(passages, Passage::fromProposal, delayNanos));
  }

  private static Quantiles quantiles(
      List<Passage> passages, ToLongFunction<Passage> time, long delayNanos) {
    return Quantiles.of(passages.stream().mapToLong(time).toArray(), delayNanos);
  }
}
