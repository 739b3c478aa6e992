package dev.sampo.persistence.store;

import java.util.List;
import java.util.stream.Collectors;

/** A data directory that a node must not start on, with every reason that was found. */
public final class RefusedStart extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<StartFault> faults;

  /** What several replicas have in common is told once. */
  public RefusedStart(List<StartFault> faults) {
    super(faults.stream().distinct().map(StartFault::message).collect(Collectors.joining("; ")));
    this.faults = faults.stream().distinct().toList();
  }

  static RefusedStart of(StartFault fault) {
    return new RefusedStart(List.of(fault));
  }

  static RefusedStart unfit(String detail) {
    return of(new StartFault.UnfitHandOver(detail));
  }

  static void requireNone(List<StartFault> faults) throws RefusedStart {
    if (!faults.isEmpty()) {
      throw new RefusedStart(faults);
    }
  }

  public List<StartFault> faults() {
    return faults;
  }
}
