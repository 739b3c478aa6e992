package dev.sampo.core.mempool;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this validator knows of the clients' signatures in the batches of one lane, and whose
 * batches it checks as soon as they come (X11). On a ledger whose validators check when they
 * execute it knows and checks nothing.
 */
final class SignatureChecks {

  /** Once its owner had to ask, a lane is checked at once until so many batches became final. */
  static final int EAGER_FOR = 32;

  private enum Verdict {
    DUE,
    CHECKING,
    VALID,
    INVALID
  }

  private static final class Check {
    private final Batch batch;
    private Verdict verdict;
    // Valid, and so is all of its run that lies below it, down to a batch that was final.
    private boolean vouched;

    Check(Batch batch, Verdict verdict) {
      this.batch = batch;
      this.verdict = verdict;
    }
  }

  private static final class Forged {
    private final Height height;
    private final int entry;
    private boolean told;

    Forged(Height height, int entry) {
      this.height = height;
      this.entry = entry;
    }
  }

  private final boolean isAttested;
  private final boolean isDesignated;
  private final Map<Hash, Check> checks = new LinkedHashMap<>();
  private final Map<Hash, Forged> forged = new LinkedHashMap<>();
  private Height eagerUpTo = Height.ZERO;

  private SignatureChecks(boolean isAttested, boolean isDesignated) {
    this.isAttested = isAttested;
    this.isDesignated = isDesignated;
  }

  /** Of a ledger whose validators check when they execute. */
  static SignatureChecks none() {
    return new SignatureChecks(false, false);
  }

  /** Of an attested ledger; {@code isDesignated}: this validator checks the lane at once. */
  static SignatureChecks attested(boolean isDesignated) {
    return new SignatureChecks(true, isDesignated);
  }

  boolean isAttested() {
    return isAttested;
  }

  /** Whether batches of the lane are acknowledged only once they are checked. */
  boolean isEager(Tip finalTip) {
    return isAttested && (isDesignated || finalTip.height().isBefore(eagerUpTo));
  }

  /** The owner lacks a proof: those that should have checked its batches did not. */
  void askedAgain(Tip finalTip) {
    if (isAttested) {
      eagerUpTo = finalTip.height().plus(EAGER_FOR);
    }
  }

  void demand(Batch batch) {
    if (isAttested) {
      checks.computeIfAbsent(
          batch.digest(),
          digest -> new Check(batch, forged.containsKey(digest) ? Verdict.INVALID : Verdict.DUE));
    }
  }

  /** What is to be checked; each is returned once. */
  List<Batch> takeDue() {
    var due = new ArrayList<Batch>();
    for (var check : checks.values()) {
      if (check.verdict == Verdict.DUE) {
        check.verdict = Verdict.CHECKING;
        due.add(check.batch);
      }
    }
    return due;
  }

  /** All signatures of the batch are valid: this validator checked them before it was made. */
  void valid(Batch batch) {
    if (isAttested) {
      checks.put(batch.digest(), new Check(batch, Verdict.VALID));
    }
  }

  /** An earlier life of this validator has vouched for it. */
  void vouched(Batch batch) {
    valid(batch);
    Optional.ofNullable(checks.get(batch.digest())).ifPresent(check -> check.vouched = true);
  }

  /** The verdict on a batch: the first entry whose signature is not valid, if any. */
  void judged(Tip batch, Optional<Integer> invalid) {
    var check = checks.get(batch.digest());
    if (check != null) {
      check.verdict = invalid.isEmpty() ? Verdict.VALID : Verdict.INVALID;
    }
    invalid.ifPresent(entry -> forged(batch, entry));
  }

  /** The entry of the batch has an invalid signature. */
  void forged(Tip batch, int entry) {
    forged.putIfAbsent(batch.digest(), new Forged(batch.height(), entry));
  }

  boolean isValid(Hash batch) {
    var check = checks.get(batch);
    return check != null && check.verdict == Verdict.VALID;
  }

  /** Whether a verdict on it is on its way. */
  boolean isOpen(Hash batch) {
    var check = checks.get(batch);
    return check != null && (check.verdict == Verdict.DUE || check.verdict == Verdict.CHECKING);
  }

  Optional<Integer> forgedEntry(Hash batch) {
    return Optional.ofNullable(forged.get(batch)).map(found -> found.entry);
  }

  /** Batches with an invalid signature of which nobody was accused yet. */
  List<Hash> untold() {
    return forged.entrySet().stream()
        .filter(each -> !each.getValue().told)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whoever vouched for it was accused. */
  void told(Hash batch) {
    Optional.ofNullable(forged.get(batch)).ifPresent(found -> found.told = true);
  }

  /**
   * Never what is known to hold a forgery or to rest on one; where batches are checked at once,
   * nothing before it is.
   */
  boolean mayAck(Batch batch, Tip finalTip) {
    if (!isAttested) {
      return true;
    }
    return isEager(finalTip)
        ? vouches(batch, finalTip)
        : !forged.containsKey(batch.digest()) && !forged.containsKey(batch.parent().digest());
  }

  /** Whether all signatures of its run down to the final tip were checked and are valid. */
  boolean vouches(Batch batch, Tip finalTip) {
    var walked = new ArrayList<Check>();
    var next = checks.get(batch.digest());
    while (next != null && next.verdict == Verdict.VALID && next.batch.run() == batch.run()) {
      walked.add(next);
      if (next.vouched || next.batch.parent().equals(finalTip)) {
        walked.forEach(each -> each.vouched = true);
        return true;
      }
      next = checks.get(next.batch.parent().digest());
    }
    return false;
  }

  /** What lies at or below {@code height} went to execution. */
  void release(Height height) {
    checks.values().removeIf(check -> !check.batch.height().isAfter(height));
    forged.values().removeIf(each -> !each.height.isAfter(height));
  }
}
