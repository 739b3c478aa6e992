package dev.sampo.simulation.invariant;

import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.ValidatorIndex;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.TreeMap;

/**
 * Rule 7.13: a validator does not go on proposing what it has executed. Roles learn of an execution
 * one after the other, so that it may happen a few times, but not for ever.
 */
public final class ProposalsAreFresh implements Invariant {

  private static final int REPEATED_MAX = 8;

  private record Repeated(ValidatorIndex by, TransactionId id) {}

  private final Ground ground;
  private final TreeMap<ValidatorIndex, LinkedHashSet<TransactionId>> executed = new TreeMap<>();
  private final LinkedHashSet<Hash> seen = new LinkedHashSet<>();
  private final LinkedHashMap<Repeated, Integer> repeated = new LinkedHashMap<>();

  public ProposalsAreFresh(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "fresh proposals";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Stored.class || kind == Observation.Sent.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Stored(var by, var blocks, _) -> {
        var ids = executed.computeIfAbsent(by, _ -> new LinkedHashSet<>());
        for (var block : blocks) {
          for (var result : block.results()) {
            if (result instanceof TransactionResult.Executed(var receipt)) {
              ids.add(receipt.id());
            }
          }
        }
      }
      case Observation.Sent(var by, _, Proposal(var block, _, _)) -> {
        if (ground.isHonest(by) && seen.add(block.hash())) {
          block.inline().forEach(entry -> proposed(by, entry.id(), findings));
        }
      }
      case Observation other -> {}
    }
  }

  private void proposed(ValidatorIndex by, TransactionId id, Findings findings) {
    var ids = executed.get(by);
    if (ids != null && ids.contains(id)) {
      int times = repeated.merge(new Repeated(by, id), 1, Integer::sum);
      if (times > REPEATED_MAX) {
        findings.violated(this, by + " proposes " + id + " again, which it has executed");
      }
    }
  }
}
