package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage.Attestation;
import dev.sampo.core.types.Hash;
import dev.sampo.core.vote.Statement;
import java.util.List;

/** Attests a wrong state. */
final class WrongAttester implements Adversary {

  private final Liar liar;

  WrongAttester(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof Attestation(var vote))
        || !(vote.statement() instanceof Statement.StateAttest right)) {
      return List.of(honest);
    }
    var wrong =
        new Statement.StateAttest(
            right.epoch(), right.height(), right.block(), Hash.ZERO, right.receiptsRoot());
    return List.of(
        honest.saying(new Attestation(liar.vote(wrong))), honest.to(liar.some(liar.others())));
  }
}
