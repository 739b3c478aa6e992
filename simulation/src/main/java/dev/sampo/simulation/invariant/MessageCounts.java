package dev.sampo.simulation.invariant;

import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.View;

/** I21: without faults a block costs no more than the messages of protocol 2.19. */
public final class MessageCounts implements Invariant {

  /** Views that may be under way, and starts, that no block pays for. */
  private static final long SLACK_VIEWS = 4;

  private final Ground ground;
  private long consensus;
  private long certificates;
  private View newest = View.ZERO;

  public MessageCounts(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "I21";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Sent.class
        || kind == Observation.Stands.class
        || kind == Observation.Ended.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Sent(_, int recipients, Proposal p) -> consensus += recipients;
      case Observation.Sent(_, int recipients, ConsensusVote v) -> consensus += recipients;
      case Observation.Sent(_, int recipients, Certificates c) -> certificates += recipients;
      case Observation.Stands(_, var status) -> {
        if (status.view().isAfter(newest)) {
          newest = status.view();
        }
      }
      case Observation.Ended ended -> check(findings);
      case Observation other -> {}
    }
  }

  private void check(Findings findings) {
    long n = ground.validators();
    long views = newest.number() + SLACK_VIEWS;
    long most = views * (n - 1 + 2 * n * (n - 1));
    if (consensus > most || certificates > most / 20) {
      findings.violated(
          this,
          "in %d views %d consensus messages and %d with certificates, at most %d and %d"
              .formatted(newest.number(), consensus, certificates, most, most / 20));
    }
  }
}
