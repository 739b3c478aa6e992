package dev.sampo.core.mempool;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.execution.LiveTransactions;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.mempool.BatchFetcher.Need;
import dev.sampo.core.mempool.BatchFetcher.Purpose;
import dev.sampo.core.mempool.BatchFetcher.Wanted;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.BatchResponse;
import dev.sampo.core.message.PeerMessage.IncarnationAnnounced;
import dev.sampo.core.message.PeerMessage.IncarnationConfirmed;
import dev.sampo.core.message.PeerMessage.MempoolMessage;
import dev.sampo.core.message.PeerMessage.TransactionGossip;
import dev.sampo.core.store.TableReader;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Statement.Append;
import dev.sampo.core.vote.Statement.Incarnate;
import dev.sampo.core.vote.Statement.IncarnationStored;
import dev.sampo.core.vote.Vote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The mempool of one validator: what clients gave it, its own lane and what it holds of the others'
 * (protocol 2.10). Pure: the host performs its effects in order. Not thread-safe.
 */
public final class MempoolMachine {

  private final Genesis genesis;
  private final ValidatorIndex self;
  private final Mempool pool;
  private final MempoolOutbox outbox;
  private final Gossip gossip;
  private final Lanes lanes;
  private final Batcher batcher;
  private final Availability availability;
  private final FinalBlocksQueue finals;
  private final BatchFetcher fetcher;
  private final BacklogGate gate;
  private final AdmissionWindow window;
  private final Incarnations incarnations;
  private final long inlineShare;
  private boolean spoke;
  private boolean laneWork;
  private boolean announced;
  private boolean builtSinceAnnounced;

  /** Takes up what {@code store} holds, all that this validator ever acknowledged among it. */
  public MempoolMachine(
      Genesis genesis, ValidatorIndex self, Mempool.Limits limits, TableReader store) {
    this(genesis, self, limits, store, LaneVoice.SPEAKS);
  }

  /** Takes up what {@code store} holds. */
  public MempoolMachine(
      Genesis genesis,
      ValidatorIndex self,
      Mempool.Limits limits,
      TableReader store,
      LaneVoice voice) {
    this.genesis = genesis;
    this.self = self;
    var ledger = new LedgerReader(store);
    var last = ledger.block(ledger.lastExecuted()).orElseGet(genesis::block);
    this.pool = new Mempool(genesis, limits, LiveTransactions.of(store), last.header().time());
    this.outbox =
        new MempoolOutbox(
            genesis.validators().indices().stream().filter(each -> !each.equals(self)).toList());
    this.gossip = new Gossip(outbox);
    this.incarnations = new Incarnations(self, genesis.validators().quorum(), outbox, voice);
    this.lanes = new Lanes(genesis, self, outbox, incarnations);
    this.gate = new BacklogGate(genesis.parameters().backlog(), ledger.orderedUpTo(last), last);
    this.window = new AdmissionWindow(limits.countMax());
    this.batcher = new Batcher(genesis, self, pool, lanes, outbox);
    this.availability = new Availability(lanes, outbox, genesis.parameters().isAttested());
    this.finals = new FinalBlocksQueue(last.cut(), lanes, outbox);
    this.fetcher = new BatchFetcher(outbox, lane -> lanes.at(lane).tips().suspect());
    this.inlineShare = genesis.parameters().inlineBytesMax() / genesis.validators().size();
    if (genesis.parameters().lanes().areUsed()) {
      incarnations.recover(store);
      lanes.recover(last.cut(), store);
      if (outbox.speaks()) {
        batcher.recover(last.header().time());
      }
    }
    this.spoke = outbox.speaks();
    this.laneWork = lanes.hasWork();
  }

  public List<MempoolEffect> step(MempoolInput input, Moment moment) {
    switch (input) {
      case MempoolInput.Started _ -> {
        incarnations.start();
        batcher.start();
      }
      case MempoolInput.Submitted(var transaction) -> submitted(transaction, moment);
      case MempoolInput.MessageReceived(_, var message) -> received(message.message(), moment);
      case MempoolInput.IncarnationSettled(int incarnation) -> settled(incarnation);
      case MempoolInput.PeerConnected(var peer) -> {
        incarnations.greet(peer);
        batcher.greet(peer);
      }
      case MempoolInput.PayloadWanted wanted -> payload(wanted, moment);
      case MempoolInput.AvailabilityWanted wanted -> availability.want(wanted, moment.nanos());
      case MempoolInput.BlocksFinal(var blocks, var proof) -> blocksFinal(blocks, proof);
      case MempoolInput.BlockExecuted executed -> executed(executed, moment.nanos());
      case MempoolInput.Stored(long sequence) -> lanes.stored(sequence).forEach(this::stored);
      case MempoolInput.Judged(var lane, var batch, var invalid) ->
          lanes.judged(lane, batch, invalid);
      case MempoolInput.Signed(Append append, var signature) -> batcher.signed(append, signature);
      case MempoolInput.Signed(Ack ack, var signature) ->
          acked(new Vote(ack, self, signature), ack);
      case MempoolInput.Signed(Incarnate incarnate, var signature) ->
          incarnations.signed(incarnate, signature);
      case MempoolInput.Signed(IncarnationStored stored, var signature) ->
          incarnations.signed(stored, signature);
      case MempoolInput.Signed(var other, _) ->
          throw new InvariantViolation("nothing of a mempool: " + other);
      case MempoolInput.TimerFired(var timer) -> fired(timer, moment);
    }
    settle(moment);
    // A leader that was given nothing waits for news: its own question is none.
    if (!(input instanceof MempoolInput.PayloadWanted)) {
      announceWork();
    }
    return outbox.drain();
  }

  /** Of each other validator that announced an incarnation, its newest on disk (RE4). */
  public List<Vote> announcements() {
    return incarnations.ofOthers();
  }

  /** RE4: without lanes there is nothing that a recovered validator must not say. */
  private void settled(int incarnation) {
    if (genesis.parameters().lanes().areUsed()) {
      incarnations.settled(incarnation);
    }
  }

  /** Whether something waits to be ordered that a leader can include. */
  public boolean hasWork() {
    return pool.hasWork() || laneWork;
  }

  public boolean isWaiting(TransactionId id) {
    return pool.find(id).isPresent();
  }

  /** How many transactions of clients wait to be ordered. */
  public int count() {
    return pool.count();
  }

  /** Their encoded length. */
  public long bytes() {
    return pool.bytes();
  }

  /** Bytes of transactions in the batches at hand, of all lanes. */
  public long batchBytes() {
    return lanes.bytes();
  }

  /** Whether clients' transactions are taken in for now; at most few senders' if not. */
  public boolean isOpen() {
    return gate.isOpen() && !window.isFull();
  }

  /**
   * Why a transaction is not taken in for now, if so; nothing else of it is looked at, not even its
   * signature, as it may not be worth it.
   */
  public Optional<RejectionCode> closedTo(SignedTransaction transaction) {
    return pool.refusedAt(this::refusal, transaction);
  }

  private Optional<RejectionCode> refusal(int waiting) {
    if (!gate.isOpen()) {
      return Optional.of(RejectionCode.BACKLOG_LIMIT);
    }
    return window.isFullFor(waiting) ? Optional.of(RejectionCode.MEMPOOL_FULL) : Optional.empty();
  }

  private void submitted(SignedTransaction transaction, Moment moment) {
    var admission = pool.admit(transaction, now(moment), this::refusal);
    outbox.add(new MempoolEffect.Answer(admission));
    switch (admission) {
      case Admission.Admitted(var id) -> {
        window.entered(id, moment.nanos());
        if (fitsInline(transaction)) {
          pool.routeInline(id);
          gossip.add(transaction, moment.nanos());
        } else {
          batcher.submitted(id, moment.nanos());
        }
      }
      case Admission.Refused _ -> {}
    }
  }

  /**
   * L0: the inline section saves a round trip, but what goes there travels twice: only what fits
   * the next block together with the others' shares. What no batch can hold goes there in any case.
   */
  private boolean fitsInline(SignedTransaction transaction) {
    var limits = genesis.parameters().lanes();
    return !limits.areUsed()
        || !outbox.speaks()
        || transaction.encodedLength() > limits.batchBytesMax()
        || pool.routes().inlineBytes() + transaction.encodedLength() <= inlineShare;
  }

  private void received(MempoolMessage message, Moment moment) {
    if (!genesis.parameters().lanes().areUsed() && !(message instanceof TransactionGossip)) {
      return;
    }
    switch (message) {
      case TransactionGossip(var transactions) ->
          transactions.forEach(transaction -> pool.admit(transaction, now(moment)));
      case BatchAppended(var batch, var proof) -> {
        proof.ifPresent(lanes::prove);
        if (!batch.lane().equals(self)) {
          lanes.offer(batch);
        }
      }
      case BatchAck(var vote) -> {
        if (vote.statement() instanceof Ack ack && ack.lane().equals(self)) {
          batcher.acked(vote, ack);
        }
      }
      case AvailabilityProofs(var proofs) -> proofs.forEach(lanes::prove);
      case BatchResponse(var batches) -> batches(batches);
      case IncarnationAnnounced(var vote) -> incarnations.announced(vote);
      case IncarnationConfirmed(var vote) -> incarnations.confirmed(vote);
    }
  }

  /** Only what was asked for, and what hangs on it, is taken; newest first. */
  private void batches(List<Batch> batches) {
    var next = Optional.<Wanted>empty();
    var need = Optional.<Need>empty();
    for (var batch : batches) {
      var key = new Wanted(batch.lane(), batch.tip());
      var asked = fetcher.wanted(key);
      if (asked.isEmpty() && next.equals(Optional.of(key))) {
        asked = need.filter(each -> batch.height().isAfter(each.above()));
      }
      if (asked.isPresent()) {
        need = asked;
        next = Optional.of(new Wanted(batch.lane(), batch.parent()));
        take(batch, asked.get().purpose());
      }
    }
  }

  private void take(Batch batch, Purpose purpose) {
    switch (purpose) {
      case ACKNOWLEDGE -> {
        if (!batch.lane().equals(self)) {
          lanes.offer(batch);
        }
      }
      case VOTE, EXECUTE -> lanes.hold(batch);
    }
  }

  private void payload(MempoolInput.PayloadWanted wanted, Moment moment) {
    batcher.tellProof();
    var transactions =
        pool.build(wanted.ancestors(), now(moment), wanted.bytesMax(), Block.INLINE_COUNT_MAX);
    var cut =
        genesis.parameters().lanes().areUsed()
            ? lanes.cutAfter(wanted.parent(), wanted.batchesMax())
            : wanted.parent();
    outbox.add(new MempoolEffect.Payload(wanted.view(), transactions, cut));
    builtSinceAnnounced = true;
  }

  private void blocksFinal(List<Block> blocks, FinalityProof proof) {
    for (var block : blocks) {
      availability.finalAt(block.view());
      gate.finalAt(block);
      finals.add(block, proof);
      lanes.finalAt(
          block.cut(),
          (lane, tip) -> {
            if (lane.equals(self)) {
              batcher.finalAt(tip);
            }
          });
    }
  }

  private void executed(MempoolInput.BlockExecuted input, long nanos) {
    var block = input.block().block();
    var entries = input.block().entries();
    var expired = pool.executed(block.header().time(), entries, input.results());
    expired.forEach(window::dropped);
    for (var entry : entries) {
      if (!isWaiting(entry.id())) {
        window.executed(entry.id(), nanos);
      }
    }
    window.blockExecuted(nanos);
    if (!expired.isEmpty()) {
      outbox.add(new MempoolEffect.Expired(expired, block.height()));
    }
  }

  /** D10, D9: it is on disk, so it may be acknowledged, and sent if it is the own. */
  private void stored(Lanes.Acked acked) {
    if (acked.batch().lane().equals(self) && outbox.speaks()) {
      batcher.stored(acked.batch());
    }
    outbox.sign(acked.ack());
  }

  private void acked(Vote vote, Ack ack) {
    if (ack.lane().equals(self)) {
      batcher.acked(vote, ack);
    } else {
      outbox.send(ack.lane(), new BatchAck(vote));
    }
  }

  private void fired(MempoolTimer timer, Moment moment) {
    switch (timer) {
      case GOSSIP -> gossip.flush(moment.nanos());
      case PROOF -> batcher.tellProof();
      case RETRY -> batcher.retry();
      case BATCH -> batcher.timerFired();
      case INCARNATION -> incarnations.retry();
      case FETCH, VERIFY -> {} // the step's end looks at it again
    }
  }

  private void settle(Moment moment) {
    if (!genesis.parameters().lanes().areUsed()) {
      finals.settle();
      return;
    }
    settleIncarnations();
    if (gate.isOpen() && outbox.speaks()) {
      batcher.settle(moment);
    }
    if (lanes.takeChanged()) {
      availability.settle();
      laneWork = lanes.hasWork();
    }
    availability.checkUnproven(moment.nanos());
    finals.settle();
    fetch(moment);
    lanes.check();
    lanes.store();
  }

  /** RE4: what counts has changed, or enough others know now who speaks. */
  private void settleIncarnations() {
    if (incarnations.takeChanged()) {
      lanes.incarnationsChanged();
      batcher.incarnationsChanged();
    }
    if (!spoke && outbox.speaks()) {
      spoke = true;
      batcher.recover(pool.lastBlockTime());
      batcher.start();
    }
  }

  private void fetch(Moment moment) {
    var needs = new LinkedHashMap<Wanted, Need>();
    finals.collect(needs);
    availability.collect(needs);
    lanes.collectParents(needs);
    fetcher.settle(needs, moment.nanos());
  }

  /**
   * A leader that was given nothing asks again only when it hears of work, so work is told again
   * after each payload.
   */
  private void announceWork() {
    boolean waiting = hasWork();
    if (waiting != announced || waiting && builtSinceAnnounced) {
      announced = waiting;
      builtSinceAnnounced = false;
      outbox.add(new MempoolEffect.Work(waiting));
    }
  }

  /** Ledger time stands still while the ledger idles, so the wall clock counts too. */
  private LedgerTime now(Moment moment) {
    return moment.wallClock().isAfter(pool.lastBlockTime())
        ? moment.wallClock()
        : pool.lastBlockTime();
  }
}
