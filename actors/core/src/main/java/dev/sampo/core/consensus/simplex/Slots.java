package dev.sampo.core.consensus.simplex;

import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The slots above the last final view: never pruned there, never re-created below (2.3, F2). */
final class Slots {

  /** W: votes and proposals are taken for at most so many views ahead (E3). */
  static final int WINDOW = 64;

  private final TreeMap<View, Slot> slots = new TreeMap<>();
  private View finalView = View.ZERO;

  Slot at(View view) {
    if (!view.isAfter(finalView)) {
      throw new InvariantViolation("view " + view + " is final, its slot is gone (F2)");
    }
    return slots.computeIfAbsent(view, Slot::new);
  }

  Optional<Slot> find(View view) {
    return Optional.ofNullable(slots.get(view));
  }

  Collection<Slot> all() {
    return slots.values();
  }

  /** Slots in [from, to], lowest first. */
  Collection<Slot> between(View from, View to) {
    return from.isAfter(to) ? List.of() : slots.subMap(from, true, to, true).values();
  }

  /** The nullifications of all views strictly between the two, or none if one is missing (N3). */
  Optional<List<Certificate>> gap(View below, View above) {
    var nullifications = new ArrayList<Certificate>();
    for (var view = below.next(); view.isBefore(above); view = view.next()) {
      var nullification = find(view).flatMap(Slot::nullification);
      if (nullification.isEmpty()) {
        return Optional.empty();
      }
      nullifications.add(nullification.get());
    }
    return Optional.of(nullifications);
  }

  /** Forgets everything up to {@code view}, which is final; returns what was there. */
  List<Slot> prune(View view) {
    finalView = view;
    var settled = slots.headMap(view, true);
    var removed = List.copyOf(settled.values());
    settled.clear();
    return removed;
  }
}
