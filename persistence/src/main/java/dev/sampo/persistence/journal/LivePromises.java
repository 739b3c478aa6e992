package dev.sampo.persistence.journal;

import dev.sampo.core.consensus.Promise;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
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
    all.addAll(made.promises());
    finalView(made.promises()).ifPresent(view -> all.removeIf(promise -> !binds(promise, view)));
    return new LivePromises(all);
  }

  private Optional<View> finalView(List<Promise> made) {
    return made.stream()
        .filter(Promise.FinalUpTo.class::isInstance)
        .map(promise -> ((Promise.FinalUpTo) promise).view())
        .max(Comparator.naturalOrder());
  }

  private static boolean binds(Promise promise, View finalView) {
    return switch (promise) {
      case Promise.Stated(var statement) -> viewOf(statement).isAfter(finalView);
      case Promise.BlockHeld(var block) -> block.view().isAfter(finalView);
      case Promise.CertificateHeld(var certificate) ->
          viewOf(certificate.statement()).isAfter(finalView);
      case Promise.FinalUpTo(var view, _) -> !view.isBefore(finalView);
    };
  }

  private static View viewOf(Statement statement) {
    return switch (statement) {
      case Statement.Propose(_, var view, _) -> view;
      case Statement.Notarize(_, var view, _) -> view;
      case Statement.Nullify(_, var view) -> view;
      case Statement.Finalize(_, var view, _) -> view;
      case Statement.StateAttest s ->
          throw new IllegalArgumentException("stored with the ledger (D7), not here: " + s);
    };
  }
}
