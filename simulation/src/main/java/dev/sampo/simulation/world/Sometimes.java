package dev.sampo.simulation.world;

import dev.sampo.core.consensus.EngineEvent;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.vote.Evidence;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts rare branches, so that a swarm that never takes one is noticed. */
public final class Sometimes {

  private final TreeMap<String, Long> counts = new TreeMap<>();

  public void count(String branch) {
    counts.merge(branch, 1L, Long::sum);
  }

  void found(Evidence evidence) {
    switch (evidence) {
      case Evidence.ConflictingVotes votes -> count("conflicting votes seen");
      case Evidence.ConflictingProposals proposals -> count("leader equivocation seen");
      case Evidence.InvalidProposal proposal -> count("invalid proposal seen");
    }
  }

  void fired(TimerId timer) {
    switch (timer.kind()) {
      case STANDSTILL -> count("standstill repair");
      case RETRY -> count("own votes sent again");
      case PUSH -> count("certificate pushed");
      case TIMESTAMP -> count("waited for a block's time");
      case FETCH -> count("missing data asked for again");
      case PROPOSAL, ADVANCE, IDLE, START, HEARTBEAT -> {}
    }
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
