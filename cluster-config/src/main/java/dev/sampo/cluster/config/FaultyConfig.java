package dev.sampo.cluster.config;

import java.util.List;

/** A configuration that no node may start with; lists everything that is wrong with it. */
public final class FaultyConfig extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  public FaultyConfig(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  public List<String> faults() {
    return faults;
  }
}
