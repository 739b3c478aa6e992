package dev.sampo.simulation.wan;

import dev.sampo.core.types.ValidatorSet;

/**
 * What validators sent each other, each message once for every recipient.
 *
 * @param blocks those that became final in the time of the count
 */
public record WanCounts(long blocks, Consensus consensus, Lanes lanes, Rest rest) {

  /**
   * Proposals and votes of a block.
   *
   * @param bytes without envelopes, inline transactions and state certificates, as in 2.19
   * @param stateBytes of the state certificates in proposals
   */
  public record Consensus(double messages, double bytes, double stateBytes) {}

  /**
   * Lanes.
   *
   * @param batches how many were counted
   * @param messagesPerBatch batches and acks
   * @param proofsPerBatch proofs of availability that went alone
   */
  public record Lanes(long batches, double messagesPerBatch, double proofsPerBatch) {}

  /**
   * The rest, for each block.
   *
   * @param certificates messages with certificates
   * @param attestations of the state
   * @param bytes of all messages of any kind, in their envelopes
   */
  public record Rest(double certificates, double attestations, double bytes) {}

  private static final long VOTE_BYTES = 115;
  private static final long PROPOSAL_BYTES = 353;
  private static final long TIP_BYTES = 40;
  private static final long SIGNATURE_BYTES = 64;
  private static final long NOTARIZATION_BYTES = 50;
  private static final int SMALL = 31;

  /** (n-1) + 2n(n-1): the messages of a block by 2.19. */
  public static long messagesOf(int validators) {
    long n = validators;
    return n - 1 + 2 * n * (n - 1);
  }

  /** The bytes of a block by 2.19. */
  public static long bytesOf(ValidatorSet validators) {
    long n = validators.size();
    long proposal = PROPOSAL_BYTES + TIP_BYTES * n;
    if (n <= SMALL) {
      proposal += NOTARIZATION_BYTES + (n + 7) / 8 + SIGNATURE_BYTES * validators.quorum();
    }
    return (n - 1) * proposal + 2 * n * (n - 1) * VOTE_BYTES;
  }
}
