package dev.sampo.simulation.invariant;

import dev.sampo.core.consensus.EngineStatus;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.util.TreeMap;

/**
 * I7: within a run neither view nor final view decrease; across restarts neither the stored height
 * nor the view of new notarize votes does.
 */
public final class ViewsGrow implements Invariant {

  private final Ground ground;
  private final TreeMap<ValidatorIndex, EngineStatus> standing = new TreeMap<>();
  private final TreeMap<ValidatorIndex, View> notarized = new TreeMap<>();
  private final TreeMap<ValidatorIndex, Height> stored = new TreeMap<>();

  public ViewsGrow(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "I7";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Started.class
        || kind == Observation.Lost.class
        || kind == Observation.Stands.class
        || kind == Observation.Stored.class
        || kind == Observation.Sent.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Started(var by) -> standing.remove(by);
      case Observation.Lost(var by) -> {
        notarized.remove(by);
        stored.remove(by);
      }
      case Observation.Stands(var by, var status) -> stands(by, status, findings);
      case Observation.Stored(var by, var blocks, _) ->
          stored.put(by, blocks.getLast().block().height());
      case Observation.Sent(var by, _, ConsensusVote(var vote)) -> {
        if (vote.statement() instanceof Statement.Notarize(_, var view, _)) {
          notarize(by, view);
        }
      }
      case Observation other -> {}
    }
  }

  private void notarize(ValidatorIndex by, View view) {
    var before = notarized.getOrDefault(by, View.ZERO);
    if (view.isAfter(before)) {
      notarized.put(by, view);
    }
  }

  private void stands(ValidatorIndex by, EngineStatus status, Findings findings) {
    if (!ground.isHonest(by)) {
      return;
    }
    var before = standing.put(by, status);
    if (before == null) {
      restarted(by, status, findings);
    } else if (status.view().isBefore(before.view())
        || status.finalView().isBefore(before.finalView())) {
      findings.violated(this, by + " went from " + before + " to " + status);
    }
  }

  private void restarted(ValidatorIndex by, EngineStatus status, Findings findings) {
    if (status.finalHeight().isBefore(stored.getOrDefault(by, Height.ZERO))) {
      findings.violated(this, by + " forgot a stored height: " + status);
    }
    // D5: whoever notarized in a view had left the one before, durably.
    if (status.view().isBefore(notarized.getOrDefault(by, View.ZERO))) {
      findings.violated(this, by + " starts below a view that it notarized in: " + status);
    }
  }
}
