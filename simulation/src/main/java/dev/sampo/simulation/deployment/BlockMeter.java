package dev.sampo.simulation.deployment;

import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.simulation.invariant.Invariant;
import dev.sampo.simulation.invariant.Observation;
import java.util.Optional;

/** Counts the final blocks of a ledger once each, and knows who leads; it finds nothing wrong. */
final class BlockMeter implements Invariant {

  private Height height = Height.ZERO;
  private View newest = View.ZERO;
  private Optional<ValidatorIndex> leader = Optional.empty();
  private long blocks;
  private long transfers;

  /** Final blocks that carry something. */
  long blocks() {
    return blocks;
  }

  /** What they carry. */
  long transfers() {
    return transfers;
  }

  /** Who proposed in the newest view in which anybody did. */
  Optional<ValidatorIndex> leader() {
    return leader;
  }

  @Override
  public String id() {
    return "blocks";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Sent.class || kind == Observation.Stored.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Sent(var by, _, Proposal(var block, _, _)) -> {
        if (block.view().isAfter(newest)) {
          newest = block.view();
          leader = Optional.of(by);
        }
      }
      case Observation.Stored(_, var stored, _) -> stored.forEach(this::count);
      case Observation other -> {}
    }
  }

  private void count(ExecutedBlock executed) {
    if (executed.block().height().equals(height.next())) {
      height = executed.block().height();
      int carried = executed.results().size();
      blocks += carried > 0 ? 1 : 0;
      transfers += carried;
    }
  }
}
