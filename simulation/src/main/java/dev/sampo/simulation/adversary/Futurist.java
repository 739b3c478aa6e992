package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.vote.Statement;
import java.util.List;

/** Sends votes of views far ahead. */
final class Futurist implements Adversary {

  private final Liar liar;

  Futurist(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof ConsensusVote(var vote))) {
      return List.of(honest);
    }
    long ahead = liar.random().nextBoolean() ? liar.random().nextLong(1, 200) : 1L << 40;
    var statement =
        switch (vote.statement()) {
          case Statement.Notarize n ->
              new Statement.Notarize(n.epoch(), n.view().plus(ahead), n.block());
          case Statement.Nullify n -> new Statement.Nullify(n.epoch(), n.view().plus(ahead));
          case Statement.Finalize f ->
              new Statement.Finalize(f.epoch(), f.view().plus(ahead), f.block());
          case Statement.Propose p -> p;
          case Statement.StateAttest s -> s;
          case Statement.Append a -> a;
          case Statement.Ack a -> a;
          case Statement.OfRecovery r -> r;
        };
    return List.of(honest, honest.saying(new ConsensusVote(liar.vote(statement))));
  }
}
