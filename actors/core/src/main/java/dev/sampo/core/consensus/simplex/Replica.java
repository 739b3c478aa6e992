package dev.sampo.core.consensus.simplex;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineEvent;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;

/** The state of one validator's engine that its rules share (2.3). */
final class Replica {

  /** A view has one proposal that is judged, and few views are open. */
  private static final int FORGERIES_MAX = 64;

  final Committee committee;
  final Outbox outbox = new Outbox();
  final Journal journal = new Journal(outbox);
  final Slots slots = new Slots();
  final Needs needs = new Needs();
  final Chain chain;
  final PeerBoard peers;
  final Pacemaker pacemaker;
  final ParentRule parents;
  final Backlog backlog;

  private View view = View.of(1);
  private Moment now = new Moment(0, LedgerTime.ofMillis(0));
  private boolean voting;
  private View knownFrom = View.ZERO;
  private boolean payloadWaiting;
  private Optional<View> emptyIn = Optional.empty();
  private long finalizedAt = Long.MIN_VALUE / 2;
  private Optional<Certificate> entry = Optional.empty();
  private final StateCertificates states = new StateCertificates();
  private final LinkedHashSet<Hash> forgeries = new LinkedHashSet<>();

  Replica(Committee committee, Timing timing, Genesis genesis, ParentRule parents) {
    this.committee = committee;
    this.chain = new Chain(genesis.block());
    this.peers = new PeerBoard(committee);
    this.pacemaker = new Pacemaker(timing, outbox);
    this.parents = parents;
    this.backlog = new Backlog(genesis.parameters(), chain, states);
  }

  Epoch epoch() {
    return committee.epoch();
  }

  View view() {
    return view;
  }

  Slot currentSlot() {
    return slots.at(view);
  }

  View finalView() {
    return chain.finalView();
  }

  long nanos() {
    return now.nanos();
  }

  LedgerTime wallClock() {
    return now.wallClock();
  }

  void at(Moment moment) {
    now = moment;
  }

  /** False until the peers had a chance to remind this validator of what it said (Start, W6). */
  boolean isVoting() {
    return voting;
  }

  void startVoting() {
    voting = true;
  }

  /** RE3: what this validator said in views below is lost. */
  void knownFrom(View from) {
    knownFrom = from.isAfter(knownFrom) ? from : knownFrom;
  }

  /** F2, RE3: whether all is known that this validator ever said in the view. */
  boolean isKnown(View of) {
    return !of.isBefore(knownFrom);
  }

  /** Whether it may vote, propose and nullify in the view. */
  boolean mayVoteIn(View of) {
    return voting && isKnown(of);
  }

  /** When a view became final here, in nanoseconds; long ago at first. */
  long finalizedAt() {
    return finalizedAt;
  }

  void finalizedNow() {
    finalizedAt = nanos();
  }

  /** Whether the mempool has something that a leader can carry. */
  boolean isPayloadWaiting() {
    return payloadWaiting && !emptyIn.equals(Optional.of(view));
  }

  void payloadWaiting(boolean waiting) {
    payloadWaiting = waiting;
    emptyIn = Optional.empty();
  }

  /**
   * The mempool had nothing after all that the parent does not carry: not asked again in this view.
   */
  void noPayload() {
    emptyIn = Optional.of(view);
  }

  /** The certificate by which the current view was entered (S1). */
  Optional<Certificate> entry() {
    return entry;
  }

  StateCertificates states() {
    return states;
  }

  /** X11: the block carries a transaction whose signature is not valid. */
  void forged(Hash block) {
    forgeries.add(block);
    if (forgeries.size() > FORGERIES_MAX) {
      forgeries.removeFirst();
    }
  }

  /** Whether such a transaction was found in the block. */
  boolean isForged(Hash block) {
    return forgeries.contains(block);
  }

  /** E1, E2: leaves every view up to the certificate's; the certificate is durable first (D5). */
  void enter(View next, Certificate by, boolean step) {
    slots.find(view).ifPresent(slot -> slot.leave(nanos()));
    journal.hold(by);
    startIn(next, Optional.of(by), step);
  }

  /** E3, and Start: the view begins and its timers are armed anew. */
  void startIn(View next, Optional<Certificate> by, boolean step) {
    view = next;
    entry = by;
    pacemaker.enter(next, step, nanos());
    currentSlot().enter(nanos());
    report(new EngineEvent.ViewEntered(next, committee.leader(next)));
  }

  Duration sinceEntered(Slot slot) {
    return Duration.ofNanos(slot.enteredAt().map(entered -> nanos() - entered).orElse(0L));
  }

  /**
   * TI4: something that waits and that a leader may carry, a backlog that a block shortens, a block
   * with transactions that is not final yet, or an own vote in this view that waits for others.
   */
  boolean hasWork() {
    var tip = tip();
    return isPayloadWaiting() && backlog.room(tip) > 0
        || backlog.isShortenedAfter(tip)
        || !(currentSlot().state() instanceof SlotState.Idle)
        || holdsUnfinishedWork();
  }

  /** S2: the view follows the newest final one, and nothing has been proposed or waits in it. */
  boolean isAtRest() {
    return view.equals(finalView().next())
        && currentSlot().proposal().isEmpty()
        && currentSlot().certificates().isEmpty()
        && !hasWork();
  }

  /** The block that the next one will follow, as far as this validator knows. */
  private Block tip() {
    var tip = chain.find(chain.finalHash()).orElse(chain.delivered());
    for (var slot : slots.all()) {
      tip = slot.notarizedBlock().flatMap(chain::find).orElse(tip);
    }
    return tip;
  }

  /** Whether {@code tip} or an ancestor carries transactions and is not final yet. */
  boolean finishesWork(Block tip) {
    var next = Optional.of(tip);
    while (next.isPresent() && next.get().view().isAfter(finalView())) {
      if (next.get().header().type() != BlockType.EMPTY) {
        return true;
      }
      next = chain.find(next.get().header().parent());
    }
    return false;
  }

  void setTimer(TimerId.Kind kind, long nanos) {
    outbox.silently(
        new Effect.SetTimer(new TimerId(kind, View.ZERO), Duration.ofNanos(Math.max(0, nanos))));
  }

  void report(EngineEvent event) {
    outbox.silently(new Effect.Report(event));
  }

  private boolean holdsUnfinishedWork() {
    for (var slot : slots.all()) {
      var notarized = slot.notarizedBlock();
      if (notarized.isPresent() && isUnfinishedWork(notarized.get())) {
        return true;
      }
    }
    return false;
  }

  /** A block that is not held yet may carry transactions. */
  private boolean isUnfinishedWork(Hash notarized) {
    var block = chain.find(notarized);
    return block.isEmpty() || block.get().header().type() != BlockType.EMPTY;
  }
}
