package dev.sampo.simulation.crossledger;

import dev.sampo.core.packet.Action;
import dev.sampo.core.packet.PacketOperation.Approve;
import dev.sampo.core.packet.Proposal;
import dev.sampo.simulation.world.Reply;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * The operators of a ledger: they approve one proposal after the other, each until it is carried
 * out, by transactions like those of others.
 */
final class Governance {

  /** An approval by the operator with this place is to be, or was, ordered. */
  private record Step(Proposal proposal, int operator) {}

  private final Ledger ledger;
  private final ArrayDeque<Step> steps = new ArrayDeque<>();
  private Optional<Step> asked = Optional.empty();

  Governance(Ledger ledger, List<Action> actions) {
    this.ledger = ledger;
    long number = 0;
    for (var action : actions) {
      var proposal = new Proposal(++number, action);
      for (int operator = 0; operator < Accounts.THRESHOLD; operator++) {
        steps.add(new Step(proposal, operator));
      }
    }
  }

  boolean isDone() {
    return steps.isEmpty();
  }

  void act() {
    if (asked.isPresent() || steps.isEmpty()) {
      return;
    }
    var next = steps.getFirst();
    asked = Optional.of(next);
    ledger.submit(
        Accounts.OPERATORS.get(next.operator),
        new Approve(next.proposal),
        reply -> answered(next, reply));
  }

  /** Who heard nothing approves again, which changes nothing if it was ordered. */
  private void answered(Step step, Reply reply) {
    asked = Optional.empty();
    if (reply instanceof Reply.Executed(var receipt, _)) {
      if (!receipt.ok()) {
        ledger.violated("governance", "an approval fails: " + receipt.code());
      }
      steps.remove(step);
    }
  }
}
