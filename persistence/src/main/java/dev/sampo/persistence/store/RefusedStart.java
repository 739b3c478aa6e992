package dev.sampo.persistence.store;

import java.util.List;
import java.util.stream.Collectors;

/** A data directory that a node must not start on, with every reason that was found. */
public final class RefusedStart extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<StartFault> faults;

  public RefusedStart(List<StartFault> faults) {
    super(faults.stream().map(StartFault::message).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  public List<StartFault> faults() {
    return faults;
  }
}
