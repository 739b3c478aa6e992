package dev.sampo.simulation.explore;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.EngineStatus;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Hears all that honest machines say and checks the invariants of 2.20 after each event. A
 * certificate counts as soon as it could be made if the twins had signed everything.
 */
final class Witness {

  private final Optional<ValidatorIndex> twin;
  private final Block genesis;
  private final int quorum;
  private final Ballot ballot;
  private final TreeMap<View, Hash> notarized = new TreeMap<>();
  private final TreeMap<View, Hash> finalized = new TreeMap<>();
  private final TreeMap<View, Statement> nullified = new TreeMap<>();
  private final LinkedHashMap<Hash, Block> blocks = new LinkedHashMap<>();
  private final TreeMap<Height, Hash> ledger = new TreeMap<>();

  /** {@code twin} is the validator whose key two machines hold. */
  Witness(Block genesis, int quorum, Optional<ValidatorIndex> twin) {
    this.genesis = genesis;
    this.quorum = quorum;
    this.twin = twin;
    this.ballot = new Ballot(quorum - (twin.isPresent() ? 1 : 0));
  }

  void hears(Machine from, ConsensusMessage message) {
    switch (message) {
      case Proposal(var block, _, var justification) -> {
        blocks.putIfAbsent(block.hash(), block);
        justification.forEach(this::holdsQuorum);
        if (from.isHonest()) {
          says(from, new Statement.Propose(block.header().epoch(), block.view(), block.hash()));
        }
      }
      case ConsensusVote(var vote) -> {
        if (from.isHonest()) {
          says(from, vote.statement());
        }
      }
      case Certificates(var certificates, _) -> certificates.forEach(this::holdsQuorum);
      case BlockResponse(var block) -> blocks.putIfAbsent(block.hash(), block);
      case BlockRequest r -> {}
      case CertificateRequest r -> {}
      case PeerMessage.Recover r -> {}
      case PeerMessage.RecoverReply r -> {}
      case Status s -> {}
    }
  }

  private void says(Machine from, Statement statement) {
    if (ballot.isKnown(from.index(), statement)) {
      return;
    }
    durable(from, statement);
    if (ballot.cast(from.index(), statement)) {
      constructible(statement);
    }
  }

  /** I6, by the rows D1 to D5 of 2.4. */
  private void durable(Machine from, Statement statement) {
    var records = from.records();
    Breach.unless(
        records.hasStated(statement), "I6", () -> name(from) + " said, not durable: " + statement);
    switch (statement) {
      case Statement.Propose(_, var view, var block) -> rests(from, view, block);
      case Statement.Notarize(_, var view, var block) -> rests(from, view, block);
      case Statement.Finalize(_, var view, _) ->
          Breach.unless(
              records.holdsCertificateOf(view),
              "I6",
              () -> name(from) + " finalizes view " + view + " without its notarization (D3)");
      case Statement.Nullify n -> {}
      case Statement.StateAttest s -> {}
      case Statement.Append a -> {}
      case Statement.Ack a -> {}
      case Statement.OfRecovery r -> {}
    }
  }

  private void rests(Machine from, View view, Hash block) {
    Breach.unless(
        from.records().holdsBlock(block),
        "I6",
        () -> name(from) + " vouches in view " + view + " for a block that is not durable (D1)");
    var before = View.of(view.number() - 1);
    Breach.unless(
        from.records().holdsCertificateOf(before),
        "I6",
        () -> name(from) + " speaks in view " + view + ", not durable how it came there (D5)");
  }

  /** I1, I2, I3, I8. */
  private void constructible(Statement statement) {
    switch (statement) {
      case Statement.Notarize(_, var view, var hash) -> {
        var other = notarized.putIfAbsent(view, hash);
        Breach.unless(
            other == null || other.equals(hash), "I1", () -> "two notarizations in view " + view);
        if (other == null) {
          checkAncestry(view, hash);
        }
      }
      case Statement.Nullify(_, var view) -> {
        nullified.put(view, statement);
        Breach.unless(
            !finalized.containsKey(view), "I2", () -> "view " + view + " is final, then null");
      }
      case Statement.Finalize(_, var view, var hash) -> {
        finalized.put(view, hash);
        Breach.unless(
            !nullified.containsKey(view), "I2", () -> "view " + view + " is null, then final");
        Breach.unless(
            hash.equals(notarized.get(view)), "I3", () -> "final, not notarized: view " + view);
      }
      case Statement.Propose p -> {}
      case Statement.StateAttest s -> {}
      case Statement.Append a -> {}
      case Statement.Ack a -> {}
      case Statement.OfRecovery r -> {}
    }
  }

  private void checkAncestry(View view, Hash hash) {
    var block = blocks.get(hash);
    if (block == null) {
      throw new Breach("I8", "a block that nobody sent is notarized in view " + view);
    }
    var header = block.header();
    var parentView = header.parentView();
    boolean proven =
        parentView.equals(View.ZERO)
            ? header.parent().equals(genesis.hash())
            : header.parent().equals(notarized.get(parentView));
    Breach.unless(proven, "I8", () -> "the parent of view " + view + " is not notarized");
    for (var gap = parentView.next(); gap.isBefore(view); gap = gap.next()) {
      var skipped = gap;
      Breach.unless(
          nullified.containsKey(gap),
          "I8",
          () -> "view " + view + " skips " + skipped + " without proof");
    }
  }

  private void holdsQuorum(Certificate certificate) {
    Breach.unless(
        certificate.votes().size() >= quorum,
        "I11",
        () -> "a certificate of " + certificate.votes().size());
  }

  /** I4: one ledger, without gaps. */
  void delivered(Machine by, List<Block> fresh) {
    if (!by.isHonest()) {
      return;
    }
    var parent = by.delivered();
    for (var block : fresh) {
      var last = parent;
      Breach.unless(
          block.header().parent().equals(last.hash())
              && block.height().equals(last.height().next()),
          "I4",
          () -> name(by) + " delivers " + block + " after " + last);
      var other = ledger.putIfAbsent(block.height(), block.hash());
      Breach.unless(
          other == null || other.equals(block.hash()), "I4", () -> "fork at " + block.height());
      parent = block;
    }
  }

  /** I7 within one life. */
  void moved(Machine machine, EngineStatus before, EngineStatus now) {
    Breach.unless(
        !machine.isHonest()
            || (!now.view().isBefore(before.view())
                && !now.finalView().isBefore(before.finalView())),
        "I7",
        () -> name(machine) + " went from " + before + " to " + now);
  }

  /** I9. */
  void accused(Evidence evidence) {
    Breach.unless(
        evidence.culprits().stream().allMatch(each -> twin.equals(Optional.of(each))),
        "I9",
        () -> "honest but accused: " + evidence);
  }

  private static String name(Machine machine) {
    return "machine " + RoundPlanText.nameOf(machine.number());
  }
}
