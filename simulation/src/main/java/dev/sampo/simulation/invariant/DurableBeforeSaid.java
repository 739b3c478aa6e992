package dev.sampo.simulation.invariant;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Attestation;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.PeerMessage.IncarnationAnnounced;
import dev.sampo.core.message.PeerMessage.IncarnationConfirmed;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.RecoverReply;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.util.LinkedHashSet;
import java.util.TreeMap;

/**
 * I6: nothing is signed or said before the records of its row in protocol 2.4 are durable. An owner
 * signs its batch before, since the batch is the record, but nobody sees it.
 */
public final class DurableBeforeSaid implements Invariant {

  private static final class Shadow {
    private final LinkedHashSet<Statement> stated = new LinkedHashSet<>();
    private final LinkedHashSet<Hash> blocks = new LinkedHashSet<>();
    private final LinkedHashSet<Statement> certificates = new LinkedHashSet<>();
    private final LinkedHashSet<Hash> batches = new LinkedHashSet<>();
    private final LinkedHashSet<Statement> acks = new LinkedHashSet<>();
    private final LinkedHashSet<Statement> incarnations = new LinkedHashSet<>();
    private View left = View.ZERO;
    private Height stored = Height.ZERO;
    private boolean lost;
  }

  private final Ground ground;
  private final TreeMap<ValidatorIndex, Shadow> shadows = new TreeMap<>();

  public DurableBeforeSaid(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "I6";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Promised.class
        || kind == Observation.Lost.class
        || kind == Observation.Signed.class
        || kind == Observation.Stored.class
        || kind == Observation.Appended.class
        || kind == Observation.Sent.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Promised(var by, var promise) -> promised(shadow(by), promise);
      case Observation.Lost(var by) -> {
        shadows.remove(by);
        shadow(by).lost = true; // D12
      }
      case Observation.Signed(var by, var statement) -> {
        if (ground.isHonest(by) && !maySign(shadow(by), statement)) {
          findings.violated(this, by + " signed before it was durable: " + statement);
        }
      }
      case Observation.Stored(var by, var blocks, _) -> {
        var shadow = shadow(by);
        blocks.forEach(executed -> stored(shadow, executed.block()));
      }
      case Observation.Appended(var by, var writes) -> appended(shadow(by), writes);
      case Observation.Sent(var by, _, var message) -> {
        if (ground.isHonest(by)) {
          sent(by, shadow(by), message, findings);
        }
      }
      case Observation other -> {}
    }
  }

  private Shadow shadow(ValidatorIndex by) {
    return shadows.computeIfAbsent(by, _ -> new Shadow());
  }

  private static void promised(Shadow shadow, Promise promise) {
    switch (promise) {
      case Promise.Stated(var statement) -> shadow.stated.add(statement);
      case Promise.BlockHeld(var block) -> shadow.blocks.add(block.hash());
      case Promise.CertificateHeld(var certificate) -> {
        shadow.certificates.add(certificate.statement());
        leave(shadow, viewOf(certificate.statement()));
      }
      case Promise.FinalUpTo f -> {}
      case Promise.RecoveredFrom(var epoch, _, int incarnation) -> {
        shadow.lost = false;
        shadow.incarnations.add(new Statement.Incarnate(epoch, incarnation));
      }
    }
  }

  private static void stored(Shadow shadow, Block block) {
    shadow.stored = block.height();
    shadow.blocks.add(block.hash());
    leave(shadow, block.view());
  }

  private static void appended(Shadow shadow, LaneWrites writes) {
    writes.batches().forEach(batch -> shadow.batches.add(batch.digest()));
    shadow.acks.addAll(writes.acks());
    for (var vote : writes.announcements()) {
      if (vote.statement() instanceof Statement.Incarnate(var epoch, int incarnation)) {
        shadow.incarnations.add(new Statement.IncarnationStored(epoch, vote.signer(), incarnation));
      }
    }
  }

  private static void leave(Shadow shadow, View view) {
    if (view.isAfter(shadow.left)) {
      shadow.left = view;
    }
  }

  private void sent(ValidatorIndex by, Shadow shadow, PeerMessage message, Findings findings) {
    boolean holds =
        switch (message) {
          case ConsensusVote(var vote) -> isDurable(shadow, vote.statement());
          case Status status -> hasLeft(shadow, status.view());
          case Proposal(var block, _, _) ->
              shadow.blocks.contains(block.hash())
                  && hasLeft(shadow, block.view())
                  && shadow.stated.contains(
                      new Statement.Propose(block.header().epoch(), block.view(), block.hash()));
          case Attestation(var vote) ->
              vote.statement() instanceof Statement.StateAttest attest
                  && !attest.height().isAfter(shadow.stored);
          case BatchAppended(var batch, _) ->
              !batch.lane().equals(by) || isDurable(shadow, batch.statement());
          case BatchAck(var vote) -> isDurable(shadow, vote.statement());
          case RecoverReply(var vote, _, _, _) -> isDurable(shadow, vote.statement());
          case IncarnationAnnounced(var vote) -> isDurable(shadow, vote.statement());
          case IncarnationConfirmed(var vote) -> isDurable(shadow, vote.statement());
          case FinalBlocks(var blocks, _) ->
              blocks.isEmpty() || !blocks.getLast().height().isAfter(shadow.stored);
          case PeerMessage other -> true;
        };
    if (!holds) {
      findings.violated(this, by + " said before it was durable: " + message);
    }
  }

  /** D5: whoever speaks in a view has the certificate by which the one before was left. */
  private static boolean hasLeft(Shadow shadow, View view) {
    return shadow.left.number() >= view.number() - 1;
  }

  private static boolean maySign(Shadow shadow, Statement statement) {
    return statement instanceof Statement.Append || isDurable(shadow, statement);
  }

  private static boolean isDurable(Shadow shadow, Statement statement) {
    if (shadow.lost) {
      return statement instanceof Statement.Recover; // RE1
    }
    return switch (statement) {
      case Statement.Notarize(_, var view, var block) ->
          shadow.stated.contains(statement)
              && shadow.blocks.contains(block)
              && hasLeft(shadow, view);
      case Statement.Finalize(var epoch, var view, var block) ->
          shadow.stated.contains(statement)
              && shadow.certificates.contains(new Statement.Notarize(epoch, view, block));
      case Statement.Nullify(_, var view) ->
          shadow.stated.contains(statement) && hasLeft(shadow, view);
      case Statement.Propose p -> shadow.stated.contains(statement);
      case Statement.StateAttest s -> !s.height().isAfter(shadow.stored);
      case Statement.Append a -> shadow.batches.contains(Batch.digestOf(a));
      case Statement.Ack a -> shadow.acks.contains(a.by(0)) && shadow.batches.contains(a.batch());
      case Statement.Recover r -> true;
      case Statement.RecoverReply r -> shadow.stated.contains(r) && hasLeft(shadow, r.view());
      case Statement.Incarnate i -> shadow.incarnations.contains(i);
      case Statement.IncarnationStored s -> shadow.incarnations.contains(s);
    };
  }

  /** The view of a statement about one; zero of any other. */
  static View viewOf(Statement statement) {
    return switch (statement) {
      case Statement.Propose p -> p.view();
      case Statement.Notarize n -> n.view();
      case Statement.Nullify n -> n.view();
      case Statement.Finalize f -> f.view();
      case Statement.StateAttest s -> View.ZERO;
      case Statement.Append a -> View.ZERO;
      case Statement.Ack a -> View.ZERO;
      case Statement.OfRecovery r -> View.ZERO;
    };
  }
}
