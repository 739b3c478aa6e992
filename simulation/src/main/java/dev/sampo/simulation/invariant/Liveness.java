package dev.sampo.simulation.invariant;

import dev.sampo.core.types.Height;
import dev.sampo.core.types.View;
import java.util.List;

/** L1 to L5: what must happen once everything has healed; each is a constant of its own. */
public enum Liveness {
  /** The view of every honest validator grows. */
  L1,
  /** A block becomes final. */
  L2,
  /** Every transaction that clients gave to an honest validator has an outcome. */
  L3,
  /** All honest validators come to the same height. */
  L4,
  /** Events per final block are bounded. */
  L5;

  private static final long EVENTS_PER_VALIDATOR_AND_BLOCK = 20_000;

  /** The rule as an object; {@code ground} tells how many validators there are. */
  public Invariant invariant(Ground ground) {
    return new Rule(this, ground);
  }

  private static final class Rule implements Invariant {
    private final Liveness rule;
    private final Ground ground;
    private View view = View.ZERO;
    private Height height = Height.ZERO;

    private Rule(Liveness rule, Ground ground) {
      this.rule = rule;
      this.ground = ground;
    }

    @Override
    public String id() {
      return rule.name();
    }

    @Override
    public boolean watches(Class<? extends Observation> kind) {
      return kind == Observation.Healed.class || kind == Observation.Ended.class;
    }

    @Override
    public void observe(Observation observation, Findings findings) {
      switch (observation) {
        case Observation.Healed(var latest, var reached) -> {
          view = latest;
          height = reached;
        }
        case Observation.Ended(var honest, int open, long events) -> {
          if (!holds(honest, open, events)) {
            findings.violated(
                this,
                "after healing at view %s, height %s: %s, %d operations open, %d events"
                    .formatted(view, height, honest, open, events));
          }
        }
        case Observation other -> {}
      }
    }

    private boolean holds(List<Observation.Standing> honest, int open, long events) {
      return switch (rule) {
        case L1 -> honest.stream().allMatch(one -> one.up() && one.view().isAfter(view));
        case L2 -> honest.stream().anyMatch(one -> one.height().isAfter(height));
        case L3 -> open == 0;
        case L4 -> honest.stream().allMatch(one -> one.height().isAfter(height));
        case L5 -> {
          long grown =
              honest.stream().mapToLong(one -> one.height().number()).max().orElse(0)
                  - height.number();
          yield events <= EVENTS_PER_VALIDATOR_AND_BLOCK * ground.validators() * Math.max(1, grown);
        }
      };
    }
  }
}
