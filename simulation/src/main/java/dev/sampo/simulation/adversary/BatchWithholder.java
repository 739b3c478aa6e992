package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.BatchResponse;
import dev.sampo.core.types.ValidatorIndex;
import java.util.List;

/** Sends the batches of its lane to so few that they just make a proof, and serves none later. */
final class BatchWithholder implements Adversary {

  private final Liar liar;

  BatchWithholder(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return switch (honest.message()) {
      case BatchAppended b ->
          List.of(honest.to(honest.recipients().stream().filter(this::isFavoured).toList()));
      case BatchResponse r -> List.of();
      case PeerMessage other -> List.of(honest);
    };
  }

  private boolean isFavoured(ValidatorIndex peer) {
    int validators = liar.genesis().validators().size();
    int distance = Math.floorMod(peer.number() - liar.self().number(), validators);
    return distance < liar.genesis().validators().availabilityQuorum();
  }
}
