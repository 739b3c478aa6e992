package dev.sampo.simulation.adversary;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.vote.Statement.Ack;
import java.util.List;

/** Acknowledges a second batch at the same place, one that does not exist. */
final class DoubleAcker implements Adversary {

  private final Liar liar;

  DoubleAcker(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof BatchAck(var vote))
        || !(vote.statement() instanceof Ack ack)) {
      return List.of(honest);
    }
    var other =
        new Ack(
            ack.epoch(),
            ack.lane(),
            ack.run(),
            ack.height(),
            Sha256.hash(ack.batch().value()),
            ack.verified(),
            ack.incarnation());
    var second = honest.saying(new BatchAck(liar.vote(other)));
    return liar.random().nextBoolean() ? List.of(honest, second) : List.of(second, honest);
  }
}
