package dev.sampo.persistence.journal;

import dev.sampo.core.consensus.Promise;
import dev.sampo.core.types.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The promises that still bind, in the order in which they were made. Those of views at or below
 * the last final and stored one do not, and are forgotten (protocol 2.4, pruning).
 */
record LivePromises(List<Promise> promises) {

  static final LivePromises NONE = new LivePromises(List.of());

  LivePromises {
    promises = List.copyOf(promises);
  }

  LivePromises after(PromisesMade made) {
    var all = new ArrayList<>(promises);
    // What binds in no view was written for the fence alone; peers decide how often.
    made.promises().stream().filter(promise -> promise.binds(View.ZERO)).forEach(all::add);
    finalView(made.promises()).ifPresent(view -> all.removeIf(promise -> !promise.binds(view)));
    return new LivePromises(all);
  }

  private Optional<View> finalView(List<Promise> made) {
    return made.stream()
        .filter(Promise.FinalUpTo.class::isInstance)
        .map(promise -> ((Promise.FinalUpTo) promise).view())
        .max(Comparator.naturalOrder());
  }
}
