package dev.sampo.core.types;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The validators of an epoch in the order of their indices, one vote each (protocol 2.1).
 *
 * @param keys strictly ascending, so that no key appears twice; 1 to {@link #MAX_SIZE}
 */
public record ValidatorSet(List<PublicKey> keys) {

  /** The largest supported number of validators. */
  public static final int MAX_SIZE = 128;

  public ValidatorSet {
    keys = List.copyOf(keys);
    if (keys.isEmpty() || keys.size() > MAX_SIZE) {
      throw new IllegalArgumentException("needs 1 to " + MAX_SIZE + " keys, got " + keys.size());
    }
    for (int i = 1; i < keys.size(); i++) {
      if (keys.get(i - 1).compareTo(keys.get(i)) >= 0) {
        throw new IllegalArgumentException("validator keys must be strictly ascending");
      }
    }
  }

  public int size() {
    return keys.size();
  }

  /** f: how many may lie; 0 below four validators, which then only tolerate crashes (W19). */
  public int faultsTolerated() {
    return faultsToleratedOf(size());
  }

  /** The same of any set of so many. */
  public static int faultsToleratedOf(int size) {
    return (size - 1) / 3;
  }

  /** q = ceil((n + f + 1) / 2): two quorums share at least f + 1 validators. */
  public int quorum() {
    return quorumOf(size());
  }

  /** The same of any set of so many. */
  public static int quorumOf(int size) {
    return (size + faultsToleratedOf(size) + 2) / 2;
  }

  /**
   * a = max(f + 1, n - q + 1): every such set holds an honest validator and meets every quorum
   * (W19).
   */
  public int availabilityQuorum() {
    return Math.max(faultsTolerated() + 1, size() - quorum() + 1);
  }

  public PublicKey key(ValidatorIndex index) {
    return keys.get(index.number());
  }

  public boolean contains(ValidatorIndex index) {
    return index.number() < size();
  }

  public Optional<ValidatorIndex> indexOf(PublicKey key) {
    int index = keys.indexOf(key);
    return index < 0 ? Optional.empty() : Optional.of(ValidatorIndex.of(index));
  }

  public List<ValidatorIndex> indices() {
    return IntStream.range(0, size()).mapToObj(ValidatorIndex::of).toList();
  }
}
