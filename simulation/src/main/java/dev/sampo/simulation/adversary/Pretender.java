package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.View;
import java.util.List;

/** Claims in its status and hints to be far ahead or behind. */
final class Pretender implements Adversary {

  private final Liar liar;

  Pretender(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    var claim = View.of(liar.random().nextBoolean() ? 0 : honest.lastFinal().number() + 1_000);
    if (!(honest.message() instanceof Status status)) {
      return List.of(honest.claiming(claim));
    }
    var lie =
        liar.random().nextBoolean()
            ? new Status(status.epoch(), View.of(1), View.ZERO, Height.ZERO, List.of())
            : new Status(
                status.epoch(),
                status.view().plus(1_000_000),
                status.finalView().plus(1_000_000),
                Height.of(status.finalHeight().number() + 1_000_000),
                status.echo());
    return List.of(honest.claiming(claim).saying(lie));
  }
}
