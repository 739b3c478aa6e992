package dev.sampo.simulation.explore;

import dev.sampo.core.block.Block;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.types.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Loses what a scenario says, for each view until some time after a machine first entered it. */
final class Network {

  /**
   * Long enough that whoever entered the view with the first has given it up and said so, and
   * shorter than the first retransmission.
   */
  static final long DISTURBED_NANOS = Duration.ofMillis(1_900).toNanos();

  private static final long NEVER = Long.MAX_VALUE;

  private final List<RoundPlan> rounds;
  private final long[] healsAt;
  private final boolean mutes;
  private final Traffic lastRound = new Traffic();

  Network(Scenario scenario) {
    this.rounds = scenario.rounds();
    this.mutes = scenario.twins() == Twins.IN_THE_END_SILENT;
    this.healsAt = new long[rounds.size()];
    Arrays.fill(healsAt, NEVER);
  }

  void entered(View view, long nanos) {
    for (int round = 0; round < Math.min(view.number(), rounds.size()); round++) {
      if (healsAt[round] == NEVER) {
        healsAt[round] = nanos + DISTURBED_NANOS;
      }
    }
  }

  /** What met the plan of the last round. */
  Traffic lastRound() {
    return lastRound;
  }

  /** Whether the message arrives; what is about no view counts to the sender's. */
  boolean passes(Machine from, Machine to, ConsensusMessage message, long nanos) {
    var view = about(message, from.view());
    int round = Math.clamp(view.number() - 1, 0, rounds.size());
    if (round == rounds.size() || nanos >= healsAt[round]) {
      return from.isHonest() || !mutes;
    }
    var kind = MessageKind.of(message);
    if (round == rounds.size() - 1) {
      lastRound.note(kind, from.number(), to.number());
    }
    return rounds.get(round).passes(kind, from.number(), to.number());
  }

  private static View about(ConsensusMessage message, View senders) {
    return switch (message) {
      case Proposal(Block block, _, _) -> block.view();
      case ConsensusVote(var vote) -> Records.viewOf(vote.statement());
      case Certificates(var certificates, _) -> {
        var views = new ArrayList<View>();
        certificates.forEach(certificate -> views.add(Records.viewOf(certificate)));
        yield views.stream().max(View::compareTo).orElse(senders);
      }
      case BlockResponse(var block) -> block.view();
      case BlockRequest r -> senders;
      case CertificateRequest r -> senders;
      case Status s -> senders;
      case PeerMessage.Recover r -> senders;
      case PeerMessage.RecoverReply r -> senders;
    };
  }
}
