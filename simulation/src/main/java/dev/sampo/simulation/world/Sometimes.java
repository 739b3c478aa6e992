package dev.sampo.simulation.world;

import dev.sampo.core.consensus.EngineEvent;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.mempool.MempoolEffect;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Statement.Append;
import dev.sampo.simulation.fault.Behaviour;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts rare branches, so that a swarm that never takes one is noticed. */
public final class Sometimes {

  /** Every branch that there is: one that nobody wrote down could not be missed. */
  private static final List<String> BRANCHES =
      List.of(
          "batch asked for",
          "batch after a recovery",
          "batch of a final block lost",
          "batch of a later run",
          "batch sent",
          "batch sent with a proof",
          "batches ordered",
          "certificate pushed",
          "client tried again",
          "clock behind its peers",
          "closed for a backlog",
          "conflicting votes seen",
          "copy fenced",
          "copy started beside another",
          "damaged block not served",
          "damaged disk refused",
          "batch vouched for",
          "forgery vouched for",
          "ignored: not a validator",
          "ignored: not a vote of this epoch",
          "ignored: not the leader's proposal",
          "invalid proposal seen",
          "leader equivocation seen",
          "message refused",
          "missing data asked for again",
          "own votes sent again",
          "proof after a recovery",
          "proof sent alone",
          "recovery asked again",
          "recovery begun",
          "recovery settled",
          "standstill repair",
          "stopped by its disk",
          "sync over a gap",
          "torn record cut off",
          "view ended by nullification",
          "waited for a block's time");

  private final TreeMap<String, Long> counts = new TreeMap<>();

  Sometimes() {
    var adversaries = Arrays.stream(Behaviour.values()).map(Sometimes::adversary);
    Stream.concat(BRANCHES.stream(), adversaries).forEach(branch -> counts.put(branch, 0L));
  }

  static String adversary(Behaviour behaviour) {
    return "adversary " + behaviour;
  }

  /** Throws if the branch is none that is written down. */
  public void count(String branch) {
    if (counts.computeIfPresent(branch, (_, count) -> count + 1) == null) {
      throw new IllegalArgumentException("not a branch that is looked for: " + branch);
    }
  }

  void found(Evidence evidence) {
    switch (evidence) {
      case Evidence.ConflictingVotes votes -> count("conflicting votes seen");
      case Evidence.ConflictingProposals proposals -> count("leader equivocation seen");
      case Evidence.InvalidAck ack -> count("forgery vouched for");
      case Evidence.InvalidProposal proposal -> count("invalid proposal seen");
    }
  }

  void performed(MempoolEffect effect) {
    switch (effect) {
      case MempoolEffect.Send(_, BatchAppended(_, var proof)) ->
          count(proof.isPresent() ? "batch sent with a proof" : "batch sent");
      case MempoolEffect.Send(_, AvailabilityProofs(var proofs)) -> {
        count("proof sent alone");
        if (proofs.stream().anyMatch(Sometimes::isOfRecovered)) {
          count("proof after a recovery");
        }
      }
      case MempoolEffect.Send(_, BatchRequest request) -> count("batch asked for");
      case MempoolEffect.Sign(Append append) when append.run() >>> Integer.SIZE > 0 ->
          count("batch after a recovery");
      case MempoolEffect.Sign(Append append) when append.run() > 0 -> count("batch of a later run");
      case MempoolEffect.Sign(Ack ack) when ack.verified() -> count("batch vouched for");
      case MempoolEffect.Execute(var blocks, _) -> {
        for (var ordered : blocks) {
          if (ordered.entries().size() > ordered.block().inline().size()) {
            count("batches ordered");
          }
        }
      }
      case MempoolEffect.ReportEvidence(var evidence) -> found(evidence);
      case MempoolEffect.ReportDataLost lost -> count("batch of a final block lost");
      case MempoolEffect other -> {}
    }
  }

  private static boolean isOfRecovered(Certificate proof) {
    return proof.votes().stream().anyMatch(vote -> vote.incarnation() > 0);
  }

  void fired(TimerId timer) {
    switch (timer.kind()) {
      case STANDSTILL -> count("standstill repair");
      case RETRY -> count("own votes sent again");
      case PUSH -> count("certificate pushed");
      case TIMESTAMP -> count("waited for a block's time");
      case FETCH -> count("missing data asked for again");
      case RECOVERY -> count("recovery asked again");
      case PROPOSAL, ADVANCE, IDLE, START, HEARTBEAT -> {}
    }
  }

  void reported(EngineEvent event) {
    switch (event) {
      case EngineEvent.ViewEntered entered -> {}
      case EngineEvent.ViewNullified nullified -> count("view ended by nullification");
      case EngineEvent.BlockNotarized notarized -> {}
      case EngineEvent.BlockFinalized finalized -> {}
      case EngineEvent.MessageIgnored(_, var reason) -> count("ignored: " + reason);
      case EngineEvent.Recovering waits -> {}
      case EngineEvent.RecoverySettled settled -> count("recovery settled");
      case EngineEvent.ClockBehind behind -> count("clock behind its peers");
    }
  }

  /** By the name of each branch, 0 for one that was not taken. */
  public SortedMap<String, Long> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }
}
