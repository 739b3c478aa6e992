package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.BatchResponse;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.util.List;

/**
 * Acknowledges every batch at once, as if it kept it and, where validators attest, as if it had
 * checked it; and has none when it is asked.
 */
final class HastyAcker implements Adversary {

  private final Liar liar;

  HastyAcker(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return honest.message() instanceof BatchResponse ? List.of() : List.of(honest);
  }

  @Override
  public List<Outgoing> heard(ValidatorIndex from, PeerMessage message) {
    if (!(message instanceof BatchAppended(var batch, _))) {
      return List.of();
    }
    var ack = batch.ack(liar.genesis().parameters().isAttested());
    return List.of(Outgoing.now(List.of(from), View.ZERO, new BatchAck(liar.vote(ack))));
  }
}
