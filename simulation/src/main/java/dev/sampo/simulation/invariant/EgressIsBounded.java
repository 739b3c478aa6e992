package dev.sampo.simulation.invariant;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.util.TreeMap;

/** I20: a validator sends in a second no more than so much for each peer and view. */
public final class EgressIsBounded implements Invariant {

  private static final long WINDOW_NANOS = 1_000_000_000L;
  private static final long PER_VIEW = 40;
  private static final long PER_WINDOW = 400;

  private static final class Window {
    private long number = -1;
    private long messages;
    private long views;
    private View view = View.ZERO;
  }

  private final Ground ground;
  private final TreeMap<ValidatorIndex, Window> windows = new TreeMap<>();

  public EgressIsBounded(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "I20";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Stands.class || kind == Observation.Sent.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Stands(var by, var status) -> {
        var window = window(by, findings.nanos());
        if (status.view().isAfter(window.view)) {
          window.views += 1;
          window.view = status.view();
        }
      }
      case Observation.Sent(var by, int recipients, _) -> sent(by, recipients, findings);
      case Observation other -> {}
    }
  }

  private Window window(ValidatorIndex by, long nanos) {
    var window = windows.computeIfAbsent(by, _ -> new Window());
    long number = nanos / WINDOW_NANOS;
    if (number != window.number) {
      window.number = number;
      window.messages = 0;
      window.views = 1;
    }
    return window;
  }

  private void sent(ValidatorIndex by, int recipients, Findings findings) {
    var window = window(by, findings.nanos());
    window.messages += recipients;
    long most = ground.validators() * (PER_WINDOW + PER_VIEW * window.views);
    if (window.messages > most && ground.isHonest(by)) {
      findings.violated(
          this,
          by
              + " sends "
              + window.messages
              + " messages within a second, "
              + window.views
              + " views");
    }
  }
}
