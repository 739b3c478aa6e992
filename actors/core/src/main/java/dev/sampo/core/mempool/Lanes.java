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
import dev.sampo.core.vote.Vote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** All lanes as this validator holds them; what is new of them goes to disk in groups (D9, D10). */
final class Lanes {

  /** A batch with what may be said of it once that is on disk. */
  record Acked(Batch batch, Ack ack) {}

  /** What was written together. */
  private record Group(
      long sequence, List<Acked> acked, List<Batch> held, List<Vote> announcements) {}

  /** So long a parent may be behind its child before it is asked for. */
  private static final long PATIENCE = Duration.ofMillis(50).toNanos();

  /** So many parents of one lane are asked for at a time. */
  private static final int PARENTS_MAX = 2;

  private final List<HeldLane> lanes = new ArrayList<>();
  private final MempoolOutbox outbox;
  private final Incarnations incarnations;
  private final boolean isAttested;
  private final List<Batch> toAck = new ArrayList<>();
  private final List<Batch> toHold = new ArrayList<>();
  private final List<WriteSet.Write> toNote = new ArrayList<>();
  private Optional<Group> storing = Optional.empty();
  private boolean changed;
  private long sequence;

  Lanes(Genesis genesis, ValidatorIndex self, MempoolOutbox outbox, Incarnations incarnations) {
    this.outbox = outbox;
    this.incarnations = incarnations;
    this.isAttested = genesis.parameters().isAttested();
    for (int lane = 0; lane < genesis.validators().size(); lane++) {
      lanes.add(
          new HeldLane(
              genesis.parameters().lanes(),
              isAttested
                  ? SignatureChecks.attested(isDesignated(genesis, lane, self))
                  : SignatureChecks.none()));
    }
  }

  /** X11: the owner checks a batch at once, and as many after it as a proof needs. */
  private static boolean isDesignated(Genesis genesis, int lane, ValidatorIndex self) {
    int n = genesis.validators().size();
    return Math.floorMod(self.number() - lane, n) < genesis.validators().availabilityQuorum();
  }

  /** Takes up what is stored above the batches that the last executed block ordered. */
  void recover(Cut executed, EntryReader tables) {
    var lowest = executed.tips().stream().map(Tip::height).min(Height::compareTo).orElseThrow();
    var stored = new StoredLanes(tables, lowest.next());
    for (int i = 0; i < lanes.size(); i++) {
      var lane = ValidatorIndex.of(i);
      var tip = executed.tips().get(i);
      stored.forgedAbove(lane, tip.height()).forEach(lanes.get(i).checks()::forged);
      lanes
          .get(i)
          .recover(
              tip,
              stored.batchesAbove(lane, tip.height()),
              stored.acksAbove(lane, tip.height()),
              stored.highestRun(lane));
    }
  }

  /** Whose acknowledgements count (RE4). */
  Incarnations incarnations() {
    return incarnations;
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
    var lane = at(batch.lane());
    // X11: a gateway takes nothing in whose signature it has not checked.
    lane.checks().valid(batch);
    boolean isTaken = lane.offer(batch) == HeldLane.Offer.TAKEN;
    takeAckable(lane);
    return isTaken;
  }

  private void takeAckable(HeldLane lane) {
    toAck.addAll(lane.takeAckable());
    for (var batch : lane.takeVouched()) {
      if (toAck.stream().noneMatch(each -> each.digest().equals(batch.digest()))) {
        toAck.add(batch);
      }
    }
  }

  /** Takes an owner's batch in; what it repeats is acknowledged again (L3). */
  void offer(Batch batch) {
    var lane = at(batch.lane());
    switch (lane.offer(batch)) {
      case TAKEN -> {
        changed = true;
        takeAckable(lane);
      }
      case ACKED -> lane.storedAck(batch).ifPresent(outbox::sign);
      case FORKED -> {
        lane.tips().suspect();
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
    int before = toAck.size();
    takeAckable(lane);
    if (isNew && !toAck.subList(before, toAck.size()).contains(batch)) {
      toHold.add(batch);
    }
    changed |= isNew;
  }

  /**
   * N4, RE4: one of whose acknowledgements is void is of no use; X11: nor is one that does not show
   * that signatures were checked, where it has to.
   */
  void prove(Certificate proof) {
    if (proof.statement() instanceof Ack ack
        && contains(ack.lane())
        && incarnations.isCurrent(proof)
        && ack.verified() == isAttested) {
      changed |= at(ack.lane()).prove(proof, ack);
      accuse(at(ack.lane()));
    }
  }

  /** N4, RE4: what was counted before may count no more. */
  void incarnationsChanged() {
    changed = true;
    lanes.forEach(lane -> lane.proofs().keepOnly(incarnations::isCurrent));
  }

  /** What is to be checked now; each batch is asked for once (X11). */
  void check() {
    if (isAttested) {
      for (var lane : lanes) {
        lane.checks().takeDue().forEach(batch -> outbox.add(new MempoolEffect.Verify(batch)));
      }
    }
  }

  /** X11: what a batch is worth; {@code invalid} names its first entry with a bad signature. */
  void judged(ValidatorIndex lane, Tip batch, Optional<Integer> invalid) {
    var held = at(lane);
    changed = true;
    held.checks().judged(batch, invalid);
    invalid.ifPresent(entry -> toNote.add(LaneRows.putForged(lane, batch, entry)));
    takeAckable(held);
    accuse(held);
  }

  /** INVALID_ACK, told once for each batch. */
  private void accuse(HeldLane lane) {
    for (var forged : lane.checks().untold()) {
      lane.checks()
          .forgedEntry(forged)
          .flatMap(entry -> lane.find(forged).flatMap(batch -> lane.proofs().against(batch, entry)))
          .ifPresent(
              evidence -> {
                lane.checks().told(forged);
                outbox.add(new MempoolEffect.ReportEvidence(evidence));
              });
    }
  }

  /** What this validator knows of the signatures in batches that a final block orders. */
  enum Finding {
    /** Nothing that speaks against executing them. */
    NONE,
    /** A verdict is on its way. */
    OPEN,
    FORGED
  }

  /** X11: about the batches between two cuts. */
  Finding findingBetween(Cut parent, Cut cut) {
    var finding = Finding.NONE;
    for (int i = 0; isAttested && i < lanes.size(); i++) {
      var checks = lanes.get(i).checks();
      var above = parent.tips().get(i).height();
      var walk = LaneWalk.down(ValidatorIndex.of(i), cut.tips().get(i), above, this::findStored);
      for (var batch : walk.batches()) {
        if (checks.forgedEntry(batch.digest()).isPresent()) {
          return Finding.FORGED;
        }
        finding = checks.isOpen(batch.digest()) ? Finding.OPEN : finding;
      }
    }
    return finding;
  }

  /** One group of writes at a time: what comes meanwhile goes with the next. */
  void store() {
    if (storing.isPresent()) {
      return;
    }
    var announcements = incarnations.takeToStore();
    announcements.forEach(vote -> toNote.add(LaneRows.putAnnouncement(vote)));
    if (toAck.isEmpty() && toHold.isEmpty() && toNote.isEmpty()) {
      return;
    }
    var writes = new ArrayList<WriteSet.Write>();
    var acked = new ArrayList<Acked>();
    for (var batch : toAck) {
      var ack = at(batch.lane()).ackOf(batch);
      acked.add(new Acked(batch, ack));
      if (findStored(batch.lane(), batch.tip()).isEmpty()) {
        writes.add(LaneRows.put(batch));
      }
      writes.add(LaneRows.put(ack));
      writes.add(LaneRows.putRun(batch.lane(), at(batch.lane()).highestRun()));
    }
    toHold.forEach(batch -> writes.add(LaneRows.put(batch)));
    writes.addAll(toNote);
    storing =
        Optional.of(new Group(sequence, List.copyOf(acked), List.copyOf(toHold), announcements));
    toAck.clear();
    toHold.clear();
    toNote.clear();
    outbox.add(new MempoolEffect.Store(sequence++, new WriteSet(writes)));
  }

  /** The batches that may be acknowledged now (D10), this validator's own among them (D9). */
  List<Acked> stored(long number) {
    if (storing.isEmpty() || storing.get().sequence() != number) {
      return List.of();
    }
    var group = storing.get();
    storing = Optional.empty();
    changed = true;
    incarnations.stored(group.announcements());
    group.acked().forEach(each -> at(each.batch().lane()).ackStored(each.ack()));
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
      if (!lane.tips().provenAfter(lane.finalTip()).equals(lane.finalTip())) {
        return true;
      }
    }
    return false;
  }

  /** N4 for one lane: a proof for exactly the tip, or all batches on disk. */
  boolean isAvailable(ValidatorIndex lane, Tip tip, Height above) {
    var walk = LaneWalk.down(lane, tip, above, this::findStored);
    return isAttested
        ? isVerified(at(lane), tip, walk)
        : at(lane).proofs().isOf(tip) || walk.isComplete();
  }

  /** X11: a proof shows that others checked the signatures; else this validator has to. */
  private static boolean isVerified(HeldLane lane, Tip tip, LaneWalk walk) {
    var checks = lane.checks();
    boolean isForged =
        walk.batches().stream().anyMatch(each -> checks.forgedEntry(each.digest()).isPresent());
    boolean isChecked =
        walk.isComplete()
            && walk.batches().stream().allMatch(each -> checks.isValid(each.digest()));
    return !isForged && (isChecked || lane.proofs().cover(tip));
  }

  /** X11: has the batches from {@code tip} down to {@code above} checked, as far as at hand. */
  void demand(ValidatorIndex lane, Tip tip, Height above) {
    LaneWalk.down(lane, tip, above, (of, at) -> at(of).find(at))
        .batches()
        .forEach(at(lane).checks()::demand);
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
        takeAckable(lane);
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
