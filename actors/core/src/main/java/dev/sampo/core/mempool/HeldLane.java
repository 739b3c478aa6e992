package dev.sampo.core.mempool;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.genesis.LaneParameters;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.LaneRows.AckPlace;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement.Ack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What this validator holds of one lane above the blocks that went to execution (L2). */
final class HeldLane {

  /** So many proofs of availability are kept of one lane; each covers all batches below it. */
  static final int PROOFS_MAX = 64;

  /** So many batches must become final before a lane is in good standing again. */
  static final int SUSPECTED_FOR = 32;

  private enum State {
    /** Not for the disk yet: its parent is not known well enough to acknowledge it. */
    WAITING,
    /** On its way to the disk. */
    STORING,
    STORED
  }

  private static final class Held {
    private final Batch batch;
    private State state = State.WAITING;
    private boolean acked;
    // D10: that it was acknowledged is on disk too.
    private boolean ackStored;

    Held(Batch batch) {
      this.batch = batch;
    }
  }

  /** What becomes of a batch that came. */
  enum Offer {
    TAKEN,
    /** Acknowledged before: its owner asks again. */
    ACKED,
    /** Of no use, too much, or known and not acknowledged yet. */
    DROPPED,
    /** For the first time another batch of that height and run than the one acknowledged. */
    FORKED
  }

  private final LaneParameters limits;
  private final Map<Hash, Held> batches = new LinkedHashMap<>();
  private final TreeMap<AckPlace, Hash> acked = new TreeMap<>();
  private final TreeMap<AckPlace, Certificate> proofs = new TreeMap<>();
  private final TreeSet<AckPlace> forked = new TreeSet<>();
  private Tip finalTip = Tip.UNUSED;
  private Height released = Height.ZERO;
  private long highestRun;
  private int unacked;
  private Height suspectUpTo = Height.ZERO;

  HeldLane(LaneParameters limits) {
    this.limits = limits;
  }

  /** Takes up what was found on disk. */
  void recover(Tip lastFinal, List<Batch> stored, Map<AckPlace, Hash> acks, long run) {
    finalTip = lastFinal;
    released = lastFinal.height();
    highestRun = run;
    acked.putAll(acks);
    for (var batch : stored) {
      var held = new Held(batch);
      held.state = State.STORED;
      held.acked = batch.digest().equals(acked.get(placeOf(batch)));
      held.ackStored = held.acked;
      unacked += held.acked ? 0 : 1;
      batches.put(batch.digest(), held);
    }
  }

  /** The newest batch that a final block orders. */
  Tip finalTip() {
    return finalTip;
  }

  /** The highest run of which a batch was acknowledged. */
  long highestRun() {
    return highestRun;
  }

  /**
   * L2, L2b: takes the owner's batch in, to be acknowledged once its parent is. One that is late,
   * so that a final block may wait for it, has a place too.
   */
  Offer offer(Batch batch) {
    var known = batches.get(batch.digest());
    if (known != null) {
      return known.ackStored ? Offer.ACKED : Offer.DROPPED;
    }
    if (!batch.height().isAfter(released)) {
      return Offer.DROPPED;
    }
    var other = acked.get(placeOf(batch));
    if (other != null) {
      boolean isFork = !other.equals(batch.digest()) && forked.add(placeOf(batch));
      return isFork ? Offer.FORKED : Offer.DROPPED;
    }
    if (!fits(batch)) {
      return Offer.DROPPED;
    }
    batches.put(batch.digest(), new Held(batch));
    unacked++;
    return Offer.TAKEN;
  }

  private static AckPlace placeOf(Batch batch) {
    return new AckPlace(batch.height(), batch.run());
  }

  /** The acknowledged batch at the place of {@code batch}, if it is still at hand. */
  Optional<Batch> rivalOf(Batch batch) {
    return Optional.ofNullable(acked.get(placeOf(batch))).flatMap(this::find);
  }

  /**
   * L2b: the newest run has a window of its own, all older ones share another, and so does what is
   * not above the final tip.
   */
  private boolean fits(Batch batch) {
    long newest = batch.run();
    for (var held : batches.values()) {
      newest = Math.max(newest, held.batch.run());
    }
    long ofNewest = 0;
    long ofOlder = 0;
    long late = 0;
    for (var held : batches.values()) {
      if (!held.batch.height().isAfter(finalTip.height())) {
        late += held.state == State.WAITING ? held.batch.payloadLength() : 0;
      } else if (held.batch.run() == newest) {
        ofNewest += held.batch.payloadLength();
      } else {
        ofOlder += held.batch.payloadLength();
      }
    }
    long taken = batch.run() == newest ? ofNewest : ofOlder;
    if (!batch.height().isAfter(finalTip.height())) {
      taken = late;
    }
    return batch.payloadLength() <= limits.batchBytesMax()
        && Math.max(taken + batch.payloadLength(), ofOlder) <= limits.windowBytes();
  }

  /** Bytes of all batches at hand. */
  long bytes() {
    return batches.values().stream().mapToLong(held -> held.batch.payloadLength()).sum();
  }

  /** Bytes of batches of a run that no final block orders yet. */
  long unorderedBytes(long run) {
    long bytes = 0;
    for (var held : batches.values()) {
      if (held.batch.run() == run && held.batch.height().isAfter(finalTip.height())) {
        bytes += held.batch.payloadLength();
      }
    }
    return bytes;
  }

  /**
   * The batches that may be acknowledged once they are on disk, lowest first; each is returned
   * once.
   */
  List<Batch> takeAckable() {
    var taken = new ArrayList<Batch>();
    boolean isMore = true;
    while (isMore && unacked > 0) {
      isMore = false;
      for (var held : batches.values()) {
        if (!held.acked && isAckable(held.batch)) {
          if (held.state == State.WAITING) {
            held.state = State.STORING;
          }
          unacked--;
          held.acked = true;
          acked.put(placeOf(held.batch), held.batch.digest());
          highestRun = Math.max(highestRun, held.batch.run());
          taken.add(held.batch);
          isMore = true;
        }
      }
    }
    return taken;
  }

  /** L2: never two digests at one place, and on an acknowledged batch or on the final tip. */
  private boolean isAckable(Batch batch) {
    if (acked.containsKey(placeOf(batch)) || !batch.height().isAfter(finalTip.height())) {
      return false;
    }
    var parent = batch.parent();
    boolean onAcked = parent.digest().equals(acked.get(new AckPlace(parent.height(), batch.run())));
    return onAcked || parent.equals(finalTip) && batch.run() >= highestRun;
  }

  /** Whether a batch is at hand that was not acknowledged. */
  boolean isWaiting() {
    return unacked > 0;
  }

  /** Parents that keep batches from being acknowledged and are not at hand. */
  List<Tip> missingParents() {
    var missing = new ArrayList<Tip>();
    for (var held : batches.values()) {
      var parent = held.batch.parent();
      boolean isUnknown =
          !held.acked
              && parent.height().isAfter(finalTip.height())
              && !batches.containsKey(parent.digest());
      if (isUnknown) {
        missing.add(parent);
      }
    }
    return missing;
  }

  /**
   * Takes in a batch that a block refers to, whether or not it may be acknowledged. False if it
   * need not be stored.
   */
  boolean hold(Batch batch) {
    var held = batches.get(batch.digest());
    if (held == null) {
      held = new Held(batch);
      batches.put(batch.digest(), held);
      unacked++;
    } else if (held.state != State.WAITING) {
      return false;
    }
    held.state = State.STORING;
    return true;
  }

  void stored(Hash digest) {
    var held = batches.get(digest);
    if (held != null) {
      held.state = State.STORED;
    }
  }

  /** So is that it was acknowledged. */
  void ackStored(Hash digest) {
    var held = batches.get(digest);
    if (held != null) {
      held.state = State.STORED;
      held.ackStored = true;
    }
  }

  List<Batch> stored() {
    return batches.values().stream()
        .filter(held -> held.state == State.STORED)
        .map(held -> held.batch)
        .toList();
  }

  private Optional<Batch> find(Hash digest) {
    return Optional.ofNullable(batches.get(digest)).map(held -> held.batch);
  }

  /** A batch that is at hand, on disk or not. */
  Optional<Batch> find(Tip tip) {
    return find(tip.digest()).filter(batch -> batch.height().equals(tip.height()));
  }

  /** A batch that is on disk. */
  Optional<Batch> findStored(Tip tip) {
    var held = batches.get(tip.digest());
    return held != null && held.state == State.STORED && held.batch.height().equals(tip.height())
        ? Optional.of(held.batch)
        : Optional.empty();
  }

  /** Keeps a proof of availability; true if it is new and above the final tip. */
  boolean prove(Certificate proof, Ack of) {
    var place = new AckPlace(of.height(), of.run());
    if (!of.height().isAfter(finalTip.height()) || proofs.containsKey(place)) {
      return false;
    }
    proofs.put(place, proof);
    if (proofs.size() > PROOFS_MAX) {
      proofs.pollFirstEntry();
    }
    return proofs.containsKey(place);
  }

  boolean isProven(Tip tip) {
    for (var proof : proofs.values()) {
      if (proof.statement() instanceof Ack ack
          && ack.height().equals(tip.height())
          && ack.batch().equals(tip.digest())) {
        return true;
      }
    }
    return false;
  }

  /**
   * P3: the tip that a leader takes after {@code parent}: of the highest run, and of that the
   * highest, whose batches are all on disk and meet the parent's tip. If it is too far ahead, it
   * covers what lies below it (L3): as much as a block may order. While the lane is in good
   * standing, a batch needs no proof if it was acknowledged here.
   */
  Tip tipAfter(Tip parent) {
    return tipAfter(parent, limits.advanceMax());
  }

  /** The same if a block may order {@code batchesMax} batches of the lane, at most advanceMax. */
  Tip tipAfter(Tip parent, int batchesMax) {
    var candidates = new ArrayList<Candidate>();
    if (isInGoodStanding()) {
      acked
          .descendingMap()
          .forEach(
              (at, digest) ->
                  candidates.add(new Candidate(at.run(), new Tip(at.height(), digest))));
    }
    candidates.addAll(proven());
    return best(candidates, parent, batchesMax);
  }

  /** As {@link #tipAfter}, but only what a proof of availability covers. */
  Tip provenTipAfter(Tip parent) {
    return best(proven(), parent, limits.advanceMax());
  }

  private Tip best(List<Candidate> candidates, Tip parent, int batchesMax) {
    var best = parent;
    long bestRun = -1;
    for (var candidate : candidates) {
      boolean isBetter =
          candidate.tip().height().isAfter(parent.height()) && candidate.run() > bestRun;
      var tip = isBetter ? highestBelow(candidate.tip(), parent, batchesMax) : parent;
      if (!tip.equals(parent)) {
        best = tip;
        bestRun = candidate.run();
      }
    }
    return best;
  }

  private record Candidate(long run, Tip tip) {}

  /** From the highest down. */
  private List<Candidate> proven() {
    var proven = new ArrayList<Candidate>();
    for (var proof : proofs.descendingMap().values()) {
      if (proof.statement() instanceof Ack ack) {
        proven.add(new Candidate(ack.run(), new Tip(ack.height(), ack.batch())));
      }
    }
    return proven;
  }

  private boolean isInGoodStanding() {
    return !finalTip.height().isBefore(suspectUpTo);
  }

  /** Its batches did not reach everyone in time: for a while only proven ones are proposed. */
  void suspect() {
    suspectUpTo = finalTip.height().plus(SUSPECTED_FOR);
  }

  /** On the way from {@code tip} down to {@code parent} the highest tip that a block may order. */
  private Tip highestBelow(Tip tip, Tip parent, int batchesMax) {
    var chain = new ArrayList<Batch>();
    var next = tip;
    while (next.height().isAfter(parent.height())) {
      var found = findStored(next);
      if (found.isEmpty()) {
        return parent;
      }
      chain.add(found.get());
      next = found.get().parent();
    }
    var highest = parent;
    if (next.equals(parent)) {
      long bytes = 0;
      int advance = 0;
      for (var batch : chain.reversed()) {
        bytes += batch.payloadLength();
        if (++advance > batchesMax || bytes > limits.windowBytes()) {
          return highest;
        }
        highest = batch.tip();
      }
    }
    return highest;
  }

  /** L4: a final block orders the lane up to {@code tip}. */
  void finalAt(Tip tip) {
    finalTip = tip;
    proofs.headMap(new AckPlace(tip.height(), Long.MAX_VALUE), true).clear();
  }

  /** What lies at or below {@code height} went to execution and is served from disk. */
  void release(Height height) {
    released = height;
    batches.values().removeIf(held -> isReleased(held, height));
    acked.headMap(new AckPlace(height, -1), false).clear();
    forked.headSet(new AckPlace(height, -1), false).clear();
  }

  private boolean isReleased(Held held, Height height) {
    boolean isReleased = held.state != State.STORING && !held.batch.height().isAfter(height);
    if (isReleased && !held.acked) {
      unacked--;
    }
    return isReleased;
  }
}
