package dev.sampo.simulation.world;

import dev.sampo.core.consensus.EngineEvent;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts rare branches, so that a swarm that never takes one is noticed. */
public final class Sometimes {

  private final TreeMap<String, Long> counts = new TreeMap<>();

  public void count(String branch) {
    counts.merge(branch, 1L, Long::sum);
  }

  void reported(EngineEvent event) {
    switch (event) {
      case EngineEvent.ViewEntered entered -> {}
      case EngineEvent.ViewNullified nullified -> count("view ended by nullification");
      case EngineEvent.BlockNotarized notarized -> {}
      case EngineEvent.BlockFinalized finalized -> {}
      case EngineEvent.MessageIgnored(_, var reason) -> count("ignored: " + reason);
      case EngineEvent.ClockBehind behind -> count("clock behind its peers");
    }
  }

  public SortedMap<String, Long> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }
}
