package dev.sampo.simulation.world;

import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.PromiseCodec;
import dev.sampo.core.wire.Malformed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The promises of a validator on a simulated disk. The promises of one {@code Persist} are one
 * checksummed record; what lies at or below the last final view is forgotten, as shipped.
 */
final class SimulatedJournal {

  private final List<Promise> promises = new ArrayList<>();
  private final Map<Writer, List<Promise>> inFlight = new LinkedHashMap<>();
  private boolean damaged;

  SimulatedJournal copy() {
    var copy = new SimulatedJournal();
    copy.promises.addAll(promises);
    return copy;
  }

  void begin(Writer writer, List<Promise> group) {
    inFlight.computeIfAbsent(writer, _ -> new ArrayList<>()).addAll(group);
  }

  /** What a crash may keep, lose or tear of what the writer has begun. */
  List<Promise> inFlight(Writer writer) {
    return List.copyOf(inFlight.getOrDefault(writer, List.of()));
  }

  /** The record is synced; returns its promises. */
  List<Promise> arrived(Writer writer) {
    writer.requireCurrent();
    var synced = inFlight(writer);
    inFlight.remove(writer);
    add(synced);
    return synced;
  }

  /** The process is gone; true if a torn record was cut off. */
  boolean crash(Writer writer, boolean keep, boolean torn) {
    var inFlight = inFlight(writer);
    boolean hadTail = !inFlight.isEmpty();
    if (keep) {
      add(inFlight);
    }
    this.inFlight.remove(writer);
    return torn && hadTail;
  }

  /** The copy is gone, while another has the store. */
  void drop(Writer writer) {
    inFlight.remove(writer);
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
