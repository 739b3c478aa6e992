package dev.sampo.simulation.invariant;

import dev.sampo.core.types.Height;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sees everything that happens in a world and asks every invariant about it. */
public final class GlobalObserver {

  /** More violations of one run say nothing new. */
  private static final int VIOLATIONS_MAX = 16;

  private final List<Invariant> invariants;
  private final Map<Class<? extends Observation>, List<Invariant>> watchers = new LinkedHashMap<>();
  private final Ground ground;
  private final ConstructibleCertificates certificates;
  private final List<Violation> violations = new ArrayList<>();
  private final Invariant.Findings findings =
      new Invariant.Findings() {
        @Override
        public void violated(Invariant invariant, String message) {
          report(invariant.id(), message);
        }

        @Override
        public long nanos() {
          return nanos;
        }
      };
  private Height height = Height.ZERO;
  private long nanos;
  private long event;

  public GlobalObserver(Ground ground, List<Invariant> invariants) {
    this.ground = ground;
    this.invariants = List.copyOf(invariants);
    this.certificates = new ConstructibleCertificates(ground);
  }

  /** The event with this number happened at this virtual time. */
  public void at(long time, long number) {
    nanos = time;
    event = number;
  }

  public void observe(Observation observation) {
    for (var invariant : watchersOf(observation.getClass())) {
      invariant.observe(observation, findings);
    }
    if (observation instanceof Observation.Sent sent) {
      certificates
          .completedBy(sent)
          .ifPresent(statement -> observe(new Observation.Constructible(statement)));
    } else if (observation instanceof Observation.Stored(var by, var blocks, _)
        && ground.isHonest(by)) {
      var stored = blocks.getLast().block().height();
      height = stored.isAfter(height) ? stored : height;
    }
  }

  private List<Invariant> watchersOf(Class<? extends Observation> kind) {
    var known = watchers.get(kind);
    if (known == null) {
      known = invariants.stream().filter(invariant -> invariant.watches(kind)).toList();
      watchers.put(kind, known);
    }
    return known;
  }

  public void report(String invariant, String message) {
    if (violations.size() < VIOLATIONS_MAX) {
      violations.add(new Violation(invariant, message, Duration.ofNanos(nanos), event));
    }
  }

  public List<Violation> violations() {
    return violations;
  }

  /** The greatest height that any honest validator has stored. */
  public Height height() {
    return height;
  }
}
