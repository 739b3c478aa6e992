package dev.sampo.node.gateway;

import java.util.List;

/** Why a node should get no client requests now; ready if there is no reason. */
public record Readiness(List<String> reasons) {

  public static final Readiness READY = new Readiness(List.of());

  public Readiness {
    reasons = List.copyOf(reasons);
  }

  public boolean isReady() {
    return reasons.isEmpty();
  }
}
