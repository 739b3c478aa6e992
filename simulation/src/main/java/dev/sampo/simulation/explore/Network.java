package dev.sampo.simulation.explore;

import dev.sampo.core.block.Block;
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
  private long lost;

  Network(List<RoundPlan> rounds) {
    this.rounds = rounds;
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

  /** So many messages were lost. */
  long lost() {
    return lost;
  }

  /** Whether the message arrives; what is about no view counts to the sender's. */
  boolean passes(Machine from, Machine to, ConsensusMessage message, long nanos) {
    var view = about(message, from.view());
    if (view.number() < 1 || view.number() > rounds.size()) {
      return true;
    }
    int round = (int) view.number() - 1;
    boolean passes =
        nanos >= healsAt[round]
            || rounds.get(round).passes(MessageKind.of(message), from.number(), to.number());
    lost += passes ? 0 : 1;
    return passes;
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
    };
  }
}
