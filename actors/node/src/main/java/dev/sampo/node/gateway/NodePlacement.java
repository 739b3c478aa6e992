package dev.sampo.node.gateway;

import dev.sampo.core.types.LedgerId;
import java.time.Duration;
import java.util.List;

/** A node of a validator, and which replicas of that validator it hosts. */
public record NodePlacement(String name, List<Replica> replicas) {

  /**
   * A replica at a node.
   *
   * @param writerEpoch of this copy; 0 while the node is only taking it over, and where a validator
   *     has one node
   * @param unhosted for how long nobody hosted it before, as far as that is known
   */
  public record Replica(LedgerId ledger, long writerEpoch, Duration unhosted) {}

  public NodePlacement {
    replicas = List.copyOf(replicas);
  }
}
