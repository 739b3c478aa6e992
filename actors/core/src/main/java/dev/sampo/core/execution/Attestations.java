package dev.sampo.core.execution;

import dev.sampo.core.store.Table;
import dev.sampo.core.store.TableReader;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.store.WriteSet.Write;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.core.vote.Vote;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Collects state attestations into state certificates (protocol 2.11). Only votes and certificates
 * with checked signatures come in. At most {@link #WINDOW} heights beyond the newest known one are
 * collected, and as many below, late. Not thread-safe.
 */
public final class Attestations {

  /** How far from the newest certified or executed height a vote may be. */
  public static final int WINDOW = 256;

  /**
   * What came of a vote or a certificate.
   *
   * @param certified a certificate that was not known before
   * @param evidence that a validator attested two states of one height: STATE_FORK
   * @param writes to be committed; empty unless something was certified
   */
  public record Update(
      Optional<Certificate> certified, Optional<Evidence> evidence, WriteSet writes) {

    private static final Update NOTHING =
        new Update(Optional.empty(), Optional.empty(), new WriteSet(List.of()));
  }

  private final ValidatorSet validators;
  private final Optional<ValidatorIndex> self;
  private final TableReader tables;
  private final NavigableMap<Height, NavigableMap<ValidatorIndex, Vote>> votes = new TreeMap<>();
  private final NavigableMap<Height, Certificate> certificates = new TreeMap<>();
  private final NavigableMap<Height, NavigableSet<ValidatorIndex>> accused = new TreeMap<>();
  private final NavigableMap<Height, Vote> own = new TreeMap<>();
  private Height lastExecuted;
  private Optional<Certificate> newest;

  private Attestations(ValidatorSet validators, Optional<ValidatorIndex> self, TableReader tables) {
    this.validators = validators;
    this.self = self;
    this.tables = tables;
    var reader = new LedgerReader(tables);
    this.lastExecuted = reader.lastExecuted();
    this.newest = reader.newestStateCertificate();
  }

  /** Continues from what the store holds; {@code self} is empty on a node that does not attest. */
  public static Attestations open(
      ValidatorSet validators, Optional<ValidatorIndex> self, TableReader tables) {
    return new Attestations(validators, self, tables);
  }

  /**
   * Counts a vote, the own ones too.
   *
   * @throws StateDivergence if a quorum attests other roots than this node computed
   */
  public Update add(Vote vote) {
    if (!(vote.statement() instanceof StateAttest statement)
        || !validators.contains(vote.signer())) {
      return Update.NOTHING;
    }
    if (self.equals(Optional.of(vote.signer()))) {
      keepOwn(statement.height(), vote);
    }
    if (!isNear(statement.height())) {
      return Update.NOTHING;
    }
    var atHeight = votes.computeIfAbsent(statement.height(), _ -> new TreeMap<>());
    var before = atHeight.putIfAbsent(vote.signer(), vote);
    if (before != null) {
      return before.statement().equals(statement)
          ? Update.NOTHING
          : conflict(statement.height(), before, vote);
    }
    if (atHeight.size() < validators.quorum() || isCertified(statement.height())) {
      return Update.NOTHING;
    }
    var same = new ArrayList<Vote>();
    for (var other : atHeight.values()) {
      if (other.statement().equals(statement)) {
        same.add(other);
      }
    }
    return same.size() < validators.quorum()
        ? Update.NOTHING
        : certify(Certificate.of(statement, same), statement);
  }

  /**
   * Takes a certificate that another node formed.
   *
   * @throws StateDivergence if it is about other roots than this node computed
   */
  public Update add(Certificate certificate) {
    if (!(certificate.statement() instanceof StateAttest statement)
        || certificate.votes().size() < validators.quorum()
        || isCertified(statement.height())) {
      return Update.NOTHING;
    }
    return certify(certificate, statement);
  }

  /**
   * This node has executed a block and stored the outcome.
   *
   * @throws StateDivergence if a quorum attests other roots
   */
  public void executed(StateAttest statement) {
    certificate(statement.height())
        .ifPresent(known -> requireSame(LedgerRows.statementOf(known), statement));
    if (statement.height().isAfter(lastExecuted)) {
      lastExecuted = statement.height();
      forgetOld();
    }
  }

  /** The newest two own attestations, which are sent again to those who may lack them (7.12). */
  public List<Vote> newestOwn() {
    return List.copyOf(own.values());
  }

  /** The certificate of the greatest height. */
  public Optional<Certificate> newest() {
    return newest;
  }

  private void keepOwn(Height height, Vote vote) {
    own.put(height, vote);
    if (own.size() > 2) {
      own.pollFirstEntry();
    }
  }

  private Update conflict(Height height, Vote first, Vote second) {
    boolean isNew = accused.computeIfAbsent(height, _ -> new TreeSet<>()).add(second.signer());
    return isNew
        ? new Update(
            Optional.empty(),
            Optional.of(new Evidence.ConflictingVotes(first, second)),
            new WriteSet(List.of()))
        : Update.NOTHING;
  }

  private Update certify(Certificate certificate, StateAttest statement) {
    tables
        .get(Table.ATTESTATION, LedgerRows.ownStatement(statement.height()))
        .map(row -> LedgerRows.stored(row, LedgerRows::decodeStatement))
        .ifPresent(mine -> requireSame(statement, mine));
    var writes = new ArrayList<Write>();
    writes.add(
        new Write.Put(
            Table.ATTESTATION,
            LedgerRows.certificate(statement.height()),
            WireWriter.encode(certificate::writeTo)));
    certificates.put(statement.height(), certificate);
    if (newest.isEmpty() || statement.height().isAfter(LedgerRows.heightOf(newest.get()))) {
      newest = Optional.of(certificate);
      writes.add(
          new Write.Put(
              Table.META, LedgerRows.META_LAST_CERTIFIED, LedgerRows.height(statement.height())));
    }
    forgetOld();
    return new Update(Optional.of(certificate), Optional.empty(), new WriteSet(writes));
  }

  private void requireSame(StateAttest certified, StateAttest computed) {
    if (!certified.equals(computed)) {
      var delta =
          new LedgerReader(tables)
              .delta(computed.height())
              .orElseThrow(() -> new InvariantViolation("no delta of height " + computed.height()));
      throw StateDivergence.fromQuorum(certified, computed, delta);
    }
  }

  private boolean isCertified(Height height) {
    return certificate(height).isPresent();
  }

  private Optional<Certificate> certificate(Height height) {
    if (newest.isEmpty() || height.isAfter(LedgerRows.heightOf(newest.get()))) {
      return Optional.empty();
    }
    var recent = certificates.get(height);
    return recent != null
        ? Optional.of(recent)
        : tables
            .get(Table.ATTESTATION, LedgerRows.certificate(height))
            .map(row -> LedgerRows.stored(row, LedgerRows::decodeCertificate));
  }

  private long frontier() {
    long certified = newest.isPresent() ? LedgerRows.heightOf(newest.get()).number() : 0;
    return Math.max(lastExecuted.number(), certified);
  }

  private boolean isNear(Height height) {
    return Math.abs(height.number() - frontier()) <= WINDOW;
  }

  private void forgetOld() {
    var oldest = Height.of(Math.max(0, frontier() - WINDOW));
    votes.headMap(oldest, false).clear();
    accused.headMap(oldest, false).clear();
    certificates.headMap(oldest, false).clear();
  }
}
