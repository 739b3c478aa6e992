package dev.sampo.simulation.invariant;

/** A rule of protocol 2.20 as an object: told of everything, it says when it does not hold. */
public interface Invariant {

  /** The id of the rule. */
  String id();

  /** Whether it wants to be told of such observations; the fewer the quicker. */
  default boolean watches(Class<? extends Observation> kind) {
    return true;
  }

  void observe(Observation observation, Findings findings);

  /** Where violations go, and what time it is. */
  interface Findings {
    void violated(Invariant invariant, String message);

    /** Virtual time. */
    long nanos();
  }
}
