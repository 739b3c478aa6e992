package dev.sampo.simulation.adversary;

import dev.sampo.core.block.Block;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.vote.FinalityProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a block of its own at the end of the final blocks that it serves, under the real proof. */
final class HistoryForger implements Adversary {

  private final Liar liar;

  HistoryForger(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return switch (honest.message()) {
      case FinalBlocks(var blocks, var proof)
          when proof.isPresent() && liar.random().nextBoolean() ->
          List.of(honest.saying(forged(blocks, proof.get())));
      case PeerMessage other -> List.of(honest);
    };
  }

  private static FinalBlocks forged(List<Block> blocks, FinalityProof proof) {
    var history = new ArrayList<>(blocks);
    var last = Forgery.later(history.removeLast(), 1);
    history.add(last);
    var lie = new FinalityProof(List.of(last.header()), proof.finalization());
    return new FinalBlocks(history, Optional.of(lie));
  }
}
