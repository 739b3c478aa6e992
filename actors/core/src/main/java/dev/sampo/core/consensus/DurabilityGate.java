package dev.sampo.core.consensus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds back what follows a {@link Effect.Persist} until it is on disk (protocol 2.4). Actors and
 * the simulator both perform effects through this class, so that neither can speak before it
 * remembers.
 */
public final class DurabilityGate {

  private final ArrayDeque<Effect> held = new ArrayDeque<>();
  private long awaited = -1;

  /**
   * Takes the effects of one step and returns those that may be performed now, up to and including
   * the first {@code Persist} that is not yet on disk.
   */
  public List<Effect> admit(List<Effect> effects) {
    held.addAll(effects);
    return release();
  }

  /** The promises up to {@code sequence} are on disk; returns what may be performed now. */
  public List<Effect> persisted(long sequence) {
    if (awaited < 0 || sequence < awaited) {
      return List.of();
    }
    awaited = -1;
    return release();
  }

  /** How many effects wait for the disk. */
  public int heldCount() {
    return held.size();
  }

  private List<Effect> release() {
    var released = new ArrayList<Effect>();
    while (awaited < 0 && !held.isEmpty()) {
      var effect = held.removeFirst();
      released.add(effect);
      if (effect instanceof Effect.Persist persist) {
        awaited = persist.sequence();
      }
    }
    return released;
  }
}
