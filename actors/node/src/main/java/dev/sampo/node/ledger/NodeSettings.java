package dev.sampo.node.ledger;

import dev.sampo.core.crypto.Signer;
import dev.sampo.core.execution.Application;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.gateway.GatewaySettings;
import dev.sampo.node.peer.PeerSettings;
import java.util.List;

/**
 * What a node is started with.
 *
 * @param validators in the order of their indices in the genesis validator set
 */
public record NodeSettings(
    Genesis genesis,
    Application application,
    ValidatorIndex self,
    Signer signer,
    List<ValidatorInfo> validators,
    PeerSettings peers,
    GatewaySettings gateway) {

  /** What this node's operator calls a validator, and in which data centre it stands. */
  public record ValidatorInfo(String name, String dataCentre, PublicKey key) {}

  public NodeSettings {
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
