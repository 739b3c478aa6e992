package dev.sampo.simulation.explore;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.util.LinkedHashMap;

/**
 * What honest validators have said, over all their lives, against the automaton of 2.3 (I5), and
 * how many have said it.
 */
final class Ballot {

  /** What one validator said in one view. */
  private record Place(ValidatorIndex signer, View view, Slot slot) {}

  /** Each takes one statement for ever. */
  private enum Slot {
    PROPOSAL,
    NOTARIZE,
    /** Nullify or Finalize. */
    END
  }

  private final int threshold;
  private final LinkedHashMap<Place, Statement> said = new LinkedHashMap<>();
  private final LinkedHashMap<Statement, Integer> counts = new LinkedHashMap<>();

  /** So many honest votes make a certificate together with those of the Byzantine validators. */
  Ballot(int threshold) {
    this.threshold = threshold;
  }

  /** Whether the validator says again what it said before, as retransmission does. */
  boolean isKnown(ValidatorIndex signer, Statement statement) {
    return statement.equals(said.get(place(signer, statement)));
  }

  /** True once the statement can be made into a certificate. */
  boolean cast(ValidatorIndex signer, Statement statement) {
    var place = place(signer, statement);
    var first = said.putIfAbsent(place, statement);
    Breach.unless(
        first == null, "I5", () -> "validator " + signer + " said " + first + ", " + statement);
    if (place.slot() == Slot.NOTARIZE) {
      var end = said.get(new Place(signer, place.view(), Slot.END));
      Breach.unless(
          end == null, "I5", () -> "validator " + signer + " said " + end + ", then " + statement);
    }
    return counts.merge(statement, 1, Integer::sum) == threshold;
  }

  private static Place place(ValidatorIndex signer, Statement statement) {
    var slot =
        switch (statement) {
          case Statement.Propose p -> Slot.PROPOSAL;
          case Statement.Notarize n -> Slot.NOTARIZE;
          case Statement.Nullify n -> Slot.END;
          case Statement.Finalize f -> Slot.END;
          case Statement.StateAttest s -> Slot.END;
          case Statement.Append a -> Slot.END;
          case Statement.Ack a -> Slot.END;
          case Statement.OfRecovery r -> Slot.END;
        };
    return new Place(signer, Records.viewOf(statement), slot);
  }
}
