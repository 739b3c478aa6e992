package dev.sampo.node.execution;

import dev.sampo.core.crypto.Signer;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.node.peer.Outbound;
import java.util.List;

/**
 * How a validator attests the states that it computes.
 *
 * @param restated the newest states attested before the restart, oldest first
 */
public record Attester(
    ValidatorIndex self, Signer signer, Outbound outbound, List<StateAttest> restated) {

  public Attester {
    restated = List.copyOf(restated);
  }
}
