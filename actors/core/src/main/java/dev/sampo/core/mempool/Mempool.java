package dev.sampo.core.mempool;

import dev.sampo.core.block.Block;
import dev.sampo.core.execution.LiveTransactions;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.mempool.Admission.Admitted;
import dev.sampo.core.mempool.Admission.Refused;
import dev.sampo.core.mempool.Routes.Route;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.wire.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The transactions that wait on one node to be ordered. Whoever sends much does not keep others
 * from their turn. Not thread-safe.
 */
public final class Mempool {

  /**
   * Bounds of what waits.
   *
   * @param senderCountMax and {@code senderBytesMax}: of one sender
   */
  public record Limits(int countMax, long bytesMax, int senderCountMax, long senderBytesMax) {

    /** 65,536 transactions in 64 MiB; of one sender a quarter of that. */
    public static final Limits DEFAULT = new Limits(65_536, 64 << 20, 16_384, 16 << 20);

    public Limits {
      if (countMax < 1 || bytesMax < 1 || senderCountMax < 1 || senderBytesMax < 1) {
        throw new IllegalArgumentException("limits must be positive");
      }
    }
  }

  /** Refuses what clients send for reasons that lie outside of the mempool. */
  @FunctionalInterface
  interface Gate {

    /** For a new transaction of a sender of whom so many wait. */
    Optional<RejectionCode> refusal(int waiting);
  }

  private static final Gate OPEN = _ -> Optional.empty();

  /** How far a client's clock may be ahead; {@link #build} holds such a transaction back. */
  static final long SKEW_MILLIS = 2_000;

  private final Genesis genesis;
  private final LedgerId ledger;
  private final Limits limits;
  private final LiveTransactions live;
  private final Queues queues = new Queues();
  private final Routes routes = new Routes();
  private LedgerTime lastBlockTime;

  /**
   * An empty mempool.
   *
   * @param live finds what the ledger has executed and remembers
   * @param lastBlockTime of the block that was executed last
   */
  public Mempool(Genesis genesis, Limits limits, LiveTransactions live, LedgerTime lastBlockTime) {
    this.genesis = genesis;
    this.ledger = genesis.ledgerId();
    this.limits = limits;
    this.live = live;
    this.lastBlockTime = lastBlockTime;
  }

  /** Of the block that was executed last. */
  public LedgerTime lastBlockTime() {
    return lastBlockTime;
  }

  /**
   * Takes a transaction in.
   *
   * @param transaction with a valid signature
   * @param now the wall clock, as ledger time may stand still while nothing happens; block time
   *     counts if it is later
   */
  public Admission admit(SignedTransaction transaction, LedgerTime now) {
    return admit(transaction, now, OPEN);
  }

  /** As above, but nothing that is new and that the {@code gate} refuses. */
  Admission admit(SignedTransaction transaction, LedgerTime now, Gate gate) {
    TransactionBody body;
    try {
      body = TransactionBody.decode(transaction.body());
    } catch (Malformed undecodable) {
      return new Refused(RejectionCode.MALFORMED_TRANSACTION);
    }
    var pending = Pending.of(transaction, body);
    var fault =
        faultOfItself(pending)
            .or(() -> faultOfTime(body, later(now, lastBlockTime)))
            .or(() -> repeated(pending))
            .or(() -> refusedAt(gate, pending))
            .or(() -> overflow(pending));
    if (fault.isPresent()) {
      return new Refused(fault.get());
    }
    queues.add(pending);
    return new Admitted(pending.id());
  }

  /** Whether the {@code gate} would refuse it, of which nothing else is looked at. */
  Optional<RejectionCode> refusedAt(Gate gate, SignedTransaction transaction) {
    try {
      var body = TransactionBody.decode(transaction.body());
      var pending = Pending.of(transaction, body);
      return repeated(pending).isPresent() ? Optional.empty() : refusedAt(gate, pending);
    } catch (Malformed undecodable) {
      return Optional.empty();
    }
  }

  private Optional<RejectionCode> refusedAt(Gate gate, Pending pending) {
    return gate.refusal(queues.countOf(pending.body().sender()));
  }

  private Optional<RejectionCode> faultOfItself(Pending pending) {
    if (!pending.body().ledger().equals(ledger)) {
      return Optional.of(RejectionCode.WRONG_LEDGER);
    }
    if (!pending.body().application().equals(genesis.application())) {
      return Optional.of(RejectionCode.UNKNOWN_APPLICATION);
    }
    if (pending.transaction().suite() != SignedTransaction.ED25519) {
      return Optional.of(RejectionCode.SUITE_NOT_ALLOWED);
    }
    return pending.length() > lengthMax() ? Optional.of(RejectionCode.TOO_LARGE) : Optional.empty();
  }

  private int lengthMax() {
    var parameters = genesis.parameters();
    return parameters.lanes().areUsed()
        ? Math.max(parameters.inlineBytesMax(), parameters.lanes().batchBytesMax())
        : parameters.inlineBytesMax();
  }

  private Optional<RejectionCode> faultOfTime(TransactionBody body, LedgerTime time) {
    // Only final block time decides that a transaction has expired (7.16); the clock does not.
    if (!lastBlockTime.isBefore(body.validUntil())) {
      return Optional.of(RejectionCode.EXPIRED);
    }
    if (isTooEarly(body, time.plusMillis(SKEW_MILLIS))) {
      return Optional.of(RejectionCode.TOO_EARLY);
    }
    return body.outlivesRequirement()
        ? Optional.of(RejectionCode.REQUIREMENT_EXPIRES_FIRST)
        : Optional.empty();
  }

  private Optional<RejectionCode> repeated(Pending pending) {
    var waiting = queues.findByKey(pending.dedupeKey());
    if (waiting.isPresent()) {
      return Optional.of(
          waiting.get().id().equals(pending.id())
              ? RejectionCode.ALREADY_PENDING
              : RejectionCode.KEY_REUSED);
    }
    return live.find(pending.dedupeKey(), lastBlockTime)
        .map(
            executed ->
                executed.id().equals(pending.id())
                    ? RejectionCode.ALREADY_EXECUTED
                    : RejectionCode.KEY_REUSED);
  }

  private Optional<RejectionCode> overflow(Pending pending) {
    var sender = pending.body().sender();
    if (queues.countOf(sender) >= limits.senderCountMax
        || queues.bytesOf(sender) + pending.length() > limits.senderBytesMax) {
      return Optional.of(RejectionCode.SENDER_LIMIT);
    }
    if (queues.count() >= limits.countMax || queues.bytes() + pending.length() > limits.bytesMax) {
      return Optional.of(RejectionCode.MEMPOOL_FULL);
    }
    return Optional.empty();
  }

  /** It waits for the next batch of the own lane; leaders leave it out of the inline section. */
  void routeToLane(TransactionId id) {
    queues.find(id).ifPresent(pending -> routes.set(pending, Route.LANE));
  }

  /** It was passed on to every validator. */
  void routeInline(TransactionId id) {
    queues.find(id).ifPresent(pending -> routes.set(pending, Route.INLINE));
  }

  /** It is in a batch of the own lane. */
  void routeBatched(TransactionId id) {
    queues.find(id).ifPresent(pending -> routes.set(pending, Route.BATCHED));
  }

  /** The batches of the own lane are void: what is in them waits for new ones (L1b). */
  void unbatch() {
    routes.batched().toList().forEach(this::routeToLane);
  }

  /** What this node passed on and waits for, and what waits for a batch or in one. */
  Routes routes() {
    return routes;
  }

  /**
   * The transactions for the inline section of a block: the senders in turn, each sender's in the
   * order of arrival.
   *
   * @param ancestors blocks that are not executed yet; what they carry is not proposed again
   * @param now the time that the block will have
   */
  public List<SignedTransaction> build(
      List<Block> ancestors, LedgerTime now, int bytesMax, int countMax) {
    var carried =
        ancestors.stream().flatMap(block -> block.inline().stream()).map(SignedTransaction::id);
    var payload = new Payload(carried, bytesMax, Math.min(countMax, Block.INLINE_COUNT_MAX));
    return build(payload, now, pending -> !routes.isForLane(pending.id()));
  }

  /** The transactions for the next batch of the own lane, in turns as for a block. */
  List<SignedTransaction> buildBatch(LedgerTime now, int bytesMax) {
    var payload = new Payload(routes.batched(), bytesMax, Batch.COUNT_MAX);
    var built =
        build(payload, now, pending -> routes.of(pending.id()).equals(Optional.of(Route.LANE)));
    built.forEach(transaction -> routeBatched(transaction.id()));
    return built;
  }

  private List<SignedTransaction> build(
      Payload payload, LedgerTime now, Predicate<Pending> isEligible) {
    var time = later(now, lastBlockTime);
    var senders = queues.senders();
    boolean isMore = true;
    for (int turn = 0; isMore; turn++) {
      isMore = false;
      for (var waiting : senders) {
        if (turn < waiting.size() && !payload.isFull()) {
          var pending = waiting.get(turn);
          isMore = true;
          if (isEligible.test(pending) && isDue(pending.body(), time, payload)) {
            payload.add(pending);
          }
        }
      }
    }
    return payload.transactions();
  }

  /** Whether the block would execute it, as far as time and what it requires go. */
  private boolean isDue(TransactionBody body, LedgerTime time, Payload payload) {
    return time.isBefore(body.validUntil())
        && !isTooEarly(body, time)
        && body.requires().stream().allMatch(required -> isOrdered(required, payload));
  }

  private boolean isOrdered(TransactionBody.Requirement required, Payload payload) {
    var key = TransactionBody.dedupeKey(ledger, required.sender(), required.salt());
    return payload.contains(required.id())
        || live.find(key, lastBlockTime).filter(of -> of.id().equals(required.id())).isPresent();
  }

  private boolean isTooEarly(TransactionBody body, LedgerTime time) {
    return body.validUntil().isAfter(time.plusMillis(genesis.parameters().maxValidityMillis()));
  }

  /**
   * Removes what a block has settled, and what its time has expired. A void entry stays if these
   * very bytes may still be executed.
   *
   * @param blockTime of the block
   * @param results by the place of the entry in the block
   * @return what expired without having been executed
   */
  public List<TransactionId> executed(
      LedgerTime blockTime, List<SignedTransaction> entries, List<TransactionResult> results) {
    lastBlockTime = later(lastBlockTime, blockTime);
    for (int i = 0; i < results.size(); i++) {
      var entry = entries.get(i);
      var waiting = queues.find(entry.id());
      if (waiting.isPresent()) {
        settle(waiting.get(), entry, results.get(i));
      }
    }
    var expired = new ArrayList<TransactionId>();
    for (var pending : queues.expiredAt(lastBlockTime)) {
      remove(pending);
      expired.add(pending.id());
    }
    return expired;
  }

  private void settle(Pending waiting, SignedTransaction entry, TransactionResult result) {
    if (isSettled(waiting, entry, result)) {
      remove(waiting);
    } else if (routes.of(waiting.id()).equals(Optional.of(Route.BATCHED))) {
      routes.set(waiting, Route.LANE);
    }
  }

  private void remove(Pending pending) {
    queues.remove(pending);
    routes.remove(pending);
  }

  private static boolean isSettled(
      Pending waiting, SignedTransaction entry, TransactionResult result) {
    return switch (result) {
      case TransactionResult.Executed _, TransactionResult.Duplicate _ -> true;
      case TransactionResult.Void(var code, _) ->
          switch (code) {
            case TOO_EARLY, REQUIRES_NOT_MET, DEDUPE_FULL, EXPIRED -> false;
            // Another's copy with a junk signature must not cost the sender its place (7.13).
            case MALFORMED_TRANSACTION,
                WRONG_LEDGER,
                UNKNOWN_APPLICATION,
                SUITE_NOT_ALLOWED,
                BAD_SIGNATURE,
                KEY_NOT_AUTHORISED,
                REQUIREMENT_EXPIRES_FIRST,
                REQUIRES_FAILED,
                APPLICATION_FAILED,
                ALREADY_EXECUTED,
                KEY_REUSED,
                TOO_LARGE,
                ALREADY_PENDING,
                SENDER_LIMIT,
                MEMPOOL_FULL,
                BACKLOG_LIMIT ->
                entry.equals(waiting.transaction());
          };
    };
  }

  public Optional<SignedTransaction> find(TransactionId id) {
    return queues.find(id).map(Pending::transaction);
  }

  /** Whether anything waits for an inline section. What an unfinalized block carries still does. */
  public boolean hasWork() {
    return queues.count() > routes.laneCount();
  }

  public int count() {
    return queues.count();
  }

  /** The encoded length of all that waits. */
  public long bytes() {
    return queues.bytes();
  }

  private static LedgerTime later(LedgerTime one, LedgerTime other) {
    return one.isAfter(other) ? one : other;
  }
}
