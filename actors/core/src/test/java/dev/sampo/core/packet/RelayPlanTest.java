package dev.sampo.core.packet;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.CAROL;
import static dev.sampo.core.packet.TwoLedgers.GOLD;
import static dev.sampo.core.packet.TwoLedgers.GOLD_ON_B;
import static dev.sampo.core.packet.TwoLedgers.MINUTE;
import static dev.sampo.core.packet.TwoLedgers.TO_A;
import static dev.sampo.core.packet.TwoLedgers.TO_B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.TestLedger;
import dev.sampo.core.packet.relay.RelayCursor;
import dev.sampo.core.packet.relay.RelayEnd;
import dev.sampo.core.packet.relay.RelayPlan;
import dev.sampo.core.packet.relay.RelayRound;
import dev.sampo.core.packet.relay.RelayStep;
import dev.sampo.core.packet.relay.RelayTurns;
import dev.sampo.core.transaction.AccountId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("4.1: what a relayer carries")
class RelayPlanTest {

  private static final AccountId NOBODY = new AccountId("nobody");

  private final TwoLedgers ledgers = TwoLedgers.connected();
  private final Side a = ledgers.a;
  private final Side b = ledgers.b;
  private RelayCursor cursor = RelayCursor.START;
  private int transactions;

  @AfterEach
  void conserves() {
    ledgers.assertConserved();
  }

  @Test
  void carriesAPacketThereAndItsAcknowledgementBack() {
    ledgers.send(a, ALICE, GOLD, CAROL, 30);

    assertThat(relay(plan(RelayTurns.ALONE)))
        .containsExactly(
            RelayStep.UPDATE, RelayStep.RECEIVE, RelayStep.UPDATE, RelayStep.ACKNOWLEDGE);
    assertThat(transactions).isEqualTo(2);
    assertThat(b.balance(GOLD_ON_B, CAROL)).isEqualTo(30);
    assertThat(PacketState.pending(a.state(), TO_B, 1)).isEmpty();
  }

  @Test
  @DisplayName("T11: what goes to one ledger is bundled, each bundle with the anchor that it needs")
  void bundlesWhatGoesTogether() {
    for (int i = 0; i < 20; i++) {
      ledgers.send(a, ALICE, GOLD, CAROL, 1);
    }

    var round = round(plan(RelayTurns.ALONE));

    assertThat(round.due()).extracting(due -> due.parts().size()).containsExactly(15, 5);
    assertThat(round.due()).allMatch(due -> due.update().isPresent());
    for (var due : round.due().reversed()) {
      assertThat(b.submit(due.operation())).isEqualTo("OK");
    }
    assertThat(b.balance(GOLD_ON_B, CAROL)).isEqualTo(20);
  }

  @Test
  @DisplayName("an anchor that is there is not brought again")
  void restsUponWhatIsThere() {
    ledgers.send(a, ALICE, GOLD, CAROL, 1);
    assertThat(b.submit(a.update())).isEqualTo("OK");

    assertThat(stepsOf(round(plan(RelayTurns.ALONE)))).containsExactly(RelayStep.RECEIVE);
  }

  @Test
  void refundsWhatTheDestinationRefuses() {
    ledgers.send(a, ALICE, GOLD, NOBODY, 30);

    relay(plan(RelayTurns.ALONE));

    assertThat(a.events()).contains("packet_acknowledged", "asset_unlocked");
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(1_000);
  }

  @Test
  @DisplayName("T1: a timeout is due once the destination's certified time has passed it")
  void refundsWhatCameTooLate() {
    ledgers.send(a, ALICE, GOLD, CAROL, 30);
    b.pass(2 * MINUTE);

    assertThat(relay(plan(RelayTurns.ALONE))).containsExactly(RelayStep.UPDATE, RelayStep.TIME_OUT);
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(1_000);
  }

  @Test
  void proposesNothingThatIsDone() {
    assertThat(round(plan(RelayTurns.ALONE)).due()).isEmpty();
    ledgers.send(a, ALICE, GOLD, CAROL, 30);
    relay(plan(RelayTurns.ALONE));
    a.pass(1_000);
    b.pass(1_000);

    assertThat(round(plan(RelayTurns.ALONE)).due()).isEmpty();
    assertThat(cursor.floor()).isEqualTo(2);
    assertThat(cursor.waiting()).isEmpty();
  }

  @Test
  void receivesNothingOnAPausedChannel() {
    ledgers.send(a, ALICE, GOLD, CAROL, 30);
    assertThat(b.decide(new Action.PauseChannel(TO_A))).isEqualTo("OK");

    assertThat(round(plan(RelayTurns.ALONE)).due()).isEmpty();
  }

  @Test
  @DisplayName("a second relayer waits for its turn, and steps in if the first does nothing")
  void stepsInAfterItsPatience() {
    ledgers.send(a, ALICE, GOLD, CAROL, 30);
    var second = plan(new RelayTurns(2, 4, Duration.ofSeconds(1)));

    assertThat(second.round(cursor, Duration.ZERO).due()).isEmpty();
    var waiting = second.round(cursor, Duration.ZERO).next();
    assertThat(second.round(waiting, Duration.ofMillis(1_999)).due()).isEmpty();
    assertThat(second.round(waiting, Duration.ofSeconds(2)).due()).hasSize(1);
  }

  @Test
  @DisplayName("a client that has no anchor yet is given one, as nothing can be sent before")
  void givesAFreshClientItsFirstAnchor() {
    var fresh = new TwoLedgers();
    fresh.b.decide(new Action.ConnectClient(fresh.a.id(), TestLedger.validators(), TwoLedgers.DAY));
    fresh.a.decide(new Action.ConnectClient(fresh.b.id(), TestLedger.validators(), TwoLedgers.DAY));
    fresh.open(TwoLedgers.LIMITS, TO_B, TO_A);
    var plan = new RelayPlan(end(fresh.a), end(fresh.b), TO_B, RelayTurns.ALONE);

    var due = plan.round(RelayCursor.START, Duration.ZERO).due();

    assertThat(due).hasSize(1);
    assertThat(fresh.b.submit(due.getFirst().operation())).isEqualTo("OK");
    assertThat(plan.round(RelayCursor.START, Duration.ZERO).due()).isEmpty();
  }

  @Test
  @DisplayName("a round is bounded, and the next one goes on behind it")
  void goesOnWhereARoundEnded() {
    for (int i = 0; i < 250; i++) {
      assertThat(a.submit(ALICE, Assets.sendAcross(TO_B, GOLD, CAROL, 1, b.in(TwoLedgers.DAY))))
          .isEqualTo("OK");
    }

    var first = round(plan(RelayTurns.ALONE));
    assertThat(first.due()).flatMap(RelayRound.Due::parts).hasSize(240);
    assertThat(cursor.next()).isEqualTo(241);
    submit(first);
    relay(plan(RelayTurns.ALONE));

    assertThat(b.balance(GOLD_ON_B, CAROL)).isEqualTo(250);
    assertThat(PacketState.pendingFrom(a.state(), TO_B, 1, 10)).isEmpty();
  }

  @Test
  @DisplayName("two relayers at once cost nothing but their own transactions")
  void twoRelayersDoNothingTwice() {
    ledgers.send(a, ALICE, GOLD, CAROL, 30);
    var receive = round(plan(RelayTurns.ALONE));
    submit(receive);

    submit(receive);

    assertThat(b.events()).containsExactly("client_unchanged", "packet_received_already");
    assertThat(b.balance(GOLD_ON_B, CAROL)).isEqualTo(30);
  }

  private RelayPlan plan(RelayTurns turns) {
    return new RelayPlan(end(a), end(b), TO_B, turns);
  }

  private static RelayEnd end(Side side) {
    return new RelayEnd(side.id(), side.ledger.reader());
  }

  private RelayRound round(RelayPlan plan) {
    var round = plan.round(cursor, Duration.ZERO);
    cursor = round.next();
    return round;
  }

  /** Round for round until nothing is due; what was done. */
  private List<RelayStep> relay(RelayPlan plan) {
    var done = new ArrayList<RelayStep>();
    for (var round = round(plan); !round.due().isEmpty() || cursor.next() != cursor.floor(); ) {
      submit(round);
      done.addAll(stepsOf(round));
      round = round(plan);
    }
    return done;
  }

  private static List<RelayStep> stepsOf(RelayRound round) {
    return round.due().stream().flatMap(due -> due.steps().stream()).toList();
  }

  private void submit(RelayRound round) {
    for (var due : round.due()) {
      transactions++;
      var side = due.at().equals(a.id()) ? a : b;
      assertThat(side.submit(due.operation())).isEqualTo("OK");
    }
  }
}
