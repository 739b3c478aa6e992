package dev.sampo.simulation.invariant;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Statement.Ack;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * I15 and N4: an honest validator acknowledges at most one batch at a place, from one loss of its
 * records to the next, and only with all that lies below it on disk, so that a proof of
 * availability has an honest holder; and it votes for a tip only if such a proof can be made or the
 * batches are on its own disk.
 */
public final class AcksHold implements Invariant {

  /** RE4: what it acknowledged before a loss binds nobody any more. */
  private record Place(
      ValidatorIndex by, int losses, ValidatorIndex lane, long run, Height height) {}

  private final Ground ground;
  private final LinkedHashMap<Hash, Batch> batches = new LinkedHashMap<>();
  private final TreeMap<ValidatorIndex, LinkedHashSet<Hash>> held = new TreeMap<>();
  private final LinkedHashMap<Place, Hash> acked = new LinkedHashMap<>();
  private final LinkedHashMap<Hash, LinkedHashSet<ValidatorIndex>> ackers = new LinkedHashMap<>();
  private final LinkedHashMap<Hash, Block> blocks = new LinkedHashMap<>();
  private final TreeMap<ValidatorIndex, Integer> losses = new TreeMap<>();
  private final LinkedHashSet<Tip> notarized = new LinkedHashSet<>();

  public AcksHold(Ground ground) {
    this.ground = ground;
    blocks.put(ground.genesis().block().hash(), ground.genesis().block());
    notarized.add(Tip.UNUSED);
  }

  @Override
  public String id() {
    return "I15";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Lost.class
        || kind == Observation.Appended.class
        || kind == Observation.Constructible.class
        || kind == Observation.Promised.class
        || kind == Observation.Sent.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Appended(var by, var writes) -> appended(by, writes, findings);
      // RE4: it holds nothing of what it acknowledged.
      case Observation.Lost(var by) -> {
        losses.merge(by, 1, Integer::sum);
        held.remove(by);
      }
      case Observation.Sent(_, _, Proposal(var block, _, _)) -> blocks.put(block.hash(), block);
      case Observation.Sent(var by, _, BatchAck(var vote)) -> {
        if (ground.isHonest(by) && vote.statement() instanceof Ack ack) {
          acked(by, ack, findings);
        }
      }
      case Observation.Promised(var by, var promise) -> {
        if (ground.isHonest(by)
            && promise instanceof Promise.Stated(Statement.Notarize(_, _, var block))) {
          voted(by, block, findings);
        }
      }
      case Observation.Constructible(Statement.Notarize(_, _, var hash)) -> {
        var block = blocks.get(hash);
        if (block != null) {
          notarized.addAll(block.cut().tips());
        }
      }
      case Observation other -> {}
    }
  }

  private Batch batch(Hash digest) {
    return Optional.ofNullable(batches.get(digest)).orElseThrow();
  }

  private Set<Hash> heldBy(ValidatorIndex by) {
    return held.computeIfAbsent(by, _ -> new LinkedHashSet<>());
  }

  private void appended(ValidatorIndex by, LaneWrites writes, Findings findings) {
    for (var batch : writes.batches()) {
      batches.putIfAbsent(batch.digest(), batch);
      heldBy(by).add(batch.digest());
    }
    if (ground.isHonest(by)) {
      writes.acks().forEach(ack -> acked(by, ack, findings));
    }
  }

  private void acked(ValidatorIndex by, Ack ack, Findings findings) {
    var place = new Place(by, losses.getOrDefault(by, 0), ack.lane(), ack.run(), ack.height());
    var other = acked.putIfAbsent(place, ack.batch());
    if (other != null && !other.equals(ack.batch())) {
      findings.violated(this, by + " acknowledges " + ack + " beside " + other);
    }
    if (ackers.computeIfAbsent(ack.batch(), _ -> new LinkedHashSet<>()).add(by)
        && !rests(by, ack.batch())) {
      findings.violated(this, by + " acknowledges " + ack + " without what lies below");
    }
  }

  /** Down to a batch that a notarized block orders, as an acknowledgement reaches no further. */
  private boolean rests(ValidatorIndex by, Hash digest) {
    var next = digest;
    while (heldBy(by).contains(next)) {
      var parent = batch(next).parent();
      if (notarized.contains(parent)) {
        return true;
      }
      next = parent.digest();
    }
    return false;
  }

  private void voted(ValidatorIndex by, Hash hash, Findings findings) {
    var block = blocks.get(hash);
    var parent = block == null ? null : blocks.get(block.header().parent());
    if (block == null || parent == null || block.cut().equals(parent.cut())) {
      return;
    }
    for (int lane = 0; lane < ground.validators(); lane++) {
      var tip = block.cut().tips().get(lane);
      var above = parent.cut().tips().get(lane);
      if (!tip.equals(above) && !isProvable(tip) && !holds(by, tip, above)) {
        findings.violated(this, by + " votes for lane " + lane + " up to " + tip + ", not held");
      }
    }
  }

  private boolean isProvable(Tip tip) {
    int honest = ackers.getOrDefault(tip.digest(), new LinkedHashSet<>()).size();
    return honest + ground.liars().size() >= ground.availabilityQuorum() && honest > 0;
  }

  private boolean holds(ValidatorIndex by, Tip tip, Tip above) {
    var digest = tip.digest();
    for (long height = tip.height().number(); height > above.height().number(); height--) {
      if (!heldBy(by).contains(digest)) {
        return false;
      }
      digest = batch(digest).statement().parent();
    }
    return true;
  }
}
