package dev.sampo.simulation.adversary;

import java.time.Duration;
import java.util.List;

/** Keeps its messages back and sends them much later. */
final class Withholder implements Adversary {

  private final Liar liar;

  Withholder(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    return liar.random().nextInt(3) == 0
        ? List.of(honest.after(Duration.ofMillis(liar.random().nextInt(20_000))))
        : List.of(honest);
  }
}
