package dev.sampo.simulation.adversary;

import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Appends far more to its lane than its window allows, in a run that nobody needs. */
final class WindowOverstepper implements Adversary {

  private static final int MORE = 12;
  private static final long OTHER_RUN = 1L << 32;

  private final Liar liar;

  WindowOverstepper(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (!(honest.message() instanceof BatchAppended(var batch, _))
        || liar.random().nextInt(4) != 0) {
      return List.of(honest);
    }
    var said = new ArrayList<Outgoing>();
    said.add(honest);
    long run = batch.run() + (liar.random().nextBoolean() ? OTHER_RUN : 0);
    var last = batch;
    for (int i = 0; i < MORE; i++) {
      last = after(last, run);
      said.add(honest.saying(new BatchAppended(last, Optional.empty())));
    }
    return said;
  }

  private Batch after(Batch last, long run) {
    var statement =
        Batch.statement(
            last.statement().epoch(), liar.self(), run, last.tip(), last.transactions());
    return new Batch(statement, last.transactions(), liar.vote(statement).signature());
  }
}
