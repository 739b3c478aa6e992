package dev.sampo.simulation.invariant;

import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.util.LinkedHashMap;

/** I5: over all its lives, what a validator says of a view fits one path of the automaton (2.3). */
public final class SlotsMoveForward implements Invariant {

  private enum Kind {
    PROPOSE,
    NOTARIZE,
    END
  }

  private record Slot(ValidatorIndex by, View view, int kind) {}

  private final Ground ground;
  private final LinkedHashMap<Slot, Statement> said = new LinkedHashMap<>();

  public SlotsMoveForward(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "I5";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Sent.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (!(observation instanceof Observation.Sent(var by, _, var message))
        || !ground.isHonest(by)) {
      return;
    }
    if (message instanceof Proposal(var block, _, _)) {
      say(by, new Statement.Propose(block.header().epoch(), block.view(), block.hash()), findings);
    } else if (message instanceof ConsensusVote(var vote)) {
      say(by, vote.statement(), findings);
    }
  }

  private void say(ValidatorIndex by, Statement statement, Findings findings) {
    switch (statement) {
      case Statement.Propose(_, var view, _) -> once(by, view, Kind.PROPOSE, statement, findings);
      case Statement.Notarize(_, var view, _) -> once(by, view, Kind.NOTARIZE, statement, findings);
      case Statement.Nullify(_, var view) -> once(by, view, Kind.END, statement, findings);
      case Statement.Finalize(_, var view, _) -> once(by, view, Kind.END, statement, findings);
      case Statement.StateAttest s -> {}
      case Statement.Append a -> {}
      case Statement.Ack a -> {}
      case Statement.OfRecovery r -> {}
    }
  }

  private void once(
      ValidatorIndex by, View view, Kind kind, Statement statement, Findings findings) {
    var first = said.putIfAbsent(new Slot(by, view, kind.ordinal()), statement);
    if (first != null && !first.equals(statement)) {
      findings.violated(this, by + " said " + first + ", then " + statement);
    }
  }
}
