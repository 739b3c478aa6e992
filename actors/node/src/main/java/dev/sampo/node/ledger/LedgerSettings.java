package dev.sampo.node.ledger;

import dev.sampo.core.crypto.Signer;
import dev.sampo.core.execution.Application;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorIndex;
import java.util.List;

/**
 * What a node's replica of a ledger is started with.
 *
 * @param name what the ledger is called on this network
 * @param self the seat of this node's validator in the ledger's committee
 * @param validators by their seats
 */
public record LedgerSettings(
    LedgerName name,
    Genesis genesis,
    Application application,
    ValidatorIndex self,
    Signer signer,
    List<ValidatorInfo> validators) {

  /** What the ledger of the whole network is called. */
  public static final LedgerName FIRST_NAME = new LedgerName("main");

  /** What this node's operator calls a validator, and in which data centre it stands. */
  public record ValidatorInfo(String name, String dataCentre, PublicKey key) {}

  public LedgerSettings {
    validators = List.copyOf(validators);
    for (int i = 0; i < validators.size(); i++) {
      if (!validators.get(i).key().equals(genesis.validators().key(ValidatorIndex.of(i)))) {
        throw new IllegalArgumentException(
            validators.get(i).name() + " does not have the key of validator " + i);
      }
    }
  }

  public ValidatorInfo selfInfo() {
    return validators.get(self.number());
  }
}
