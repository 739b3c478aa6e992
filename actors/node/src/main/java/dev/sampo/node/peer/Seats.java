package dev.sampo.node.peer;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import java.util.List;
import java.util.Optional;

/**
 * Which validator of the network has which seat in the committee of a ledger.
 *
 * @param validators by seat, the index in the network's validator set
 */
public record Seats(List<ValidatorIndex> validators) {

  public Seats {
    validators = List.copyOf(validators);
  }

  /** Fails if a key of {@code committee} is none of the network's. */
  public static Seats of(ValidatorSet committee, ValidatorSet network) {
    return new Seats(
        committee.keys().stream()
            .map(
                key ->
                    network
                        .indexOf(key)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "no validator of the network has the key " + key.hex())))
            .toList());
  }

  /** Nothing if the validator is not in the committee. */
  public Optional<ValidatorIndex> seatOf(ValidatorIndex validator) {
    int seat = validators.indexOf(validator);
    return seat < 0 ? Optional.empty() : Optional.of(ValidatorIndex.of(seat));
  }

  public ValidatorIndex validatorAt(ValidatorIndex seat) {
    return validators.get(seat.number());
  }
}
