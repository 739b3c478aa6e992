package dev.sampo.simulation.invariant;

import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.time.Duration;
import java.util.TreeSet;

/**
 * 2.9: without faults, and among validators that are close to each other, a leader is heard in
 * time. Timers are as short as the views before, so that now and then one view takes longer; but
 * not one in {@link #VIEWS_PER_LOSS}. A leader that is much farther away than the others may well
 * lose its views: their timers are made of the views of those that are near (B34).
 */
public final class FewViewsAreLost implements Invariant {

  /** Links of at most this latency make a local network, for which T_min is 20 ms (TI2). */
  public static final Duration CLOSE = Duration.ofMillis(5);

  private static final long VIEWS_PER_LOSS = 25;
  private static final long SLACK = 2;

  private final TreeSet<View> lost = new TreeSet<>();
  private View newest = View.ZERO;

  @Override
  public String id() {
    return "lost views";
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
      case Observation.Sent(_, _, ConsensusVote(var vote)) -> {
        if (vote.statement() instanceof Statement.Nullify(_, var view)) {
          lost.add(view);
        }
      }
      case Observation.Stands(_, var status) -> {
        if (status.view().isAfter(newest)) {
          newest = status.view();
        }
      }
      case Observation.Ended ended -> {
        if (lost.size() > SLACK + newest.number() / VIEWS_PER_LOSS) {
          findings.violated(
              this, "of %d views %d were given up".formatted(newest.number(), lost.size()));
        }
      }
      case Observation other -> {}
    }
  }
}
