package dev.sampo.core.consensus;

import dev.sampo.core.block.Block;
import dev.sampo.core.lane.OrderedBatches;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.RecoveryNonce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a validator finds on its disk when it starts.
 *
 * @param promises in the order in which they were made; those at or below the last final view may
 *     be among them
 * @param lastFinal the newest block that is stored as final: the genesis block at first
 * @param finality its proof; empty for genesis
 * @param ordered what was ordered up to that block and to those below it (EX7)
 * @param lost present if what was promised before is lost: then nothing is promised until others
 *     have said what it may have been (RE1, RE2)
 */
public record Recovered(
    List<Promise> promises,
    Block lastFinal,
    Optional<FinalityProof> finality,
    OrderedBatches ordered,
    Optional<RecoveryNonce> lost) {

  public Recovered {
    promises = List.copyOf(promises);
    ordered = ordered.copy();
  }

  /** What a disk holds from which nothing was lost. */
  public Recovered(
      List<Promise> promises,
      Block lastFinal,
      Optional<FinalityProof> finality,
      OrderedBatches ordered) {
    this(promises, lastFinal, finality, ordered, Optional.empty());
  }

  /** Where nothing is known of the blocks below the last one, as where no batch was ordered. */
  public Recovered(List<Promise> promises, Block lastFinal, Optional<FinalityProof> finality) {
    this(promises, lastFinal, finality, OrderedBatches.from(lastFinal));
  }

  /** The same, of a validator that lost what it promised before and asks with this nonce. */
  public Recovered asking(RecoveryNonce nonce) {
    return new Recovered(promises, lastFinal, finality, ordered, Optional.of(nonce));
  }

  /** The same once that is settled: with the promise that bounds what was lost. */
  public Recovered with(Promise.RecoveredFrom promise) {
    var more = new ArrayList<>(promises);
    more.add(promise);
    return new Recovered(more, lastFinal, finality, ordered, Optional.empty());
  }

  /** Whether a validator with these promises has lost others before and has settled that. */
  public static boolean isSettled(List<Promise> promises) {
    return promises.stream().anyMatch(Promise.RecoveredFrom.class::isInstance);
  }

  /** The incarnation of a validator that lost its records and has settled that (RE4). */
  public OptionalInt incarnation() {
    return promises.stream()
        .filter(Promise.RecoveredFrom.class::isInstance)
        .mapToInt(promise -> ((Promise.RecoveredFrom) promise).incarnation())
        .max();
  }

  public View finalView() {
    return lastFinal.view();
  }

  public Hash finalHash() {
    return lastFinal.hash();
  }
}
