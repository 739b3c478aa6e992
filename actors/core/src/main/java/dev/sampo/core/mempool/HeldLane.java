package dev.sampo.core.mempool;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.genesis.LaneParameters;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.LaneRows.AckPlace;
import dev.sampo.core.lane.LaneRows.Acked;
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

  private enum State {
    /** Not for the disk yet: its parent is not known well enough to acknowledge it. */
    WAITING,
    /** On its way to the disk. */
    STORING,
    STORED
  }

  private enum Said {
    NOTHING,
    STORED,
    VERIFIED
  }

  private static final class Held {
    private final Batch batch;
    private State state = State.WAITING;
    private Said acked = Said.NOTHING;
    // D10: that it was acknowledged, and how, is on disk too.
    private Said ackStored = Said.NOTHING;

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
  private final SignatureChecks checks;
  private final Map<Hash, Held> batches = new LinkedHashMap<>();
  private final TreeMap<AckPlace, Hash> acked = new TreeMap<>();
  private final LaneProofs proofs = new LaneProofs(this::find);
  private final TipChoice tips;
  private final TreeSet<AckPlace> forked = new TreeSet<>();
  private Tip finalTip = Tip.UNUSED;
  private Height released = Height.ZERO;
  private long highestRun;
  private int unacked;

  /** Of a ledger whose validators check signatures when they execute. */
  HeldLane(LaneParameters limits) {
    this(limits, SignatureChecks.none());
  }

  HeldLane(LaneParameters limits, SignatureChecks checks) {
    this.limits = limits;
    this.checks = checks;
    this.tips = new TipChoice(limits, proofs, checks, this::findStored);
  }

  /** What is known of the clients' signatures in the batches (X11). */
  SignatureChecks checks() {
    return checks;
  }

  /** Takes up what was found on disk. */
  void recover(Tip lastFinal, List<Batch> stored, Map<AckPlace, Acked> acks, long run) {
    finalTip = lastFinal;
    tips.finalAt(lastFinal);
    released = lastFinal.height();
    highestRun = run;
    acks.forEach((place, ack) -> acked.put(place, ack.batch()));
    for (var batch : stored) {
      var held = new Held(batch);
      held.state = State.STORED;
      held.acked =
          Optional.ofNullable(acks.get(placeOf(batch)))
              .map(ack -> saidOf(batch, ack))
              .orElse(Said.NOTHING);
      held.ackStored = held.acked;
      unacked += held.acked == Said.NOTHING ? 1 : 0;
      batches.put(batch.digest(), held);
      if (held.acked == Said.VERIFIED) {
        checks.vouched(batch);
      } else {
        checkIfEager(batch);
      }
    }
  }

  private static Said saidOf(Batch batch, Acked ack) {
    if (!batch.digest().equals(ack.batch())) {
      return Said.NOTHING;
    }
    return ack.verified() ? Said.VERIFIED : Said.STORED;
  }

  private void checkIfEager(Batch batch) {
    if (checks.isEager(finalTip)) {
      checks.demand(batch);
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
      offeredAgain(known);
      return known.ackStored == Said.NOTHING ? Offer.DROPPED : Offer.ACKED;
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
    checkIfEager(batch);
    return Offer.TAKEN;
  }

  /** X11: a proof did not form in time, so that more must check what waits in the lane. */
  private void offeredAgain(Held known) {
    if (checks.isAttested() && known.ackStored != Said.VERIFIED) {
      checks.askedAgain(finalTip);
      batches.values().stream()
          .map(held -> held.batch)
          .filter(batch -> batch.height().isAfter(finalTip.height()))
          .forEach(checks::demand);
    }
  }

  /** The acknowledgement of a batch that may be signed again, since it is on disk. */
  Optional<Ack> storedAck(Batch batch) {
    return Optional.ofNullable(batches.get(batch.digest()))
        .filter(held -> held.ackStored != Said.NOTHING)
        .map(held -> batch.ack(held.ackStored == Said.VERIFIED));
  }

  /** The acknowledgement that is to be on disk. */
  Ack ackOf(Batch batch) {
    var held = batches.get(batch.digest());
    return batch.ack(held != null && held.acked == Said.VERIFIED);
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
        if (held.acked == Said.NOTHING && isAckable(held.batch)) {
          if (held.state == State.WAITING) {
            held.state = State.STORING;
          }
          unacked--;
          held.acked = checks.vouches(held.batch, finalTip) ? Said.VERIFIED : Said.STORED;
          acked.put(placeOf(held.batch), held.batch.digest());
          highestRun = Math.max(highestRun, held.batch.run());
          taken.add(held.batch);
          isMore = true;
        }
      }
    }
    return taken;
  }

  /** X11: what was acknowledged as stored and is verified now; each is returned once. */
  List<Batch> takeVouched() {
    var taken = new ArrayList<Batch>();
    if (!checks.isAttested()) {
      return taken;
    }
    for (var held : batches.values()) {
      if (held.acked == Said.STORED
          && held.batch.height().isAfter(finalTip.height())
          && checks.vouches(held.batch, finalTip)) {
        held.acked = Said.VERIFIED;
        taken.add(held.batch);
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
    boolean onFinal = parent.equals(finalTip) && batch.run() >= highestRun;
    return (onAcked || onFinal) && checks.mayAck(batch, finalTip);
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
          held.acked == Said.NOTHING
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
      checkIfEager(batch);
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
  void ackStored(Ack ack) {
    var held = batches.get(ack.batch());
    if (held != null) {
      held.state = State.STORED;
      held.ackStored = ack.verified() ? Said.VERIFIED : Said.STORED;
    }
  }

  List<Batch> stored() {
    return batches.values().stream()
        .filter(held -> held.state == State.STORED)
        .map(held -> held.batch)
        .toList();
  }

  /** A batch that is at hand, on disk or not. */
  Optional<Batch> find(Hash digest) {
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
    return of.height().isAfter(finalTip.height()) && proofs.add(proof, of);
  }

  /** The proofs of availability that are kept. */
  LaneProofs proofs() {
    return proofs;
  }

  /** The choice among its tips (P3). */
  TipChoice tips() {
    return tips;
  }

  /** P3: the tip that a leader takes after {@code parent}, with a proof or without. */
  Tip tipAfter(Tip parent) {
    return tipAfter(parent, limits.advanceMax());
  }

  /** The same if a block may order {@code batchesMax} batches of the lane, at most advanceMax. */
  Tip tipAfter(Tip parent, int batchesMax) {
    return tips.after(parent, acked, batchesMax);
  }

  /** L4: a final block orders the lane up to {@code tip}. */
  void finalAt(Tip tip) {
    finalTip = tip;
    tips.finalAt(tip);
    // What is shown to be a forgery only now may need the proof that vouched for it.
    if (!checks.isAttested()) {
      proofs.drop(tip.height());
    }
  }

  /** What lies at or below {@code height} went to execution and is served from disk. */
  void release(Height height) {
    released = height;
    batches.values().removeIf(held -> isReleased(held, height));
    acked.headMap(new AckPlace(height, -1), false).clear();
    forked.headSet(new AckPlace(height, -1), false).clear();
    proofs.drop(height);
    checks.release(height);
  }

  private boolean isReleased(Held held, Height height) {
    boolean isReleased = held.state != State.STORING && !held.batch.height().isAfter(height);
    if (isReleased && held.acked == Said.NOTHING) {
      unacked--;
    }
    return isReleased;
  }
}
