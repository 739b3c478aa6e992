package dev.sampo.core.consensus.simplex;

import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.types.View;
import java.util.List;

/**
 * The validators of an epoch, seen by one of them (2.1).
 *
 * @param quorum q, the number of equal votes that make a certificate
 */
record Committee(
    LedgerId ledger,
    Epoch epoch,
    ValidatorSet validators,
    Hash validatorSetHash,
    LeaderSchedule schedule,
    ValidatorIndex self,
    int quorum) {

  static Committee of(Genesis genesis, ValidatorIndex self) {
    var validators = genesis.validators();
    if (!validators.contains(self)) {
      throw new IllegalArgumentException("validator " + self + " is not in the genesis document");
    }
    var ledger = genesis.ledgerId();
    var validatorSetHash = genesis.validatorSetHash();
    var schedule = LeaderSchedule.of(ledger, Epoch.ZERO, validatorSetHash, validators.size());
    return new Committee(
        ledger, Epoch.ZERO, validators, validatorSetHash, schedule, self, validators.quorum());
  }

  int size() {
    return validators.size();
  }

  /** f, the number of validators that may lie. */
  int faults() {
    return validators.faultsTolerated();
  }

  ValidatorIndex leader(View view) {
    return schedule.leader(view);
  }

  boolean leads(View view) {
    return leader(view).equals(self);
  }

  List<ValidatorIndex> peers() {
    return validators.indices().stream().filter(index -> !index.equals(self)).toList();
  }

  /** How many places {@code index} comes after the leader of {@code view} in the validator set. */
  int distanceFromLeader(ValidatorIndex index, View view) {
    return Math.floorMod(index.number() - leader(view).number(), size());
  }
}
