package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.ValidatorIndex;
import java.util.ArrayList;
import java.util.List;

/** Sends old messages again, its own and what it heard of blocks and certificates. */
final class Replayer implements Adversary {

  private static final int REMEMBERED = 64;

  private final Liar liar;
  private final List<PeerMessage> old = new ArrayList<>();

  Replayer(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    remember(honest.message());
    var again = old.get(liar.random().nextInt(old.size()));
    return liar.random().nextInt(4) == 0 ? List.of(honest, honest.saying(again)) : List.of(honest);
  }

  @Override
  public List<Outgoing> heard(ValidatorIndex from, PeerMessage message) {
    if (message instanceof Proposal) {
      remember(message);
    }
    return List.of();
  }

  private void remember(PeerMessage message) {
    if (old.size() < REMEMBERED) {
      old.add(message);
    } else {
      old.set(liar.random().nextInt(REMEMBERED), message);
    }
  }
}
