package dev.sampo.simulation.deployment;

import java.util.List;

/**
 * Who keeps a ledger.
 *
 * @param home the data centre with the most members
 * @param members validators of the deployment, each at its index in the ledger
 */
record Committee(int home, List<Integer> members) {

  Committee {
    members = List.copyOf(members);
  }

  int size() {
    return members.size();
  }

  int faultsTolerated() {
    return (size() - 1) / 3;
  }

  /** How many members stand there. */
  int membersIn(int dataCentre, Shape shape) {
    return (int) members.stream().filter(each -> shape.dataCentreOf(each) == dataCentre).count();
  }

  /** Whether the others are a quorum when all that stand there are gone. */
  boolean survives(int dataCentre, Shape shape) {
    return membersIn(dataCentre, shape) <= faultsTolerated();
  }
}
