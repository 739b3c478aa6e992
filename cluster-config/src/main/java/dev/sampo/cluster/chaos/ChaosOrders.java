package dev.sampo.cluster.chaos;

import dev.sampo.simulation.fault.Fault;
import java.io.IOException;

/** Makes the faults happen that a running demo is told of. */
public final class ChaosOrders {

  /** What can be done to the processes of validators, by their indices. */
  public interface Processes {

    /** Kills it; nothing if it does not run. */
    void crash(int validator) throws InterruptedException;

    /** Starts it, after ending it if it runs; returns when it is alive. */
    void restart(int validator) throws IOException, InterruptedException;
  }

  private final ChaosWords words;
  private final PeerLinks links;
  private final Processes processes;

  public ChaosOrders(ChaosWords words, PeerLinks links, Processes processes) {
    this.words = words;
    this.links = links;
    this.processes = processes;
  }

  /** Returns the fault in normal form, once it has happened. */
  public String obey(String order) throws IOException, InterruptedException {
    var fault = words.read(order);
    Expressible.require(fault);
    if (!links.apply(fault)) {
      if (fault instanceof Fault.Crash(int validator, _)) {
        processes.crash(validator);
      } else if (fault instanceof Fault.Restart(int validator)) {
        processes.restart(validator);
      } else {
        throw new IllegalStateException("nobody makes this fault happen: " + fault);
      }
    }
    return ChaosWords.text(fault);
  }
}
