package dev.sampo.core.mempool;

import dev.sampo.core.block.Cut;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.LaneRows;
import dev.sampo.core.lane.LaneWalk;
import dev.sampo.core.mempool.BatchFetcher.Need;
import dev.sampo.core.mempool.BatchFetcher.Purpose;
import dev.sampo.core.mempool.BatchFetcher.Wanted;
import dev.sampo.core.store.EntryReader;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement.Ack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** All lanes as this validator holds them; what is new of them goes to disk in groups (D9, D10). */
final class Lanes {

  /** What was written together. */
  private record Group(long sequence, List<Batch> acked, List<Batch> held) {}

  /** So long a parent may be behind its child before it is asked for. */
  private static final long PATIENCE = Duration.ofMillis(50).toNanos();

  /** So many parents of one lane are asked for at a time. */
  private static final int PARENTS_MAX = 2;

  private final List<HeldLane> lanes = new ArrayList<>();
  private final MempoolOutbox outbox;
  private final List<Batch> toAck = new ArrayList<>();
  private final List<Batch> toHold = new ArrayList<>();
  private Optional<Group> storing = Optional.empty();
  private boolean changed;
  private long sequence;

  Lanes(Genesis genesis, MempoolOutbox outbox) {
    this.outbox = outbox;
    for (int lane = 0; lane < genesis.validators().size(); lane++) {
      lanes.add(new HeldLane(genesis.parameters().lanes()));
    }
  }

  /** Takes up what is stored above the batches that the last executed block ordered. */
  void recover(Cut executed, EntryReader tables) {
    var lowest = executed.tips().stream().map(Tip::height).min(Height::compareTo).orElseThrow();
    var stored = new StoredLanes(tables, lowest.next());
    for (int i = 0; i < lanes.size(); i++) {
      var lane = ValidatorIndex.of(i);
      var tip = executed.tips().get(i);
      lanes
          .get(i)
          .recover(
              tip,
              stored.batchesAbove(lane, tip.height()),
              stored.acksAbove(lane, tip.height()),
              stored.highestRun(lane));
    }
  }

  boolean contains(ValidatorIndex lane) {
    return lane.number() < lanes.size();
  }

  HeldLane at(ValidatorIndex lane) {
    return lanes.get(lane.number());
  }

  /** Payload bytes of all batches at hand. */
  long bytes() {
    return lanes.stream().mapToLong(HeldLane::bytes).sum();
  }

  /** Batches of {@code lane} that are on disk above its final tip. */
  List<Batch> storedOf(ValidatorIndex lane) {
    return at(lane).stored();
  }

  /** Whether something came, or reached the disk, since this was asked last. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /** Takes in a batch of this validator's own lane. */
  boolean append(Batch batch) {
    changed = true;
    boolean isTaken = at(batch.lane()).offer(batch) == HeldLane.Offer.TAKEN;
    toAck.addAll(at(batch.lane()).takeAckable());
    return isTaken;
  }

  /** Takes an owner's batch in; what it repeats is acknowledged again (L3). */
  void offer(Batch batch) {
    var lane = at(batch.lane());
    switch (lane.offer(batch)) {
      case TAKEN -> {
        changed = true;
        toAck.addAll(lane.takeAckable());
      }
      case ACKED -> outbox.add(new MempoolEffect.Sign(batch.ack()));
      case FORKED -> {
        lane.suspect();
        lane.rivalOf(batch)
            .ifPresent(
                rival ->
                    outbox.add(
                        new MempoolEffect.ReportEvidence(
                            new Evidence.ConflictingVotes(rival.asVote(), batch.asVote()))));
      }
      case DROPPED -> {}
    }
  }

  /** Takes in a batch that a block refers to. */
  void hold(Batch batch) {
    var lane = at(batch.lane());
    boolean isNew = lane.hold(batch);
    var ackable = lane.takeAckable();
    toAck.addAll(ackable);
    if (isNew && !ackable.contains(batch)) {
      toHold.add(batch);
    }
    changed |= isNew;
  }

  void prove(Certificate proof) {
    if (proof.statement() instanceof Ack ack && contains(ack.lane())) {
      changed |= at(ack.lane()).prove(proof, ack);
    }
  }

  /** One group of writes at a time: what comes meanwhile goes with the next. */
  void store() {
    if (storing.isPresent() || toAck.isEmpty() && toHold.isEmpty()) {
      return;
    }
    var writes = new ArrayList<WriteSet.Write>();
    for (var batch : toAck) {
      if (findStored(batch.lane(), batch.tip()).isEmpty()) {
        writes.add(LaneRows.put(batch));
      }
      writes.add(LaneRows.put(batch.ack()));
      writes.add(LaneRows.putRun(batch.lane(), at(batch.lane()).highestRun()));
    }
    toHold.forEach(batch -> writes.add(LaneRows.put(batch)));
    storing = Optional.of(new Group(sequence, List.copyOf(toAck), List.copyOf(toHold)));
    toAck.clear();
    toHold.clear();
    outbox.add(new MempoolEffect.Store(sequence++, new WriteSet(writes)));
  }

  /** The batches that may be acknowledged now (D10), this validator's own among them (D9). */
  List<Batch> stored(long number) {
    if (storing.isEmpty() || storing.get().sequence() != number) {
      return List.of();
    }
    var group = storing.get();
    storing = Optional.empty();
    changed = true;
    group.acked().forEach(batch -> at(batch.lane()).ackStored(batch.digest()));
    group.held().forEach(batch -> at(batch.lane()).stored(batch.digest()));
    return group.acked();
  }

  Optional<Batch> findStored(ValidatorIndex lane, Tip tip) {
    return at(lane).findStored(tip);
  }

  /**
   * P3, EX7: the highest cut that a leader may propose on top of {@code parent}, of not more than
   * {@code batchesMax} new batches. If there are more, the lanes take turns, and which is the first
   * changes.
   */
  Cut cutAfter(Cut parent, int batchesMax) {
    var tips = new ArrayList<Tip>();
    for (int lane = 0; lane < lanes.size(); lane++) {
      tips.add(lanes.get(lane).tipAfter(parent.tips().get(lane)));
    }
    var highest = new Cut(tips);
    return highest.batches() - parent.batches() > batchesMax
        ? shared(highest, parent, batchesMax)
        : highest;
  }

  private Cut shared(Cut highest, Cut parent, int batchesMax) {
    var shares = new int[lanes.size()];
    int first = (int) (parent.batches() % lanes.size());
    for (int turn = 0, left = batchesMax; left > 0; turn++) {
      int lane = (first + turn) % lanes.size();
      long advance = heightOf(highest, lane) - heightOf(parent, lane);
      if (shares[lane] < advance) {
        shares[lane]++;
        left--;
      }
    }
    var tips = new ArrayList<Tip>();
    for (int lane = 0; lane < lanes.size(); lane++) {
      tips.add(lanes.get(lane).tipAfter(parent.tips().get(lane), shares[lane]));
    }
    return new Cut(tips);
  }

  private static long heightOf(Cut cut, int lane) {
    return cut.tips().get(lane).height().number();
  }

  /**
   * Whether a leader can order a batch that no final block orders. One without a proof is no work:
   * its owner may have kept it from the leader (TI4).
   */
  boolean hasWork() {
    for (var lane : lanes) {
      if (!lane.provenTipAfter(lane.finalTip()).equals(lane.finalTip())) {
        return true;
      }
    }
    return false;
  }

  /** N4 for one lane: a proof for exactly the tip, or all batches on disk. */
  boolean isAvailable(ValidatorIndex lane, Tip tip, Height above) {
    return at(lane).isProven(tip) || LaneWalk.down(lane, tip, above, this::findStored).isComplete();
  }

  /**
   * Sees to it that the batches from {@code tip} down to {@code above} go to disk.
   *
   * @return the highest of those that are not at hand
   */
  Optional<Tip> secure(ValidatorIndex lane, Tip tip, Height above) {
    var walk = LaneWalk.down(lane, tip, above, (of, at) -> at(of).find(at));
    walk.batches().forEach(this::hold);
    return walk.missing();
  }

  /** L4: a final block orders the lanes up to {@code cut}. */
  void finalAt(Cut cut, BiConsumer<ValidatorIndex, Tip> moved) {
    for (int i = 0; i < lanes.size(); i++) {
      var tip = cut.tips().get(i);
      var lane = lanes.get(i);
      if (!tip.equals(lane.finalTip())) {
        changed = true;
        lane.finalAt(tip);
        toAck.addAll(lane.takeAckable());
        moved.accept(ValidatorIndex.of(i), tip);
      }
    }
  }

  /** What keeps batches from being acknowledged (L2). */
  void collectParents(Map<Wanted, Need> needs) {
    for (int i = 0; i < lanes.size(); i++) {
      if (lanes.get(i).isWaiting()) {
        collectParents(ValidatorIndex.of(i), needs);
      }
    }
  }

  private void collectParents(ValidatorIndex lane, Map<Wanted, Need> needs) {
    var above = at(lane).finalTip().height();
    at(lane).missingParents().stream()
        .limit(Math.min(PARENTS_MAX, BatchFetcher.NEEDS_MAX - needs.size()))
        .forEach(
            parent ->
                needs.putIfAbsent(
                    new Wanted(lane, parent),
                    new Need(above, List.of(lane), PATIENCE, Purpose.ACKNOWLEDGE)));
  }

  void release(Cut executed) {
    for (int lane = 0; lane < lanes.size(); lane++) {
      lanes.get(lane).release(executed.tips().get(lane).height());
    }
  }
}
