package dev.sampo.core.packet;

import dev.sampo.core.execution.Outcome;
import dev.sampo.core.packet.PacketOperation.Bundle;
import dev.sampo.core.state.State;
import dev.sampo.core.state.StateOverlay;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.transaction.Receipt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What becomes of a bundle: its operations are carried out in order, each upon what those before it
 * left. One that fails leaves nothing but an event, {@code operation_failed}, and lets the others
 * be; the bundle fails if all of them do.
 */
public final class BundleOutcome {

  private static final String FAILED = "operation_failed";
  private static final String PLACE = "place";
  private static final String CODE = "code";

  private BundleOutcome() {}

  static Outcome of(
      Bundle bundle, State state, BiFunction<PacketOperation, State, Outcome> carryOut) {
    var operations = bundle.operations();
    var codes = new ArrayList<String>();
    var events = new ArrayList<Event>();
    for (int place = 0; place < operations.size(); place++) {
      var scratch = StateOverlay.ofTransaction(state);
      switch (carryOut.apply(operations.get(place), scratch)) {
        case Outcome.Failed(var code) -> {
          codes.add(code);
          events.add(Event.of(FAILED, PLACE, Integer.toString(place), CODE, code));
        }
        case Outcome.Ok(var told) -> {
          scratch.applyTo(state);
          events.addAll(told);
        }
      }
    }
    return codes.size() == operations.size()
        ? Outcome.failed(codes.getFirst())
        : new Outcome.Ok(events);
  }

  /** Whether a bundle would succeed, found out by as few of its operations as that takes. */
  static Outcome tried(
      Bundle bundle, State scratch, BiFunction<PacketOperation, State, Outcome> carryOut) {
    var failures = new ArrayList<Outcome>();
    for (var operation : bundle.operations()) {
      var outcome = carryOut.apply(operation, StateOverlay.ofTransaction(scratch));
      if (outcome instanceof Outcome.Ok) {
        return outcome;
      }
      failures.add(outcome);
    }
    return failures.getFirst();
  }

  /**
   * The code of each of {@code count} operations that failed, by the receipt of the transaction
   * that asked for them: a bundle, or one that is not.
   */
  public static List<Optional<String>> failures(Receipt receipt, int count) {
    var whole = receipt.ok() ? Optional.<String>empty() : Optional.of(receipt.code());
    var all = new ArrayList<>(Collections.nCopies(count, whole));
    for (var event : receipt.events()) {
      if (event.type().equals(FAILED)) {
        all.set(Integer.parseInt(event.attribute(PLACE)), Optional.of(event.attribute(CODE)));
      }
    }
    return all;
  }
}
