package dev.sampo.core.consensus.testing;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.EngineStatus;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sees everything that honest validators say and checks the invariants of 2.20 after each event. A
 * certificate counts as soon as it could be made if every Byzantine validator had signed it.
 */
public final class Observer {

  /** An invariant is broken. */
  public static final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
      super(message);
    }
  }

  private final Genesis genesis;
  private final Set<ValidatorIndex> byzantine;
  private final int threshold;
  private final LinkedHashMap<Statement, TreeSet<ValidatorIndex>> said = new LinkedHashMap<>();
  private final TreeMap<View, Hash> notarized = new TreeMap<>();
  private final TreeMap<View, Hash> finalized = new TreeMap<>();
  private final TreeSet<View> nullified = new TreeSet<>();
  private final LinkedHashMap<Hash, Block> blocks = new LinkedHashMap<>();
  private final TreeMap<Height, Hash> ledger = new TreeMap<>();
  private final TreeMap<String, Statement> shadow = new TreeMap<>();
  private final TreeMap<ValidatorIndex, EngineStatus> standing = new TreeMap<>();

  Observer(Genesis genesis, Set<ValidatorIndex> byzantine) {
    this.genesis = genesis;
    this.byzantine = byzantine;
    this.threshold = genesis.validators().quorum() - byzantine.size();
    blocks.put(genesis.block().hash(), genesis.block());
  }

  void sent(ValidatorIndex from, ConsensusMessage message) {
    if (message instanceof Proposal proposal) {
      blocks.put(proposal.block().hash(), proposal.block());
      certificates(proposal.justification());
    } else if (message instanceof BlockResponse(var block)) {
      blocks.put(block.hash(), block);
    } else if (message instanceof Certificates(var certificates, _)) {
      certificates(certificates);
    }
    if (byzantine.contains(from)) {
      return;
    }
    if (message instanceof Proposal(var block, _, _)) {
      promised(from, new Statement.Propose(block.header().epoch(), block.view(), block.hash()));
    }
    if (message instanceof ConsensusVote(var vote)) {
      promised(from, vote.statement());
      said.computeIfAbsent(vote.statement(), s -> new TreeSet<>()).add(from);
      if (said.get(vote.statement()).size() >= threshold) {
        constructible(vote.statement());
      }
    }
  }

  /** I5: over all lives of a validator, what it sent fits one path through the automaton of 2.3. */
  private void promised(ValidatorIndex from, Statement statement) {
    switch (statement) {
      case Statement.Propose(_, var view, _) -> once(from, view, "propose", statement);
      case Statement.Notarize(_, var view, _) -> once(from, view, "notarize", statement);
      case Statement.Nullify(_, var view) -> once(from, view, "nullify or finalize", statement);
      case Statement.Finalize(_, var view, _) -> once(from, view, "nullify or finalize", statement);
      case Statement.StateAttest s -> {}
      case Statement.Append a -> {}
      case Statement.Ack a -> {}
      case Statement.OfRecovery r -> {}
    }
  }

  private void once(ValidatorIndex from, View view, String kind, Statement statement) {
    var first = shadow.putIfAbsent(from + " " + view + " " + kind, statement);
    require(
        first == null || first.equals(statement), "I5", from + " said " + first + ", " + statement);
  }

  /** I1, I2, I3, I8. */
  private void constructible(Statement statement) {
    switch (statement) {
      case Statement.Notarize(_, var view, var hash) -> {
        var other = notarized.putIfAbsent(view, hash);
        require(other == null || other.equals(hash), "I1", "two notarizations in view " + view);
        if (other == null) {
          checkAncestry(view, hash);
        }
      }
      case Statement.Nullify(_, var view) -> {
        nullified.add(view);
        require(!finalized.containsKey(view), "I2", "view " + view + " is final and null");
      }
      case Statement.Finalize(_, var view, var hash) -> {
        finalized.put(view, hash);
        require(!nullified.contains(view), "I2", "view " + view + " is null and final");
        require(hash.equals(notarized.get(view)), "I3", "final, not notarized: view " + view);
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
    require(block != null, "I8", "a block that nobody sent is notarized");
    var header = block.header();
    boolean proven =
        header.parentView().equals(View.ZERO)
            ? header.parent().equals(genesis.block().hash())
            : header.parent().equals(notarized.get(header.parentView()));
    require(proven, "I8", "the parent of view " + view + " is not notarized");
    for (var gap = header.parentView().next(); gap.isBefore(view); gap = gap.next()) {
      require(nullified.contains(gap), "I8", "view " + view + " skips " + gap + " without proof");
    }
  }

  /** I11. */
  private void certificates(List<Certificate> certificates) {
    for (var certificate : certificates) {
      require(
          certificate.votes().size() >= genesis.validators().quorum(),
          "I11",
          "a certificate of " + certificate.votes().size());
    }
  }

  /** I4: one ledger, without gaps. */
  void delivered(ValidatorIndex by, Block last, List<Block> fresh) {
    var parent = last;
    for (var block : fresh) {
      require(
          block.header().parent().equals(parent.hash())
              && block.height().equals(parent.height().next()),
          "I4",
          by + " delivers " + block + " after " + parent);
      var other = ledger.putIfAbsent(block.height(), block.hash());
      require(other == null || other.equals(block.hash()), "I4", "fork at " + block.height());
      parent = block;
    }
  }

  /** I7 within one life; a new one starts with {@link #restarted}. */
  void stands(ValidatorIndex index, EngineStatus status) {
    var before = standing.put(index, status);
    require(
        before == null
            || (!status.view().isBefore(before.view())
                && !status.finalView().isBefore(before.finalView())),
        "I7",
        index + " went from " + before + " to " + status);
  }

  void restarted(ValidatorIndex index) {
    standing.remove(index);
  }

  /** I6. */
  void durable(boolean holds, ValidatorIndex from, ConsensusMessage message) {
    require(holds, "I6", from + " said before it was durable: " + message);
  }

  /** I9. */
  void accused(Evidence evidence) {
    require(byzantine.containsAll(evidence.culprits()), "I9", "honest but accused: " + evidence);
  }

  void halted(ValidatorIndex index, String reason) {
    require(byzantine.contains(index), "no halt", index + " halts: " + reason);
  }

  /** The height of the ledger that anyone has delivered. */
  public Height height() {
    return ledger.isEmpty() ? Height.ZERO : ledger.lastKey();
  }

  public List<View> nullifiedViews() {
    return new ArrayList<>(nullified);
  }

  private static void require(boolean holds, String invariant, String otherwise) {
    if (!holds) {
      throw new Violation(invariant + ": " + otherwise);
    }
  }
}
