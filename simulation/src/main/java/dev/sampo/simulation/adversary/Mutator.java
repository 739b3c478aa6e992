package dev.sampo.simulation.adversary;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.util.List;

/** Changes single fields of what it sends and signs the result. */
final class Mutator implements Adversary {

  private final Liar liar;

  Mutator(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return switch (honest.message()) {
      case ConsensusVote(var vote) when liar.random().nextInt(4) == 0 ->
          List.of(honest.saying(new ConsensusVote(liar.vote(mutated(vote.statement())))));
      case Proposal(var block, _, var justification) when liar.random().nextBoolean() ->
          List.of(honest.saying(Forgery.propose(liar, mutated(block), justification)));
      case PeerMessage other -> List.of(honest);
    };
  }

  private Statement mutated(Statement statement) {
    return switch (statement) {
      case Statement.Notarize n ->
          liar.random().nextBoolean()
              ? new Statement.Notarize(n.epoch(), neighbour(n.view()), n.block())
              : new Statement.Finalize(n.epoch(), n.view(), n.block());
      case Statement.Nullify n -> new Statement.Nullify(n.epoch(), neighbour(n.view()));
      case Statement.Finalize f ->
          liar.random().nextBoolean()
              ? new Statement.Finalize(f.epoch(), neighbour(f.view()), f.block())
              : new Statement.Notarize(f.epoch(), f.view(), f.block());
      case Statement.Propose p -> p;
      case Statement.StateAttest s -> s;
      case Statement.Append a -> a;
      case Statement.Ack a -> a;
      case Statement.OfRecovery r -> r;
    };
  }

  private View neighbour(View view) {
    return liar.random().nextBoolean() ? view.next() : View.of(Math.max(1, view.number() - 1));
  }

  private Block mutated(Block block) {
    var header = block.header();
    var position = header.position();
    boolean isHeight = liar.random().nextBoolean();
    var changed =
        new BlockHeader.Position(
            position.epoch(),
            position.view(),
            isHeight ? position.height().next() : position.height(),
            position.parent(),
            isHeight ? position.parentView() : neighbour(position.parentView()));
    return new Block(
        new BlockHeader(
            header.version(),
            header.ledger(),
            changed,
            header.time(),
            header.proposer(),
            header.type(),
            header.content()),
        block.cut(),
        block.inline());
  }
}
