package dev.sampo.core.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When, how often and whom a validator asks for what it lacks (B11, SY1, SY3). */
class RepairTest {

  /** Something that was asked for, so many milliseconds after the test's beginning. */
  private record Asked(long millis, List<ValidatorIndex> peers) {}

  /** Of seven, so that a certificate has five signers, and one peer need not have the block. */
  private final EngineProbe engine = EngineProbe.leaderOf(5, 7);

  private final Block timed = engine.block(2, engine.genesisBlock(), Fakes.transaction(1));
  private final Block missing = engine.block(3, timed, Fakes.transaction(2));

  /** After a view with work that was entered step by step, so that its latency counts. */
  private void learnOfTheBlockAfter(long millis) {
    engine.work(true);
    engine.certificates(engine.nullification(1));
    engine.passMillis(1);
    engine.propose(timed);
    engine.passMillis(millis - 1);
    engine.certificates(engine.notarization(timed));
    engine.receive(
        engine.peer(0), new Certificates(List.of(engine.notarization(missing)), List.of()));
    engine.forget();
  }

  private List<Asked> blockRequestsWithin(long millis) {
    var all = new ArrayList<Asked>();
    for (long now = 1; now <= millis; now++) {
      engine.passMillis(1);
      for (var send : engine.effects(Effect.Send.class)) {
        if (send.message() instanceof BlockRequest) {
          all.add(new Asked(now, send.recipients()));
        }
      }
      engine.forget();
    }
    return all;
  }

  @Test
  @DisplayName("B11: one holder, then two, then anybody; ever more seldom, at least once a second")
  void asksHoldersFirstAndLessAndLessOften() {
    learnOfTheBlockAfter(50);
    var asked = blockRequestsWithin(7_000);
    assertThat(asked.stream().map(Asked::millis).limit(8))
        .containsExactly(200L, 400L, 700L, 1_150L, 1_825L, 2_825L, 3_825L, 4_825L);
    assertThat(asked.stream().map(Asked::peers).limit(5))
        .containsExactly(
            List.of(engine.peer(0)),
            List.of(engine.peer(1), engine.peer(2)),
            List.of(engine.peer(2), engine.peer(3)),
            List.of(engine.peer(3), engine.peer(4)),
            List.of(engine.peer(4), engine.peer(5)));
  }

  @Test
  @DisplayName("TI6: a suspect is asked last")
  void asksSuspectsLast() {
    learnOfTheBlockAfter(50);
    engine.step(new Input.PeerSuspected(engine.peer(0)));
    var asked = blockRequestsWithin(3_000);
    assertThat(asked).hasSizeGreaterThan(5);
    assertThat(asked.getFirst().peers()).containsExactly(engine.peer(1));
    assertThat(asked).noneMatch(each -> each.peers().contains(engine.peer(0)));
  }

  @Test
  @DisplayName("B11: what was found is not asked for any more")
  void stopsAskingWhenItIsThere() {
    learnOfTheBlockAfter(50);
    assertThat(blockRequestsWithin(250)).hasSize(1);
    engine.propose(missing);
    assertThat(blockRequestsWithin(2_000)).isEmpty();
  }

  private void claim(ValidatorIndex peer, long height) {
    engine.receive(
        peer, new Status(Epoch.ZERO, View.of(1), View.ZERO, Height.of(height), List.of()));
  }

  private List<Effect.FetchFinalBlocks> fetchedWithin(long millis, List<Long> times) {
    var all = new ArrayList<Effect.FetchFinalBlocks>();
    for (long now = 1; now <= millis; now++) {
      engine.passMillis(1);
      for (var fetch : engine.effects(Effect.FetchFinalBlocks.class)) {
        times.add(now);
        all.add(fetch);
      }
      engine.forget();
    }
    return all;
  }

  @Test
  @DisplayName("SY3: a gap of sixteen blocks is not yet for sync")
  void aShortGapIsNotForSync() {
    claim(engine.peer(0), 16);
    claim(engine.peer(1), 16);
    claim(engine.peer(2), 16);
    assertThat(fetchedWithin(5_000, new ArrayList<>())).isEmpty();
  }

  @Test
  @DisplayName("SY3: a longer gap is for sync, which is told of it again after two seconds")
  void aLongGapIsForSync() {
    claim(engine.peer(0), 17);
    claim(engine.peer(1), 17);
    claim(engine.peer(2), 17);
    var times = new ArrayList<Long>();
    var fetched = fetchedWithin(6_000, times);
    assertThat(fetched.getFirst())
        .isEqualTo(
            new Effect.FetchFinalBlocks(
                Height.of(1),
                Height.of(17),
                List.of(engine.peer(0), engine.peer(1), engine.peer(2))));
    assertThat(times).containsExactly(800L, 3_600L, 5_600L);
  }
}
