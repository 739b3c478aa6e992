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
        || !(vote.statement()
            instanceof Ack(var epoch, var lane, long run, var height, var of, boolean verified))) {
      return List.of(honest);
    }
    var other = new Ack(epoch, lane, run, height, Sha256.hash(of.value()), verified);
    var second = honest.saying(new BatchAck(liar.vote(other)));
    return liar.random().nextBoolean() ? List.of(honest, second) : List.of(second, honest);
  }
}
