package dev.sampo.core.mempool;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Statement.Append;
import dev.sampo.core.vote.Vote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The own lane: makes batches, spreads them and collects their acknowledgements (L1, L3). */
final class Batcher {

  /** A batch is made when so many bytes wait for it (L1). */
  static final int BYTES_DUE = 128 * 1024;

  /** Or when the oldest transaction has waited so long and no batch waits for its proof (L1). */
  static final Duration AGE_DUE = Duration.ofMillis(10);

  /** Or so long, although one does: the busier the validators, the larger their batches. */
  static final Duration AGE_MAX = Duration.ofMillis(100);

  private static final long PROOF_DELAY = Duration.ofMillis(10).toNanos();
  private static final long RETRY_MIN = Duration.ofMillis(500).toNanos();
  private static final long RETRY_MAX = Duration.ofSeconds(5).toNanos();

  private record Draft(Append statement, List<SignedTransaction> transactions) {}

  private final Genesis genesis;
  private final ValidatorIndex self;
  private final Mempool pool;
  private final Lanes lanes;
  private final OwnLane own;
  private final Incarnations incarnations;
  private final MempoolOutbox outbox;
  private Optional<Draft> draft = Optional.empty();
  private Optional<Batch> unstored = Optional.empty();
  private Optional<Certificate> proof = Optional.empty();
  private boolean proofTold = true;
  private long oldestSince;
  private long armedFor = Long.MIN_VALUE;
  private long retryDelay;
  private boolean retryArmed;

  Batcher(Genesis genesis, ValidatorIndex self, Mempool pool, Lanes lanes, MempoolOutbox outbox) {
    this.incarnations = lanes.incarnations();
    this.genesis = genesis;
    this.self = self;
    this.pool = pool;
    this.lanes = lanes;
    this.own =
        new OwnLane(genesis.validators().availabilityQuorum(), genesis.parameters().isAttested());
    this.outbox = outbox;
  }

  /** Takes up the lane where the disk leaves it; what it carries waits to be ordered. */
  void recover(LedgerTime now) {
    var held = lanes.at(self);
    var stored = lanes.storedOf(self);
    own.recover(held.finalTip(), stored, Math.max(held.highestRun(), outbox.firstRun()));
    for (var batch : stored) {
      for (var transaction : batch.transactions()) {
        pool.admit(transaction, now);
        if (own.contains(batch)) {
          pool.routeBatched(transaction.id());
        } else {
          pool.routeToLane(transaction.id());
        }
      }
    }
  }

  /**
   * L3: what was not proven when the process ended is sent again; the own acknowledgement counts,
   * and was durable before the batch was sent.
   */
  void start() {
    acknowledgeOwn();
    if (!own.isEmpty()) {
      armRetry(0);
    }
  }

  private void acknowledgeOwn() {
    for (var batch : own.unproven()) {
      lanes.at(self).storedAck(batch).ifPresent(outbox::sign);
    }
  }

  /**
   * RE4: acknowledgements of somebody are void now. If the newest proof rests on one, the lane goes
   * on with a new proof.
   */
  void incarnationsChanged() {
    own.forgetUnless(incarnations::isCurrent);
    if (proof.isPresent() && !incarnations.isCurrent(proof.get())) {
      proof = Optional.empty();
      proofTold = true;
      own.reopen(lanes.storedOf(self));
      acknowledgeOwn();
      // Not at once, or a liar who announces itself again and again would have batches sent.
      if (!retryArmed) {
        armRetry(RETRY_MIN);
      }
    }
  }

  void submitted(TransactionId id, long nanos) {
    if (pool.routes().laneBytes() == 0) {
      oldestSince = nanos;
    }
    pool.routeToLane(id);
  }

  void timerFired() {
    armedFor = Long.MIN_VALUE;
  }

  /** L1: makes a batch if it is time for one and there is room for it. */
  void settle(Moment moment) {
    long waiting = pool.routes().laneBytes();
    long due = oldestSince + (own.isProven() ? AGE_DUE : AGE_MAX).toNanos();
    if (waiting == 0) {
      return;
    }
    if (waiting < BYTES_DUE && moment.nanos() < due) {
      arm(due, moment.nanos());
    } else if (draft.isEmpty() && unstored.isEmpty() && own.mayAppend()) {
      append(moment);
    }
  }

  private void arm(long due, long nanos) {
    if (due != armedFor) {
      armedFor = due;
      outbox.setTimer(MempoolTimer.BATCH, due - nanos);
    }
  }

  /** Whatever cannot be in this batch waits its time again. */
  private void append(Moment moment) {
    var limits = genesis.parameters().lanes();
    long room = limits.windowBytes() - lanes.at(self).unorderedBytes(own.run());
    int bytesMax = Math.clamp(room, 0, limits.batchBytesMax());
    var transactions = pool.buildBatch(moment.wallClock(), bytesMax);
    oldestSince = moment.nanos();
    if (!transactions.isEmpty()) {
      var statement = Batch.statement(Epoch.ZERO, self, own.run(), own.tip(), transactions);
      draft = Optional.of(new Draft(statement, transactions));
      outbox.sign(statement);
    }
    if (pool.routes().laneBytes() > 0) {
      arm(oldestSince + AGE_MAX.toNanos(), moment.nanos());
    }
  }

  void signed(Append statement, Signature signature) {
    var signed = draft.filter(waiting -> waiting.statement().equals(statement));
    if (signed.isEmpty()) {
      return;
    }
    draft = Optional.empty();
    var batch = new Batch(statement, signed.get().transactions(), signature);
    if (lanes.append(batch)) {
      unstored = Optional.of(batch);
    } else {
      // Another batch stands there already, as when the disk was rolled back (L1b).
      own.beginRun(lanes.at(self).finalTip(), lanes.at(self).highestRun());
      forget();
    }
  }

  /** D9: the batch is on disk and may be sent. */
  void stored(Batch batch) {
    unstored = unstored.filter(waiting -> !waiting.equals(batch));
    if (batch.run() != own.run() || !batch.parent().equals(own.tip())) {
      return;
    }
    own.appended(batch);
    outbox.broadcast(new BatchAppended(batch, proof.filter(_ -> !proofTold)));
    proofTold = true;
    if (!retryArmed) {
      armRetry(RETRY_MIN);
    }
  }

  /** L3: an acknowledgement of a batch of the own lane, this validator's own among them. */
  void acked(Vote vote, Ack ack) {
    if (!incarnations.isCurrent(vote)) {
      return;
    }
    own.conflict(vote, ack)
        .ifPresent(evidence -> outbox.add(new MempoolEffect.ReportEvidence(evidence)));
    var complete = own.count(vote, ack);
    if (complete.isEmpty()) {
      return;
    }
    proof = complete;
    proofTold = false;
    retryDelay = RETRY_MIN;
    lanes.prove(complete.get());
    if (pool.routes().laneBytes() == 0) {
      tellProof();
    } else {
      outbox.setTimer(MempoolTimer.PROOF, PROOF_DELAY);
    }
  }

  /** P4: whoever is asked to vote for the tip has its proof. */
  void tellProof() {
    if (!proofTold) {
      proofTold = true;
      proof.ifPresent(each -> outbox.broadcast(new AvailabilityProofs(List.of(each))));
    }
  }

  /** A peer may have missed what was said while it was away. */
  void greet(ValidatorIndex peer) {
    if (!own.isEmpty()) {
      proof.ifPresent(each -> outbox.send(peer, new AvailabilityProofs(List.of(each))));
      own.oldestAndNewest()
          .forEach(batch -> outbox.send(peer, new BatchAppended(batch, Optional.empty())));
    }
  }

  /** L3: the oldest batch without a proof and the newest, to those who did not acknowledge them. */
  void retry() {
    retryArmed = false;
    for (var batch : own.oldestAndNewest()) {
      var silent = own.silentAbout(batch, outbox.peers());
      if (!silent.isEmpty()) {
        outbox.add(new MempoolEffect.Send(silent, new BatchAppended(batch, Optional.empty())));
      }
    }
    if (!own.oldestAndNewest().isEmpty()) {
      armRetry(Math.min(retryDelay + retryDelay / 2, RETRY_MAX));
    }
  }

  private void armRetry(long nanos) {
    retryArmed = true;
    retryDelay = Math.max(nanos, RETRY_MIN);
    outbox.setTimer(MempoolTimer.RETRY, nanos);
  }

  /** L1b: if the final tip is not on the own chain, a new run begins. */
  void finalAt(Tip tip) {
    if (own.finalAt(tip, lanes.at(self).highestRun())) {
      forget();
    }
  }

  private void forget() {
    proof = Optional.empty();
    proofTold = true;
    pool.unbatch();
  }
}
