package dev.sampo.simulation.world;

import java.util.ArrayDeque;

/**
 * What one role of a validator tells another: in order, and a little later, as between actors.
 * Other channels, timers and messages may overtake it.
 */
final class Channel {

  private static final int DELAY_NANOS_MAX = 100_000;

  private final Life life;
  private final ArrayDeque<Runnable> told = new ArrayDeque<>();

  Channel(Life life) {
    this.life = life;
  }

  void tell(Runnable action) {
    told.add(action);
    life.later(life.random().nextInt(DELAY_NANOS_MAX), EventQueue.Kind.ROLE, 0, this::happen);
  }

  private void happen() {
    told.remove().run();
  }
}
