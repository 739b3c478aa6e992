package dev.sampo.simulation.invariant;

import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.vote.Statement;

/** 2.9: without faults every leader is heard in time, so that nobody gives a view up. */
public final class NoViewIsLost implements Invariant {

  @Override
  public String id() {
    return "no lost view";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Sent.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Sent(var by, _, ConsensusVote(var vote))
        && vote.statement() instanceof Statement.Nullify(_, var view)) {
      findings.violated(this, by + " gives up view " + view);
    }
  }
}
