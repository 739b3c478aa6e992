package dev.sampo.core.consensus.simplex;

import static dev.sampo.core.consensus.simplex.EngineProbe.finalizes;
import static dev.sampo.core.consensus.simplex.EngineProbe.notarize;
import static dev.sampo.core.consensus.simplex.EngineProbe.nullify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.View;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What went wrong in published implementations must not go wrong here (2.15). */
class KnownBugsTest {

  private final EngineProbe engine = EngineProbe.voter();
  private final Block first = engine.block(1, engine.genesisBlock(), Fakes.transaction(1));

  @Test
  @DisplayName("F1, F2: sending again creates no finalize vote where an empty vote was cast")
  void ava280() {
    engine.vote(engine.leader(1), nullify(1));
    engine.certificates(engine.notarization(first));
    var again = engine.restart().voting();
    for (var probe : List.of(engine, again)) {
      probe.pass(Duration.ofSeconds(40));
      assertThat(probe.votes()).doesNotContain(finalizes(first));
    }
  }

  @Test
  @DisplayName("N3: no vote for a block over a skipped view without its nullification")
  void ava281() {
    engine.propose(first);
    var skipped = engine.block(2, first, Fakes.transaction(2));
    engine.propose(skipped, engine.notarization(first));
    engine.certificates(engine.notarization(skipped));
    var over = engine.block(3, first, Fakes.transaction(3));
    engine.propose(over, engine.notarization(first));
    assertThat(engine.votes()).doesNotContain(notarize(over));
  }

  @Test
  @DisplayName("S1, S2: nullify and finalize votes are sent again until the view is over")
  void ava150() {
    engine.certificates(engine.notarization(first));
    engine.vote(engine.leader(2), nullify(2));
    engine.forget();
    engine.pass(Duration.ofSeconds(15));
    for (var peer : engine.peers()) {
      assertThat(engine.sentTo(peer, ConsensusVote.class).stream().map(v -> v.vote().statement()))
          .contains(finalizes(first), nullify(2));
    }
  }

  @Test
  @DisplayName("C4: who sends votes of final views again is told that they are final")
  void ava279() {
    engine.propose(first);
    engine.certificates(engine.finalization(first));
    engine.vote(engine.peer(0), nullify(1));
    engine.pass(Duration.ofSeconds(1));
    engine.forget();
    engine.vote(engine.peer(0), nullify(1));
    assertThat(engine.sentTo(engine.peer(0), Certificates.class)).isNotEmpty();
  }

  @Test
  @DisplayName("Z3: several triggers write one nullify")
  void ava486() {
    engine.work(true);
    engine.vote(engine.leader(1), nullify(1));
    engine.pass(Duration.ofSeconds(30));
    engine.propose(engine.block(1, engine.genesisBlock()));
    assertThat(engine.promises().stream().filter(new Promise.Stated(nullify(1))::equals))
        .hasSize(1);
  }

  @Test
  @DisplayName("SY4: a fetched block stays until what waited for it is done")
  void ava542() {
    var second = engine.block(2, first, Fakes.transaction(2));
    engine.certificates(engine.notarization(first));
    engine.receive(engine.peer(0), new BlockResponse(first));
    engine.propose(second);
    assertThat(engine.votes()).contains(notarize(second));
    engine.certificates(engine.finalization(second));
    assertThat(engine.finalized()).containsExactly(first, second);
  }

  @Test
  @DisplayName("SY4: a nullified view keeps its notarization, and the other way round")
  void ava291() {
    engine.certificates(engine.nullification(1));
    engine.certificates(engine.notarization(first));
    engine.forget();
    engine.receive(engine.peer(0), new CertificateRequest(Epoch.ZERO, View.of(1), View.of(1)));
    assertThat(engine.certificatesSent())
        .containsExactlyInAnyOrder(engine.notarization(first), engine.nullification(1));
  }

  @Test
  @DisplayName("2.4: a restart does not vote again")
  void commonware2050() {
    engine.propose(first);
    var again = engine.restart().voting();
    again.propose(engine.block(1, engine.genesisBlock(), Fakes.transaction(2)));
    assertThat(again.votes()).isEmpty();
    assertThat(again.promises()).isEmpty();
  }

  @Test
  @DisplayName("E1: who nullified a view still follows its late notarization")
  void commonware2695() {
    engine.vote(engine.leader(1), nullify(1));
    engine.certificates(engine.notarization(first));
    assertThat(engine.view()).isEqualTo(View.of(2));
  }

  @Test
  @DisplayName("N3, P4: who left a view by the other certificate accepts the leader's proof")
  void commonware4386() {
    engine.propose(first);
    var second = engine.block(2, first, Fakes.transaction(2));
    engine.propose(second, engine.notarization(first));
    engine.certificates(engine.notarization(second));
    var third = engine.block(3, first, Fakes.transaction(3));
    engine.propose(third, engine.notarization(first), engine.nullification(2));
    assertThat(engine.votes()).contains(notarize(third));
  }

  @Test
  @DisplayName("TI3: a notarized view does not shorten the timers")
  void tonSkipTimeoutReset() {
    engine.work(true);
    engine.certificates(engine.nullification(6));
    var before = engine.timer(TimerId.Kind.ADVANCE, 7).orElseThrow();
    engine.certificates(
        engine.notarization(engine.block(7, engine.genesisBlock(), Fakes.transaction(1))));
    assertThat(engine.timer(TimerId.Kind.ADVANCE, 8).orElseThrow()).isGreaterThan(before);
  }

  @Test
  @DisplayName("2.4: the floor rises only with what is stored, and never falls")
  void commonwareFloor() {
    engine.propose(first);
    engine.certificates(engine.finalization(first));
    engine.step(new Input.BlockStored(View.of(1), Height.of(1)));
    engine.step(new Input.BlockStored(View.of(1), Height.of(1)));
    engine.propose(engine.block(2, first, Fakes.transaction(2)));
    engine.vote(engine.leader(2), nullify(2));
    assertThat(engine.promises().stream().filter(Promise.FinalUpTo.class::isInstance)).hasSize(1);
  }

  @Test
  @Tag("fault-78")
  @DisplayName("decided is terminal: a timer that was queued before the decision does nothing")
  void besu1734() {
    engine.work(true);
    engine.propose(first);
    engine.certificates(engine.finalization(first));
    engine.forget();
    engine.step(new Input.TimerFired(new TimerId(TimerId.Kind.PROPOSAL, View.of(1))));
    engine.step(new Input.TimerFired(new TimerId(TimerId.Kind.ADVANCE, View.of(1))));
    assertThat(engine.effects(Effect.Persist.class)).isEmpty();
    assertThat(engine.votes()).isEmpty();
  }

  @Test
  @DisplayName("P6: a leader whose journal holds a proposal never makes another")
  void tendermintTruncatedLog() {
    var leader = EngineProbe.leaderOf(1, 4);
    leader.work(true);
    leader.holdDisk();
    leader.payload(View.of(1), Fakes.transaction(1));
    var lost = leader.restart().voting();
    lost.work(true);
    lost.payload(View.of(1), Fakes.transaction(2));
    assertThat(leader.sent(Proposal.class)).isEmpty();
    assertThat(lost.sent(Proposal.class)).hasSize(1);
  }
}
