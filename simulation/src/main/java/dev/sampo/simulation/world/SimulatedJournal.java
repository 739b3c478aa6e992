package dev.sampo.simulation.world;

import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.PromiseCodec;
import dev.sampo.core.wire.Malformed;
import java.util.ArrayList;
import java.util.List;

/**
 * The promises of a validator on a simulated disk. The promises of one {@code Persist} are one
 * checksummed record; what lies at or below the last final view is forgotten, as shipped.
 */
final class SimulatedJournal {

  private final List<Promise> promises = new ArrayList<>();
  private final List<Promise> inFlight = new ArrayList<>();
  private boolean damaged;

  SimulatedJournal copy() {
    var copy = new SimulatedJournal();
    copy.promises.addAll(promises);
    return copy;
  }

  void begin(List<Promise> group) {
    inFlight.addAll(group);
  }

  /** What a crash may keep, lose or tear. */
  List<Promise> inFlight() {
    return List.copyOf(inFlight);
  }

  /** The record is synced; returns its promises. */
  List<Promise> arrived() {
    var synced = List.copyOf(inFlight);
    inFlight.clear();
    add(synced);
    return synced;
  }

  /** The process is gone; true if a torn record was cut off. */
  boolean crash(boolean keep, boolean torn) {
    boolean hadTail = !inFlight.isEmpty();
    if (keep) {
      add(inFlight);
    }
    inFlight.clear();
    return torn && hadTail;
  }

  private void add(List<Promise> group) {
    promises.addAll(group);
    for (var promise : group) {
      if (promise instanceof Promise.FinalUpTo(var view, _)) {
        promises.removeIf(old -> !old.binds(view));
      }
    }
  }

  void wipe() {
    promises.clear();
  }

  void damage() {
    damaged = true;
  }

  boolean isDamaged() {
    return damaged;
  }

  int size() {
    return promises.size();
  }

  /** What a start reads: each promise goes through its encoding. */
  List<Promise> recover() {
    var recovered = new ArrayList<Promise>();
    for (var promise : promises) {
      try {
        recovered.add(PromiseCodec.decode(PromiseCodec.encode(promise)));
      } catch (Malformed damage) {
        throw new IllegalStateException("no encoding of " + promise, damage);
      }
    }
    return recovered;
  }
}
