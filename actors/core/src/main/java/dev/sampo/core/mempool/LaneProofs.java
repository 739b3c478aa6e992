package dev.sampo.core.mempool;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.LaneRows.AckPlace;
import dev.sampo.core.merkle.MerklePath;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement.Ack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The proofs of availability of one lane, and what they cover of the batches at hand (L3). */
final class LaneProofs {

  /** So many are kept; each covers all batches below it. */
  static final int COUNT_MAX = 64;

  /** From a batch that was acknowledged down; {@code last} is the one below, at hand or not. */
  private record Chain(List<Batch> batches, Tip last) {}

  private final Function<Tip, Optional<Batch>> finder;
  private final TreeMap<AckPlace, Certificate> proofs = new TreeMap<>();

  /** {@code finder} finds a batch that is at hand. */
  LaneProofs(Function<Tip, Optional<Batch>> finder) {
    this.finder = finder;
  }

  /** True if it is new and was kept. */
  boolean add(Certificate proof, Ack of) {
    var place = new AckPlace(of.height(), of.run());
    if (proofs.putIfAbsent(place, proof) != null) {
      return false;
    }
    if (proofs.size() > COUNT_MAX) {
      proofs.pollFirstEntry();
    }
    return proofs.containsKey(place);
  }

  /** Whether there is a proof for exactly the tip (N4). */
  boolean isOf(Tip tip) {
    return highestFirst().stream()
        .anyMatch(ack -> ack.height().equals(tip.height()) && ack.batch().equals(tip.digest()));
  }

  /** L3: whether there is one for it, or for a batch above it on a chain that is at hand. */
  boolean cover(Tip tip) {
    return highestFirst().stream().anyMatch(ack -> covers(ack, tip));
  }

  private boolean covers(Ack ack, Tip tip) {
    return !ack.height().isBefore(tip.height()) && chainFrom(ack, tip.height()).last().equals(tip);
  }

  private Chain chainFrom(Ack ack, Height down) {
    var batches = new ArrayList<Batch>();
    var next = new Tip(ack.height(), ack.batch());
    while (next.height().isAfter(down)) {
      var found = finder.apply(next);
      if (found.isEmpty()) {
        break;
      }
      batches.add(found.get());
      next = found.get().parent();
    }
    return new Chain(batches, next);
  }

  /** What was proven, from the highest down. */
  List<Ack> highestFirst() {
    var acks = new ArrayList<Ack>();
    for (var proof : proofs.descendingMap().values()) {
      if (proof.statement() instanceof Ack ack) {
        acks.add(ack);
      }
    }
    return acks;
  }

  /** INVALID_ACK: what shows who vouched for the batch, whose entry has an invalid signature. */
  Optional<Evidence> against(Batch forged, int entry) {
    for (var proof : proofs.values()) {
      if (proof.statement() instanceof Ack ack && covers(ack, forged.tip())) {
        var above = chainFrom(ack, forged.height()).batches().reversed();
        var appends =
            Stream.concat(Stream.of(forged), above.stream()).map(Batch::statement).toList();
        var leaves =
            forged.transactions().stream().map(each -> each.contentHash().value()).toList();
        return Optional.of(
            new Evidence.InvalidAck(
                forged.transactions().get(entry), MerklePath.of(leaves, entry), appends, proof));
      }
    }
    return Optional.empty();
  }

  /** RE4: those in which an acknowledgement is void now count no more. */
  void keepOnly(Predicate<Certificate> current) {
    proofs.values().removeIf(current.negate());
  }

  /** Those of batches at or below {@code height} are of no more use. */
  void drop(Height height) {
    proofs.headMap(new AckPlace(height, Long.MAX_VALUE), true).clear();
  }
}
