package dev.sampo.core.mempool;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Vote;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the owner of a lane knows of its own chain of batches (L1, L1b, L3). */
final class OwnLane {

  /** So many batches may be ahead of the last proof of availability (L1). */
  static final int AHEAD_MAX = 8;

  /** A batch without a proof of its own or of a later one. */
  private static final class Unproven {
    private final Batch batch;
    // The first of each signer: a second one that differs is evidence.
    private final TreeMap<ValidatorIndex, Vote> acks = new TreeMap<>();
    private final TreeSet<ValidatorIndex> accused = new TreeSet<>();

    Unproven(Batch batch) {
      this.batch = batch;
    }

    boolean hasHeard(ValidatorIndex peer, boolean verified) {
      var vote = acks.get(peer);
      return vote != null && vote.statement() instanceof Ack ack && ack.verified() == verified;
    }

    /** Who stored a batch may say later that it is verified too. */
    void add(Vote vote, Ack ack) {
      acks.merge(vote.signer(), vote, (first, _) -> isLess(first, ack) ? vote : first);
    }

    /** L3: acknowledged as a proof needs it. */
    List<Vote> matching(boolean verified) {
      return acks.values().stream()
          .filter(
              vote ->
                  vote.statement() instanceof Ack ack
                      && ack.batch().equals(batch.digest())
                      && ack.verified() == verified)
          .toList();
    }

    private static boolean isLess(Vote first, Ack ack) {
      return first.statement() instanceof Ack said
          && said.isOfSameBatch(ack)
          && !said.verified()
          && ack.verified();
    }
  }

  private final int availabilityQuorum;
  private final boolean isAttested;
  private final ArrayDeque<Unproven> unproven = new ArrayDeque<>();
  private final TreeMap<Height, Hash> chain = new TreeMap<>();
  private long run;
  private Tip tip = Tip.UNUSED;

  /** {@code isAttested}: acknowledgements count only of whom that has verified the batch (X11). */
  OwnLane(int availabilityQuorum, boolean isAttested) {
    this.availabilityQuorum = availabilityQuorum;
    this.isAttested = isAttested;
  }

  /**
   * Takes up the lane where the stored batches leave it, none of which is proven yet. L1b: if one
   * of the run is not among them, a final block has broken with the run.
   */
  void recover(Tip lastFinal, List<Batch> stored, long highestRun) {
    run = highestRun;
    tip = lastFinal;
    boolean isMore = true;
    while (isMore) {
      isMore = false;
      for (var batch : stored) {
        if (batch.run() == run && batch.parent().equals(tip)) {
          appended(batch);
          isMore = true;
        }
      }
    }
    if (stored.stream().anyMatch(batch -> batch.run() == run && !contains(batch))) {
      beginRun(tip, run);
    }
  }

  /** Whether the batch is on the own chain and waits to be ordered. */
  boolean contains(Batch batch) {
    return batch.digest().equals(chain.get(batch.height()));
  }

  /** The batches of the own chain without a proof, lowest first. */
  List<Batch> unproven() {
    return unproven.stream().map(each -> each.batch).toList();
  }

  /** L1b: after the newest final batch, with a number that was never used. */
  void beginRun(Tip after, long highestRun) {
    run = Math.max(run, highestRun) + 1;
    tip = after;
    unproven.clear();
    chain.clear();
  }

  /** Whether no batch waits for a proof. */
  boolean isProven() {
    return unproven.isEmpty();
  }

  long run() {
    return run;
  }

  Tip tip() {
    return tip;
  }

  boolean mayAppend() {
    return unproven.size() < AHEAD_MAX;
  }

  void appended(Batch batch) {
    tip = batch.tip();
    chain.put(batch.height(), batch.digest());
    unproven.add(new Unproven(batch));
  }

  /** Whether no batch waits to be ordered. */
  boolean isEmpty() {
    return chain.isEmpty();
  }

  /** The oldest batch without a proof and the newest one. */
  List<Batch> oldestAndNewest() {
    return unproven.size() < 2
        ? unproven.stream().map(each -> each.batch).toList()
        : List.of(unproven.getFirst().batch, unproven.getLast().batch);
  }

  /** Whose acknowledgement of the batch is still missing. */
  List<ValidatorIndex> silentAbout(Batch batch, List<ValidatorIndex> peers) {
    for (var each : unproven) {
      if (each.batch.digest().equals(batch.digest())) {
        return peers.stream().filter(peer -> !each.hasHeard(peer, isAttested)).toList();
      }
    }
    return List.of();
  }

  /** DOUBLE_ACK, told once: the signer acknowledged another batch at this place. */
  Optional<Evidence> conflict(Vote vote, Ack ack) {
    return find(ack)
        .flatMap(
            each ->
                Optional.ofNullable(each.acks.get(vote.signer()))
                    .filter(
                        first -> first.statement() instanceof Ack said && !said.isOfSameBatch(ack))
                    .filter(_ -> each.accused.add(vote.signer()))
                    .map(first -> new Evidence.ConflictingVotes(first, vote)));
  }

  /** L3: counts an acknowledgement; the proof if it is complete now. */
  Optional<Certificate> count(Vote vote, Ack ack) {
    var acked = find(ack);
    if (acked.isEmpty()) {
      return Optional.empty();
    }
    acked.get().add(vote, ack);
    var own = acked.get().batch.ack(isAttested);
    var matching = acked.get().matching(isAttested);
    if (matching.size() < availabilityQuorum) {
      return Optional.empty();
    }
    dropUpTo(own.height());
    return Optional.of(Certificate.of(own, matching));
  }

  /** RE4: what signers acknowledged in an incarnation that is over counts no more. */
  void forgetUnless(Predicate<Vote> current) {
    unproven.forEach(each -> each.acks.values().removeIf(current.negate()));
  }

  /**
   * L3, RE4: there is no proof any more for batches that had one: those of the chain among {@code
   * stored} are sent and acknowledged again.
   */
  void reopen(List<Batch> stored) {
    stored.stream()
        .filter(batch -> contains(batch) && unproven().stream().noneMatch(batch::equals))
        .sorted(Comparator.comparing(Batch::height).reversed())
        .forEach(batch -> unproven.addFirst(new Unproven(batch)));
  }

  private Optional<Unproven> find(Ack ack) {
    return unproven.stream()
        .filter(each -> each.batch.run() == ack.run() && each.batch.height().equals(ack.height()))
        .findFirst();
  }

  /** A proof covers all batches of the run below it. */
  private void dropUpTo(Height height) {
    unproven.removeIf(each -> !each.batch.height().isAfter(height));
  }

  /**
   * L1b: a final block orders this lane up to {@code last}. True if that is not on the own chain: a
   * new run has begun after it.
   */
  boolean finalAt(Tip last, long highestRun) {
    boolean isOwn =
        last.digest().equals(chain.get(last.height())) || last.equals(tip) && chain.isEmpty();
    dropUpTo(last.height());
    chain.headMap(last.height(), true).clear();
    if (isOwn) {
      return false;
    }
    beginRun(last, highestRun);
    return true;
  }
}
