package dev.sampo.core.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.message.PeerMessage.Status;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** More than f liars: what contradicts a final block stops the validator, before it executes. */
class HaltTest {

  private final EngineProbe engine = EngineProbe.voter();
  private final Block first = engine.block(1, engine.genesisBlock(), Fakes.transaction(1));

  @Test
  @DisplayName("lemma 3: two finalizations of one view stop the validator")
  void stopsAtASecondFinalization() {
    engine.certificates(engine.finalization(first));
    assertThat(engine.isHalted()).isFalse();
    var other = engine.block(1, engine.genesisBlock(), Fakes.transaction(2));
    engine.certificates(engine.finalization(other));
    assertThat(engine.isHalted()).isTrue();
  }

  @Test
  @DisplayName("I5: a finalization beside the delivered chain stops the validator")
  void stopsAtAFork() {
    engine.propose(first);
    engine.certificates(engine.finalization(first));
    assertThat(engine.finalized()).containsExactly(first);
    var fork = engine.block(2, engine.genesisBlock(), Fakes.transaction(2));
    engine.propose(fork);
    assertThat(engine.isHalted()).isFalse();
    engine.certificates(engine.finalization(fork));
    assertThat(engine.isHalted()).isTrue();
    assertThat(engine.finalized()).containsExactly(first);
  }

  @Test
  @DisplayName("2.4: groups of promises are numbered in their order")
  void numbersItsPromises() {
    engine.propose(first);
    engine.certificates(engine.notarization(first));
    var sequences =
        engine.effects(Effect.Persist.class).stream().map(Effect.Persist::sequence).toList();
    assertThat(sequences).hasSizeGreaterThan(1).isSorted().doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("S2: the standstill timer counts from the last final block")
  void standstillCountsFromTheLastFinalBlock() {
    engine.passMillis(1_000);
    engine.certificates(engine.finalization(first));
    engine.propose(engine.block(2, first)); // so that it is not at rest
    engine.passMillis(3_000);
    assertThat(engine.timer(TimerId.Kind.STANDSTILL, 0)).contains(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("S3: every peer hears a Status at the start, and again in a view that lasts")
  void saysWhereItStands() {
    var fresh = EngineProbe.fresh(4, engine.self);
    for (var peer : fresh.peers()) {
      assertThat(fresh.sentTo(peer, Status.class)).hasSize(1);
    }
    fresh.pass(Duration.ofSeconds(30));
    for (var peer : fresh.peers()) {
      assertThat(fresh.sentTo(peer, Status.class)).hasSizeGreaterThan(3);
    }
  }
}
