package dev.sampo.core.mempool;

import dev.sampo.core.lane.LaneRows;
import dev.sampo.core.message.PeerMessage.IncarnationAnnounced;
import dev.sampo.core.message.PeerMessage.IncarnationConfirmed;
import dev.sampo.core.store.EntryReader;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Statement.Incarnate;
import dev.sampo.core.vote.Statement.IncarnationStored;
import dev.sampo.core.vote.Vote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which incarnation of each validator is current here: what it acknowledged in another one does not
 * count (RE4, N4). And the own one, with which this validator speaks in lanes only once a quorum of
 * others has stored it. One number of each member, whatever they announce.
 */
final class Incarnations {

  private static final long RETRY_MIN = Duration.ofMillis(500).toNanos();
  private static final long RETRY_MAX = Duration.ofSeconds(5).toNanos();

  private final ValidatorIndex self;
  private final int quorum;
  private final MempoolOutbox outbox;
  // On disk: what others announced, and the own one once enough others have confirmed it.
  private final TreeMap<ValidatorIndex, Vote> stored = new TreeMap<>();
  private final TreeMap<ValidatorIndex, Vote> toStore = new TreeMap<>();
  private final TreeMap<ValidatorIndex, Vote> confirmations = new TreeMap<>();
  private final TreeSet<ValidatorIndex> confirmedBy = new TreeSet<>();
  private OptionalInt own;
  private Optional<Vote> announcement = Optional.empty();
  private long retryDelay = RETRY_MIN;
  private boolean retryArmed;
  private boolean changed;

  Incarnations(ValidatorIndex self, int quorum, MempoolOutbox outbox, LaneVoice voice) {
    this.self = self;
    this.quorum = quorum;
    this.outbox = outbox;
    this.own =
        switch (voice) {
          case SPEAKS -> OptionalInt.of(0);
          case SILENT -> OptionalInt.empty();
        };
    own.ifPresent(outbox::speakAs);
  }

  /** Takes up what is on disk. */
  void recover(EntryReader tables) {
    LaneRows.announcements(tables).forEach(vote -> stored.put(vote.signer(), vote));
  }

  /** Consensus waits to hear it, whatever there is (RE4). */
  void start() {
    outbox.add(new MempoolEffect.IncarnationsStored(ofOthers()));
  }

  /** Whether acknowledgements became void, or begin to count, since this was asked last. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /** Of each other validator that announced one, the newest on disk. */
  List<Vote> ofOthers() {
    return stored.values().stream().filter(vote -> !vote.signer().equals(self)).toList();
  }

  /** Whether what the signer acknowledged in that incarnation counts. */
  boolean isCurrent(ValidatorIndex signer, int incarnation) {
    return incarnation == (signer.equals(self) ? own.orElse(0) : incarnationIn(stored, signer));
  }

  /** Whether the acknowledgement counts. */
  boolean isCurrent(Vote vote) {
    return vote.statement() instanceof Ack ack && isCurrent(vote.signer(), ack.incarnation());
  }

  /** N4: whether each acknowledgement in the proof counts. */
  boolean isCurrent(Certificate proof) {
    return proof.votes().stream().allMatch(each -> isCurrent(each.signer(), each.incarnation()));
  }

  private static int incarnationIn(Map<ValidatorIndex, Vote> votes, ValidatorIndex of) {
    var vote = votes.get(of);
    return vote == null ? 0 : incarnationIn(vote);
  }

  private static int incarnationIn(Vote vote) {
    if (vote.statement() instanceof Incarnate(_, int incarnation)) {
      return incarnation;
    }
    throw new InvariantViolation("not an announcement: " + vote.statement());
  }

  /** The engine knows by now which incarnation this is. */
  void settled(int incarnation) {
    own = OptionalInt.of(incarnation);
    if (isConfirmed()) {
      outbox.speakAs(incarnation);
    }
    outbox.signOfLives(new Incarnate(Epoch.ZERO, incarnation));
  }

  private boolean isConfirmed() {
    return incarnationIn(stored, self) >= own.orElseThrow();
  }

  void signed(Incarnate statement, Signature signature) {
    announcement = Optional.of(new Vote(statement, self, signature));
    announceTo(silent());
    armRetry(RETRY_MIN);
  }

  /** One that runs is not put off, however often others announce themselves. */
  private void armRetry(long delay) {
    if (!retryArmed) {
      retryArmed = true;
      retryDelay = Math.min(delay, RETRY_MAX);
      outbox.setTimer(MempoolTimer.INCARNATION, retryDelay);
    }
  }

  /** Until everyone has stored it, since whoever has not does not count what is said with it. */
  void retry() {
    retryArmed = false;
    var silent = silent();
    if (!silent.isEmpty()) {
      announceTo(silent);
      armRetry(retryDelay + retryDelay / 2);
    }
  }

  void greet(ValidatorIndex peer) {
    if (!confirmedBy.contains(peer)) {
      announceTo(List.of(peer));
    }
  }

  private List<ValidatorIndex> silent() {
    return outbox.peers().stream().filter(peer -> !confirmedBy.contains(peer)).toList();
  }

  private void announceTo(List<ValidatorIndex> peers) {
    announcement.ifPresent(vote -> outbox.sendTo(peers, new IncarnationAnnounced(vote)));
  }

  /** A peer's: stored first, then confirmed. A lower one than stored says nothing new. */
  void announced(Vote vote) {
    int incarnation = incarnationIn(vote);
    int known = incarnationIn(stored, vote.signer());
    if (own.isEmpty() || vote.signer().equals(self)) {
      return;
    }
    if (incarnation == known) {
      confirm(vote);
    } else if (incarnation > Math.max(known, incarnationIn(toStore, vote.signer()))) {
      toStore.put(vote.signer(), vote);
    }
  }

  private void confirm(Vote vote) {
    var of = vote.signer();
    var statement = new IncarnationStored(Epoch.ZERO, of, incarnationIn(vote));
    var confirmation = confirmations.get(of);
    if (confirmation != null && confirmation.statement().equals(statement)) {
      outbox.send(of, new IncarnationConfirmed(confirmation));
    } else {
      outbox.signOfLives(statement);
    }
  }

  void signed(IncarnationStored statement, Signature signature) {
    var confirmation = new Vote(statement, self, signature);
    confirmations.put(statement.of(), confirmation);
    outbox.send(statement.of(), new IncarnationConfirmed(confirmation));
  }

  /** Another has stored the own one; the last that is needed has this validator store it too. */
  void confirmed(Vote vote) {
    boolean isOwn =
        vote.statement() instanceof IncarnationStored(_, var of, int incarnation)
            && of.equals(self)
            && own.equals(OptionalInt.of(incarnation));
    if (!isOwn || announcement.isEmpty() || vote.signer().equals(self)) {
      return;
    }
    confirmedBy.add(vote.signer());
    if (confirmedBy.size() >= quorum && !isConfirmed()) {
      toStore.put(self, announcement.get());
    }
  }

  /** Who lost its records has forgotten the own incarnation, too. */
  private void remind(ValidatorIndex peer) {
    confirmedBy.remove(peer);
    if (announcement.isPresent()) {
      announceTo(List.of(peer));
      armRetry(RETRY_MIN);
    }
  }

  /** What is to go to disk now; each is returned once. */
  List<Vote> takeToStore() {
    var taken = new ArrayList<>(toStore.values());
    toStore.clear();
    return taken;
  }

  /** D12: these are on disk, so they hold from now on, and those who announced them are told. */
  void stored(List<Vote> votes) {
    if (votes.isEmpty()) {
      return;
    }
    changed = true;
    votes.forEach(vote -> stored.put(vote.signer(), vote));
    outbox.add(new MempoolEffect.IncarnationsStored(ofOthers()));
    for (var vote : votes) {
      if (vote.signer().equals(self)) {
        outbox.speakAs(own.orElseThrow());
      } else {
        confirm(vote);
        remind(vote.signer());
      }
    }
  }
}
