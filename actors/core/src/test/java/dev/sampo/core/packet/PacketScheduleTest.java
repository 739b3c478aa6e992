package dev.sampo.core.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.Seeds;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("T3, T5: exactly once and conservation, whatever a relayer does")
class PacketScheduleTest {

  private static final int STEPS = 50;

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#hundreds")
  void neverMakesLosesOrDoublesAnything(long seed) {
    var ledgers = TwoLedgers.connected();
    var untrusted = new Untrusted(ledgers, Seeds.random(seed));
    var books = new Books(ledgers);
    for (int i = 0; i < STEPS; i++) {
      books.note(untrusted.step());
      books.check(untrusted.sent());
    }

    // One honest relayer is enough for everything to end.
    ledgers.a.pass(TwoLedgers.MINUTE * 2);
    ledgers.b.pass(TwoLedgers.MINUTE * 2);
    for (var packet : untrusted.sent()) {
      boolean fromA = packet.source().ledger().equals(ledgers.a.id());
      var source = fromA ? ledgers.a : ledgers.b;
      var destination = fromA ? ledgers.b : ledgers.a;
      var end =
          destination.answered(packet).isPresent()
              ? ledgers.acknowledge(packet)
              : ledgers.timeOut(packet);
      assertThat(end).isEqualTo("OK");
      books.note(source);
      books.check(untrusted.sent());
      assertThat(PacketState.pending(source.state(), packet.source().channel(), packet.sequence()))
          .isEmpty();
    }
  }
}
