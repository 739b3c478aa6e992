package dev.sampo.node.ledger;

import dev.sampo.core.crypto.Signer;
import dev.sampo.core.execution.Application;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorIndex;
import java.util.List;
import java.util.Optional;

/**
 * What a node's replica of a ledger is started with.
 *
 * @param name what the ledger is called on this network
 * @param seat of this node's validator in the ledger's committee; nothing on a reader
 * @param validators by their seats
 */
public record LedgerSettings(
    LedgerName name,
    Genesis genesis,
    Application application,
    Optional<Seat> seat,
    List<ValidatorInfo> validators) {

  /** What the ledger of the whole network is called. */
  public static final LedgerName FIRST_NAME = new LedgerName("main");

  /** What this node's operator calls a validator, and in which data centre it stands. */
  public record ValidatorInfo(String name, String dataCentre, PublicKey key) {}

  /** A validator's place in a committee, and what signs for it. */
  public record Seat(ValidatorIndex index, Signer signer) {}

  /** Of a validator. */
  public LedgerSettings(
      LedgerName name,
      Genesis genesis,
      Application application,
      Seat seat,
      List<ValidatorInfo> validators) {
    this(name, genesis, application, Optional.of(seat), validators);
  }

  public LedgerSettings {
    validators = List.copyOf(validators);
    for (int i = 0; i < validators.size(); i++) {
      if (!validators.get(i).key().equals(genesis.validators().key(ValidatorIndex.of(i)))) {
        throw new IllegalArgumentException(
            validators.get(i).name() + " does not have the key of validator " + i);
      }
    }
  }

  /** Only of a validator. */
  public ValidatorIndex self() {
    return seat.orElseThrow().index();
  }

  /** Only of a validator. */
  public Signer signer() {
    return seat.orElseThrow().signer();
  }

  /** Only of a validator. */
  public ValidatorInfo selfInfo() {
    return validators.get(self().number());
  }
}
