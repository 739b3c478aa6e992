package dev.sampo.simulation.invariant;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Statement.Incarnate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * RE4 and N4: a validator that lost its records speaks in lanes with an incarnation that it never
 * spoke with before, and only once q others have stored it; and a voter finds a lane available only
 * if it holds the batches, or if a proof was sent whose incarnations are all those that it has
 * stored itself.
 */
public final class IncarnationsHold implements Invariant {

  /** Who said something, and after how many losses of its records. */
  private record Speaker(ValidatorIndex by, int losses) {}

  /** What one validator has on its disk, since it lost it last. */
  private static final class Disk {
    private int losses;
    private final LinkedHashSet<Hash> batches = new LinkedHashSet<>();
    private final TreeMap<ValidatorIndex, Integer> incarnations = new TreeMap<>();
  }

  private final Ground ground;
  private final TreeMap<ValidatorIndex, Disk> disks = new TreeMap<>();
  private final LinkedHashMap<Hash, Batch> batches = new LinkedHashMap<>();
  private final LinkedHashMap<Hash, Block> blocks = new LinkedHashMap<>();
  // Of each batch that was proven: the incarnation of each signer of each proof that was sent.
  private final LinkedHashMap<Ack, Set<Map<ValidatorIndex, Integer>>> proofs =
      new LinkedHashMap<>();
  private final LinkedHashMap<Speaker, Integer> incarnationOf = new LinkedHashMap<>();
  // By whose incarnation it is, and by the incarnation: who ever stored it.
  private final TreeMap<ValidatorIndex, Map<Integer, Set<ValidatorIndex>>> storedBy =
      new TreeMap<>();
  private final TreeMap<ValidatorIndex, Integer> spokenAs = new TreeMap<>();

  public IncarnationsHold(Ground ground) {
    this.ground = ground;
    blocks.put(ground.genesis().block().hash(), ground.genesis().block());
  }

  @Override
  public String id() {
    return "RE4";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Lost.class
        || kind == Observation.Appended.class
        || kind == Observation.Promised.class
        || kind == Observation.FoundAvailable.class
        || kind == Observation.Sent.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Lost(var by) -> {
        var empty = new Disk();
        empty.losses = disk(by).losses + 1;
        disks.put(by, empty);
      }
      case Observation.Appended(var by, var writes) -> appended(by, writes);
      case Observation.Promised(var by, Promise.RecoveredFrom(_, _, int incarnation)) ->
          recovered(by, incarnation, findings);
      case Observation.FoundAvailable(var by, var block) -> {
        if (ground.isHonest(by)) {
          foundAvailable(by, block, findings);
        }
      }
      case Observation.Sent(var by, _, var message) -> {
        note(message);
        if (ground.isHonest(by)) {
          sent(by, message, findings);
        }
      }
      case Observation other -> {}
    }
  }

  private Disk disk(ValidatorIndex of) {
    return disks.computeIfAbsent(of, _ -> new Disk());
  }

  private Speaker speaker(ValidatorIndex by) {
    return new Speaker(by, disk(by).losses);
  }

  private void appended(ValidatorIndex by, LaneWrites writes) {
    for (var batch : writes.batches()) {
      batches.putIfAbsent(batch.digest(), batch);
      disk(by).batches.add(batch.digest());
    }
    for (var vote : writes.announcements()) {
      if (vote.statement() instanceof Incarnate(_, int incarnation)) {
        disk(by).incarnations.put(vote.signer(), incarnation);
        storedBy
            .computeIfAbsent(vote.signer(), _ -> new TreeMap<>())
            .computeIfAbsent(incarnation, _ -> new TreeSet<>())
            .add(by);
      }
    }
  }

  private void recovered(ValidatorIndex by, int incarnation, Findings findings) {
    incarnationOf.put(speaker(by), incarnation);
    var spoken = spokenAs.get(by);
    if (spoken != null && incarnation <= spoken && ground.isHonest(by)) {
      findings.violated(
          this, by + " has incarnation " + incarnation + " again, but spoke as " + spoken);
    }
  }

  private void note(PeerMessage message) {
    switch (message) {
      case Proposal(var block, _, _) -> blocks.put(block.hash(), block);
      case BatchAppended(_, var proof) -> proof.ifPresent(this::note);
      case AvailabilityProofs(var sent) -> sent.forEach(this::note);
      case PeerMessage other -> {}
    }
  }

  private void note(Certificate proof) {
    if (proof.statement() instanceof Ack ack) {
      var incarnations = new TreeMap<ValidatorIndex, Integer>();
      proof.votes().forEach(vote -> incarnations.put(vote.signer(), vote.incarnation()));
      proofs.computeIfAbsent(ack, _ -> new LinkedHashSet<>()).add(incarnations);
    }
  }

  private void sent(ValidatorIndex by, PeerMessage message, Findings findings) {
    switch (message) {
      case BatchAck(var vote) when vote.statement() instanceof Ack ack ->
          spoke(by, ack.incarnation(), message, findings);
      case BatchAppended(var batch, _) when batch.lane().equals(by) ->
          spoke(by, batch.run() >>> Integer.SIZE, message, findings);
      case PeerMessage other -> {}
    }
  }

  private void spoke(ValidatorIndex by, long as, PeerMessage message, Findings findings) {
    var speaker = speaker(by);
    int own = speaker.losses() == 0 ? 0 : incarnationOf.getOrDefault(speaker, -1);
    if (own != as) {
      findings.violated(
          this, by + " says as incarnation " + as + ", but is " + own + ": " + message);
      return;
    }
    spokenAs.put(by, own);
    if (own == 0) {
      return;
    }
    var holders = new TreeSet<>(ground.liars());
    holders.addAll(storedBy.getOrDefault(by, Map.of()).getOrDefault(own, Set.of()));
    holders.remove(by);
    if (holders.size() < ground.quorum()) {
      findings.violated(
          this, by + " speaks as " + own + ", which only " + holders + " stored: " + message);
    }
  }

  private void foundAvailable(ValidatorIndex by, Hash hash, Findings findings) {
    var block = blocks.get(hash);
    var parent = block == null ? null : blocks.get(block.header().parent());
    if (block == null || parent == null) {
      return;
    }
    for (int lane = 0; lane < ground.validators(); lane++) {
      var tip = block.cut().tips().get(lane);
      var above = parent.cut().tips().get(lane);
      if (!tip.equals(above) && !isProven(by, lane, tip) && !holds(by, tip, above)) {
        findings.violated(
            this, by + " counts lane " + lane + " up to " + tip + " by void acknowledgements");
      }
    }
  }

  /** On attested ledgers a proof of a later batch proves this one too (X11). */
  private boolean isProven(ValidatorIndex by, int lane, Tip tip) {
    boolean isAttested = ground.genesis().parameters().isAttested();
    for (var proven : proofs.entrySet()) {
      var ack = proven.getKey();
      boolean isOfTip = ack.batch().equals(tip.digest()) && ack.height().equals(tip.height());
      boolean isAbove =
          isAttested && ack.lane().number() == lane && ack.height().isAfter(tip.height());
      if ((isOfTip || isAbove)
          && proven.getValue().stream().anyMatch(proof -> isCurrent(by, proof))) {
        return true;
      }
    }
    return false;
  }

  private boolean isCurrent(ValidatorIndex by, Map<ValidatorIndex, Integer> proof) {
    for (var signer : proof.entrySet()) {
      int known =
          signer.getKey().equals(by)
              ? incarnationOf.getOrDefault(speaker(by), 0)
              : disk(by).incarnations.getOrDefault(signer.getKey(), 0);
      if (signer.getValue() != known) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(ValidatorIndex by, Tip tip, Tip above) {
    var digest = tip.digest();
    for (long height = tip.height().number(); height > above.height().number(); height--) {
      var batch = batches.get(digest);
      if (batch == null || !disk(by).batches.contains(digest)) {
        return false;
      }
      digest = batch.statement().parent();
    }
    return true;
  }
}
