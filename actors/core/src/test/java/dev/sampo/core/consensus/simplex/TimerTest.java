package dev.sampo.core.consensus.simplex;

import static dev.sampo.core.consensus.simplex.EngineProbe.notarize;
import static dev.sampo.core.consensus.simplex.EngineProbe.nullify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.TrustedMessages;
import dev.sampo.core.types.View;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules TI1 to TI6. */
class TimerTest {

  private static final long MILLI = 1_000_000;

  private static Pacemaker pacemaker() {
    var timing = new Timing(Duration.ofMillis(20), Duration.ofSeconds(10), Duration.ofSeconds(5));
    return new Pacemaker(timing, new Outbox());
  }

  @Test
  @DisplayName("TI1: RFC 6298 with alpha 1/8 and beta 1/4, in integers")
  void smoothsSamples() {
    var latency = new LatencyEstimate();
    assertThat(latency.ewma()).isEqualTo(200 * MILLI);
    latency.sample(80 * MILLI);
    assertThat(latency.ewma()).isEqualTo(80 * MILLI);
    assertThat(latency.push()).isEqualTo((2 * 80 + 4 * 40) * MILLI);
    latency.sample(160 * MILLI);
    assertThat(latency.ewma()).isEqualTo(90 * MILLI);
    assertThat(latency.push()).isEqualTo((2 * 90 + 4 * 50) * MILLI);
  }

  @Test
  @DisplayName("TI1: only views that were entered by E1, while there is work, count")
  void samplesOrdinaryViewsOnly() {
    var pacemaker = pacemaker();
    pacemaker.enter(View.of(1), false, 0);
    pacemaker.arm(true, false, false, View.ZERO, 0);
    pacemaker.notarized(Optional.of(30 * MILLI), 50 * MILLI);
    assertThat(pacemaker.latency().ewma()).isEqualTo(200 * MILLI);

    pacemaker.enter(View.of(2), true, 0);
    pacemaker.arm(false, false, false, View.ZERO, 0);
    pacemaker.notarized(Optional.of(30 * MILLI), 50 * MILLI);
    assertThat(pacemaker.latency().ewma()).isEqualTo(200 * MILLI);

    pacemaker.enter(View.of(3), true, 100 * MILLI);
    pacemaker.arm(true, false, false, View.ZERO, 100 * MILLI);
    pacemaker.notarized(Optional.of(130 * MILLI), 150 * MILLI);
    assertThat(pacemaker.latency().ewma()).isEqualTo(50 * MILLI);
  }

  @Test
  @DisplayName("TI1: a timer that work starts in mid-view is a sample, too")
  void samplesViewsThatWorkComesTo() {
    var pacemaker = pacemaker();
    pacemaker.enter(View.of(2), true, 0);
    pacemaker.arm(false, false, false, View.ZERO, 0);
    pacemaker.arm(true, false, false, View.ZERO, 10 * MILLI);

    pacemaker.notarized(Optional.of(30 * MILLI), 50 * MILLI);

    assertThat(pacemaker.latency().ewma()).isEqualTo(40 * MILLI);
  }

  @Test
  @DisplayName("TI1: a view whose proposal was there before the timer ran says nothing (v3:1589)")
  void learnsNothingFromViewsThatWereEnteredLate() {
    var pacemaker = pacemaker();
    pacemaker.enter(View.of(2), true, 100 * MILLI);
    pacemaker.arm(true, false, false, View.ZERO, 100 * MILLI);
    pacemaker.notarized(Optional.of(40 * MILLI), 101 * MILLI);
    assertThat(pacemaker.latency().ewma()).isEqualTo(200 * MILLI);

    pacemaker.enter(View.of(3), true, 200 * MILLI);
    pacemaker.arm(true, false, false, View.ZERO, 200 * MILLI);
    pacemaker.notarized(Optional.of(200 * MILLI), 201 * MILLI);
    assertThat(pacemaker.latency().ewma()).isEqualTo(200 * MILLI);

    pacemaker.enter(View.of(4), true, 300 * MILLI);
    pacemaker.arm(true, false, false, View.ZERO, 300 * MILLI);
    pacemaker.notarized(Optional.empty(), 301 * MILLI);
    assertThat(pacemaker.latency().ewma()).isEqualTo(200 * MILLI);
  }

  @Test
  @Tag("fault-7")
  @DisplayName("TI1: a view that waits for a quorum for 20 s does not make views take 20 s")
  void countsViewsThatOutlastTheirTimerAsTheTimer() {
    var pacemaker = pacemaker();
    pacemaker.latency().sample(300 * MILLI);
    var advance = pacemaker.advanceAfter(View.of(1));
    pacemaker.enter(View.of(2), true, 0);
    pacemaker.arm(true, false, false, View.of(1), 0);
    pacemaker.advanceFired(advance);

    pacemaker.notarized(Optional.of(20_000 * MILLI), 20_050 * MILLI);

    assertThat(pacemaker.latency().ewma()).isEqualTo((7 * 300 * MILLI + advance) / 8);
    pacemaker.enter(View.of(3), true, 20_050 * MILLI);
    assertThat(pacemaker.advanceAfter(View.of(2))).isBetween(advance + 1, 3 * advance);
  }

  @Test
  @DisplayName(
      "TI1: timers that are too short grow, as views that outlast them count (v5:246 of 3)")
  void growsUntilViewsFit() {
    var pacemaker = pacemaker();
    pacemaker.latency().sample(100 * MILLI);
    long views = 3_000 * MILLI;
    long now = 0;
    var lost = 0;
    for (var view = View.of(1); pacemaker.advanceAfter(view) < views; view = view.next()) {
      pacemaker.enter(view, true, now);
      pacemaker.arm(true, false, false, view, now);
      pacemaker.advanceFired(now + pacemaker.advanceAfter(view));
      pacemaker.notarized(Optional.of(now + 1), now + views);
      now += views;
      lost++;
      assertThat(lost).isLessThan(10);
    }
    assertThat(lost).isBetween(2, 5);
  }

  @Test
  @DisplayName("TI1: who hears of a view's end only, and late, learns that as well (v5:2525 of 8)")
  void countsViewsThatOthersNotarized() {
    var engine = EngineProbe.voter();
    engine.work(true);
    engine.certificates(engine.nullification(1));
    engine.passMillis(1_001);
    assertThat(engine.votes()).containsExactly(nullify(2));

    var block = engine.block(2, engine.genesisBlock(), Fakes.transaction(1));
    engine.certificates(engine.finalization(block));

    assertThat(engine.timer(TimerId.Kind.ADVANCE, 3)).contains(Duration.ofSeconds(5));
  }

  @Test
  @DisplayName("TI2: base is one second at first, then 3 ewma + 4 dev within its bounds")
  void derivesTheBase() {
    var timing = new Timing(Duration.ofMillis(20), Duration.ofSeconds(10), Duration.ofSeconds(5));
    var latency = new LatencyEstimate();
    assertThat(latency.base(timing)).isEqualTo(1_000 * MILLI);
    latency.sample(100 * MILLI);
    assertThat(latency.base(timing)).isEqualTo((300 + 200) * MILLI);
    var quick = new LatencyEstimate();
    quick.sample(MILLI);
    assertThat(quick.base(timing)).isEqualTo(20 * MILLI);
    var slow = new LatencyEstimate();
    slow.sample(60_000 * MILLI);
    assertThat(slow.base(timing)).isEqualTo(10_000 * MILLI);
  }

  @Test
  @Tag("fault-7")
  @DisplayName("TI3, W13: grows by half per view beyond the second, to at most 60 s")
  void growsWithTheDistanceFromTheFinalView() {
    assertThat(advanceIn(2)).isEqualTo(1_000 * MILLI);
    assertThat(advanceIn(3)).isEqualTo(1_500 * MILLI);
    assertThat(advanceIn(4)).isEqualTo(2_250 * MILLI);
    assertThat(advanceIn(1_000_000)).isEqualTo(60_000 * MILLI);
  }

  private static long advanceIn(long view) {
    var pacemaker = pacemaker();
    pacemaker.enter(View.of(view), true, 0);
    return pacemaker.advanceAfter(View.ZERO);
  }

  @Test
  @DisplayName("TI3, TON: only a finalization shortens the timers, not a quiet view")
  void onlyAFinalizationEndsTheStreak() {
    var engine = EngineProbe.voter();
    engine.work(true);
    engine.certificates(engine.nullification(8));
    assertThat(engine.timer(TimerId.Kind.ADVANCE, 9).orElseThrow())
        .isGreaterThan(Duration.ofSeconds(10));
    var block = engine.block(9, engine.genesisBlock(), Fakes.transaction(1));
    engine.certificates(engine.notarization(block));
    assertThat(engine.timer(TimerId.Kind.ADVANCE, 10).orElseThrow())
        .isGreaterThan(Duration.ofSeconds(10));
    var next = engine.block(10, block, Fakes.transaction(2));
    engine.certificates(engine.finalization(next));
    assertThat(engine.timer(TimerId.Kind.ADVANCE, 11)).contains(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("TI4: without work the timers run from T_idle on")
  void waitsForTheIdleTime() {
    var engine = EngineProbe.voter();
    engine.passMillis(5_600);
    assertThat(engine.votes()).isEmpty();
    engine.passMillis(100);
    assertThat(engine.votes()).containsExactly(nullify(1));
  }

  @Test
  @DisplayName("TI4: else from the first work that comes")
  void startsWithTheFirstWork() {
    var engine = EngineProbe.voter();
    engine.passMillis(2_000);
    engine.work(true);
    assertThat(engine.timer(TimerId.Kind.ADVANCE, 1)).contains(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("TI4, B6: and from T_idle again if all work ends")
  void restsWhenTheWorkEnds() {
    var engine = EngineProbe.voter();
    engine.work(true);
    engine.work(false);
    engine.passMillis(5_000);
    assertThat(engine.votes()).isEmpty();
  }

  @Test
  @DisplayName("TI4: an own vote that is in no certificate is work")
  void anOwnVoteIsWork() {
    var engine = EngineProbe.voter();
    engine.propose(engine.block(1, engine.genesisBlock()));
    assertThat(engine.timer(TimerId.Kind.ADVANCE, 1)).contains(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("TI4: an unfinished block with transactions is work, an empty one is not")
  void anUnfinishedBlockIsWork() {
    var busy = EngineProbe.voter();
    var full = busy.block(1, busy.genesisBlock(), Fakes.transaction(1));
    busy.propose(full);
    busy.certificates(busy.notarization(full));
    assertThat(busy.timer(TimerId.Kind.ADVANCE, 2)).contains(Duration.ofSeconds(1));

    var idle = EngineProbe.voter();
    var empty = idle.block(1, idle.genesisBlock());
    idle.propose(empty);
    idle.certificates(idle.notarization(empty));
    assertThat(idle.timer(TimerId.Kind.ADVANCE, 2)).contains(Duration.ofSeconds(6));
  }

  @Test
  @DisplayName("2.9: timers of a past view are cancelled, and ignored if they fire all the same")
  void forgetsTheTimersOfPastViews() {
    var engine = EngineProbe.voter();
    engine.work(true);
    engine.certificates(engine.nullification(1));
    assertThat(engine.timer(TimerId.Kind.ADVANCE, 1)).isEmpty();
    engine.step(new Input.TimerFired(new TimerId(TimerId.Kind.ADVANCE, View.of(1))));
    assertThat(engine.votes()).isEmpty();
  }

  @Test
  @DisplayName("S1, W13: sending again starts at T_adv though the nullify was stored before")
  void startsToRetryAfterAnEarlyNullify() {
    var engine = EngineProbe.voter();
    engine.vote(engine.leader(1), nullify(1));
    engine.forget();
    engine.passMillis(2_001);
    assertThat(engine.votes()).containsExactly(nullify(1));
  }

  @Test
  @Tag("fault-26")
  @DisplayName("TI6, W12: the turn of a leader that is silent for long is skipped at once")
  void skipsADeadLeader() {
    var engine = EngineProbe.voter();
    engine.work(true);
    var dead = engine.leader(1);
    var parent = engine.genesisBlock();
    for (int view = 1; view <= 12; view++) {
      boolean skipped = view > 10 && engine.leader(view).equals(dead);
      if (view != 1 && engine.leader(view).equals(dead)) {
        assertThat(engine.timer(TimerId.Kind.ADVANCE, view).orElseThrow().isZero())
            .as("view %d", view)
            .isEqualTo(view > 9 && skipped);
      }
      engine.passMillis(1_300);
      for (var peer : engine.peers()) {
        if (!peer.equals(dead)) {
          engine.step(new Input.PeerHeard(peer));
        }
      }
      if (engine.view().equals(View.of(view))) {
        var block = engine.block(view, parent, Fakes.transaction(view));
        parent = block;
        engine.step(
            new Input.MessageReceived(
                engine.peers().stream().filter(p -> !p.equals(dead)).findFirst().orElseThrow(),
                View.of(view - 1),
                TrustedMessages.of(
                    new Certificates(List.of(engine.finalization(block)), List.of()))));
      }
    }
    assertThat(engine.leader(13)).isEqualTo(dead);
    assertThat(engine.view()).isEqualTo(View.of(13));
    engine.pass(Duration.ZERO);
    assertThat(engine.votes()).contains(nullify(13));
  }

  @Test
  @DisplayName("TI6: a skip only sets timers: a proposal that is there is voted for first")
  void votesForAProposalDespiteTheSkip() {
    var engine = EngineProbe.voter();
    var second = engine.block(2, engine.genesisBlock(), Fakes.transaction(1));
    engine.receive(engine.peer(0), engine.proposal(second));
    engine.certificates(engine.nullification(1));
    assertThat(engine.votes()).contains(notarize(second));
    assertThat(engine.effects(Effect.Halt.class)).isEmpty();
  }
}
