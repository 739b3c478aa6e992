package dev.sampo.cluster.demo;

import dev.sampo.cluster.placement.Loss;
import dev.sampo.cluster.placement.Member;
import dev.sampo.cluster.placement.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who is on the committees of a demo's further ledgers: all validators, unless a data centre is to
 * be cut off. Then every second ledger keeps a quorum without it, and the others do not.
 *
 * @param validators of the demo, in the order of their indices
 */
record DemoCommittees(List<Member> validators, Optional<String> cut) {

  DemoCommittees {
    validators = List.copyOf(validators);
  }

  /** Their names; {@code number} is 2 for the first of the further ledgers. */
  List<String> ofLedger(int number) {
    var committee =
        cut.map(Loss.OfDataCentre::new)
            .flatMap(loss -> largest(loss, number % 2 == 0))
            .orElse(validators);
    return committee.stream().map(Member::name).toList();
  }

  /** The largest committee that goes on without what is lost, or that halts; if there is one. */
  private Optional<List<Member>> largest(Loss loss, boolean goesOn) {
    for (int size = validators.size(); size > 0; size--) {
      var committee = committee(loss, goesOn, size);
      if (new Placement(committee).margin(List.of(loss)) >= 0 == goesOn) {
        return Optional.of(committee);
      }
    }
    return Optional.empty();
  }

  /** With as few of those that are lost as there can be, or with as many. */
  private List<Member> committee(Loss loss, boolean goesOn, int size) {
    var inOrder = new ArrayList<Member>();
    validators.stream().filter(each -> loss.takes(each) != goesOn).forEach(inOrder::add);
    validators.stream().filter(each -> loss.takes(each) == goesOn).forEach(inOrder::add);
    return inOrder.subList(0, size);
  }
}
