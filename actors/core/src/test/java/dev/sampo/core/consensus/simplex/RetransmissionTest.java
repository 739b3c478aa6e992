package dev.sampo.core.consensus.simplex;

import static dev.sampo.core.consensus.simplex.EngineProbe.notarize;
import static dev.sampo.core.consensus.simplex.EngineProbe.nullify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules S1 to S4. */
class RetransmissionTest {

  private final EngineProbe engine = EngineProbe.voter();
  private final Block first = engine.block(1, engine.genesisBlock(), Fakes.transaction(1));

  @Test
  @DisplayName("S1: after T_adv the votes of the view and its entry certificate are sent again")
  void sendsTheViewAgain() {
    engine.certificates(engine.nullification(1));
    engine.work(true);
    engine.passMillis(1_001);
    engine.forget();
    engine.passMillis(1_000);
    assertThat(engine.votes()).contains(nullify(2));
    assertThat(engine.certificatesSent()).contains(engine.nullification(1));
  }

  @Test
  @DisplayName("S1: not to peers that were seen beyond the view")
  void sparesThoseWhoAreBeyond() {
    engine.work(true);
    engine.passMillis(1_001);
    engine.vote(engine.peer(0), nullify(2));
    engine.forget();
    engine.passMillis(1_000);
    assertThat(engine.sentTo(engine.peer(0), ConsensusVote.class)).isEmpty();
    assertThat(engine.sentTo(engine.peer(1), ConsensusVote.class)).isNotEmpty();
  }

  @Test
  @DisplayName("S1: the interval grows from base to at most 5 s")
  void growsTheInterval() {
    engine.work(true);
    engine.passMillis(1_001);
    engine.pass(Duration.ofSeconds(60));
    engine.forget();
    engine.pass(Duration.ofMillis(9_900));
    long retries =
        engine.effects(Effect.SetTimer.class).stream()
            .filter(t -> t.timer().kind() == TimerId.Kind.RETRY)
            .count();
    assertThat(retries).isBetween(1L, 2L);
  }

  @Test
  @DisplayName("S2: without finalization a rotating third gets everything above the final view")
  void sendsEverythingToAThird() {
    engine.certificates(engine.notarization(first), engine.nullification(2));
    // All have been seen in view 3, so that nothing is pushed to them.
    for (var peer : engine.peers()) {
      engine.vote(peer, notarize(engine.block(3, first, Fakes.transaction(peer.number()))));
    }
    engine.forget();
    engine.pass(Duration.ofMillis(4_001));
    var helped = engine.peers().stream().filter(this::gotBothCertificates).toList();
    assertThat(helped).hasSize(1);
    engine.pass(Duration.ofSeconds(8));
    assertThat(engine.peers()).allMatch(this::gotBothCertificates);
  }

  private boolean gotBothCertificates(ValidatorIndex peer) {
    var got =
        engine.sentTo(peer, Certificates.class).stream()
            .flatMap(message -> message.certificates().stream())
            .toList();
    return got.containsAll(List.of(engine.notarization(first), engine.nullification(2)));
  }

  @Test
  @DisplayName("S2: not while blocks become final")
  void isQuietWhileBlocksBecomeFinal() {
    var parent = engine.genesisBlock();
    for (int view = 1; view <= 10; view++) {
      var block = engine.block(view, parent, Fakes.transaction(view));
      engine.propose(block);
      engine.certificates(engine.notarization(block), engine.finalization(block));
      engine.forget();
      engine.passMillis(600);
      assertThat(engine.sent(Certificates.class)).isEmpty();
      parent = block;
    }
  }

  @Test
  @DisplayName("S2: not at rest before T_idle has passed, for the next view tells who is late")
  void isQuietAtRest() {
    finalizeFirst();
    engine.forget();
    engine.passMillis(4_900);
    assertThat(engine.sent(Certificates.class)).isEmpty();
  }

  /** By votes of all, so that nothing is pushed to anyone (C3). */
  private void finalizeFirst() {
    engine.propose(first);
    engine.certificates(engine.notarization(first));
    engine.peers().forEach(peer -> engine.vote(peer, EngineProbe.finalizes(first)));
  }

  @Test
  @DisplayName("S2: rest ends with a view that is not the next, whose proof goes out in T_still")
  void isAtRestNoLongerThanNothingHappens() {
    finalizeFirst();
    engine.passMillis(4_500);
    engine.certificates(engine.nullification(2));
    engine.peers().forEach(peer -> engine.vote(peer, nullify(3)));
    engine.forget();
    engine.passMillis(4_000);
    assertThat(engine.certificatesSent()).contains(engine.nullification(2));
  }

  @Test
  @DisplayName("S2, Z4: also when idle, so that a lost proof is repaired without clients")
  void runsWhenIdle() {
    engine.certificates(engine.nullification(5));
    engine.forget();
    engine.pass(Duration.ofMillis(4_001));
    assertThat(engine.votes()).contains(nullify(1));
  }

  @Test
  @Tag("fault-62")
  @DisplayName("S2: at most 256 KiB per second and peer, going on where it stopped (TON)")
  void limitsItsEgress() {
    var large = EngineProbe.leaderOf(301, 100);
    var all = LongStream.rangeClosed(1, 300).mapToObj(large::nullification).toList();
    large.certificates(all.toArray(Certificate[]::new));
    large.pass(Duration.ofMillis(3_990));
    large.forget();
    large.pass(Duration.ofMillis(20));
    assertThat(bytesTo(large, large.peer(0))).isBetween(200_000L, 262_144L + 10_000);
    large.pass(Duration.ofSeconds(12 * 6));
    var seen = large.sentTo(large.peer(0), Certificates.class);
    assertThat(seen.stream().flatMap(m -> m.certificates().stream()).distinct().count())
        .isEqualTo(300);
  }

  private static long bytesTo(EngineProbe probe, ValidatorIndex peer) {
    return probe.sentTo(peer, Certificates.class).stream()
        .flatMap(message -> message.certificates().stream())
        .mapToLong(Justification::sizeOf)
        .sum();
  }

  @Test
  @DisplayName("F1: sending again never creates a finalize vote")
  void neverCreatesVotes() {
    engine.vote(engine.leader(1), nullify(1));
    engine.certificates(engine.notarization(first));
    engine.pass(Duration.ofSeconds(60));
    assertThat(engine.votes()).doesNotContain(EngineProbe.finalizes(first));
  }

  @Test
  @DisplayName("S3: a peer that connects hears where this validator stands, and its own votes")
  void echoesThePeersVotes() {
    engine.vote(engine.peer(1), notarize(first));
    engine.forget();
    engine.step(new Input.PeerConnected(engine.peer(1)));
    var status = engine.sentTo(engine.peer(1), Status.class).getFirst();
    assertThat(status.view()).isEqualTo(View.of(1));
    assertThat(status.echo()).containsExactly(Fakes.vote(notarize(first), engine.peer(1)));
  }

  @Test
  @DisplayName("S3: every T_idle in a view that lasts")
  void saysWhereItStandsWhenIdle() {
    engine.passMillis(5_000);
    assertThat(engine.sent(Status.class)).hasSize(3);
  }

  @Test
  @DisplayName("S3: Status is not answered with Status for ever")
  void doesNotEchoStatusForEver() {
    var status = new Status(Epoch.ZERO, View.of(1), View.ZERO, Height.ZERO, List.of());
    engine.passMillis(1_500);
    engine.forget();
    engine.receive(engine.peer(0), status);
    engine.receive(engine.peer(0), status);
    assertThat(engine.sent(Status.class)).hasSize(1);
  }

  @Test
  @DisplayName("S4: f + 1 peers in later views mean that certificates were missed")
  void asksWhenLeftBehind() {
    engine.vote(engine.peer(0), nullify(9));
    engine.pass(Duration.ofSeconds(2));
    assertThat(engine.sent(CertificateRequest.class)).isEmpty();
    engine.vote(engine.peer(1), nullify(9));
    engine.pass(Duration.ofSeconds(2));
    assertThat(engine.sent(CertificateRequest.class)).isNotEmpty();
  }
}
