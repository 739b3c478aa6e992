package dev.sampo.simulation.proxy;

import java.util.List;

/** Faults that were asked for and that real validators in one process cannot be given. */
public final class NotExpressible extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public NotExpressible(List<String> reasons) {
    super("not on real links and processes: " + String.join("; ", reasons));
  }
}
