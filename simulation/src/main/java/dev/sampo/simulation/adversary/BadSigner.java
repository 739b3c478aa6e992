package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.util.List;

/** Signs wrongly, in the name of another, or for another epoch. */
final class BadSigner implements Adversary {

  private final Liar liar;

  BadSigner(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof ConsensusVote(var vote))) {
      return List.of(honest);
    }
    var others = liar.others();
    var forged =
        switch (liar.random().nextInt(3)) {
          case 0 ->
              new Vote(
                  vote.statement(),
                  vote.signer(),
                  new Signature(Bytes.owning(new byte[Signature.LENGTH])));
          case 1 ->
              new Vote(
                  vote.statement(),
                  others.get(liar.random().nextInt(others.size())),
                  vote.signature());
          default ->
              new Vote(
                  new Statement.Nullify(Epoch.of(1), View.of(1)), vote.signer(), vote.signature());
        };
    return liar.random().nextBoolean()
        ? List.of(honest, honest.saying(new ConsensusVote(forged)))
        : List.of(honest.saying(new ConsensusVote(forged)), honest);
  }
}
