package dev.sampo.core.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.execution.Outcome;
import dev.sampo.core.light.ReceiptProof;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("X3: what a transaction may tell")
class EventTest {

  private static final String LONGEST = "x".repeat(Event.TEXT_LENGTH_MAX);
  private static final Event LARGEST =
      new Event(
          LONGEST,
          Collections.nCopies(Event.ATTRIBUTES_MAX, new Event.Attribute(LONGEST, LONGEST)));

  @Test
  void hasTwoHundredAndFiftySixEvents() {
    var event = Event.of("told", "what", "this");

    assertThat(new Outcome.Ok(Collections.nCopies(256, event)).events()).hasSize(256);
    assertThatThrownBy(() -> new Outcome.Ok(Collections.nCopies(257, event)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("all events together are so short that the receipt fits a proof")
  void isBoundedInBytes() {
    int most = Event.BYTES_MAX / (4 + 4 + 256 + 4 + 16 * 2 * (4 + 256) + 8);
    var told = new Outcome.Ok(Collections.nCopies(most, LARGEST));

    assertThat(most).isGreaterThan(32);
    assertThat(receipt(told.events()).encoded().length())
        .isLessThan(ReceiptProof.ENCODED_BYTES_MAX / 2 + 1_000);
    assertThatThrownBy(() -> new Outcome.Ok(Collections.nCopies(most + 2, LARGEST)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Receipt receipt(List<Event> events) {
    return new Receipt(
        new TransactionId(Hash.ZERO), Height.of(1), 0, Receipt.OK, events, Hash.ZERO);
  }

  @Test
  void givesItsAttributesByName() {
    var event = Event.of("told", "what", "this", "when", "now");

    assertThat(event.attribute("when")).isEqualTo("now");
    assertThat(event.attribute("where")).isEmpty();
  }
}
