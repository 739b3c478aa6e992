package dev.sampo.core.consensus.simplex;

import static dev.sampo.core.consensus.simplex.EngineProbe.notarize;
import static dev.sampo.core.consensus.simplex.EngineProbe.nullify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules E1 to E3, C2 and D5. */
class ViewTest {

  private final EngineProbe engine = EngineProbe.voter();
  private final Block first = engine.block(1, engine.genesisBlock(), Fakes.transaction(1));

  @Test
  @DisplayName("E1: a notarization ends the view")
  void notarizationEndsTheView() {
    engine.certificates(engine.notarization(first));
    assertThat(engine.view()).isEqualTo(View.of(2));
  }

  @Test
  @DisplayName("E1: a nullification ends the view")
  void nullificationEndsTheView() {
    engine.certificates(engine.nullification(1));
    assertThat(engine.view()).isEqualTo(View.of(2));
  }

  @Test
  @DisplayName("E1: a finalization ends the view")
  void finalizationEndsTheView() {
    engine.certificates(engine.finalization(first));
    assertThat(engine.view()).isEqualTo(View.of(2));
    assertThat(engine.finalView()).isEqualTo(View.of(1));
  }

  @Test
  @DisplayName("E2: a certificate of a later view is followed at once")
  void jumpsBehindALaterCertificate() {
    engine.certificates(engine.nullification(7));
    assertThat(engine.view()).isEqualTo(View.of(8));
  }

  @Test
  @DisplayName("E2: a view jumped over is not voted in")
  void doesNotVoteInAViewJumpedOver() {
    engine.certificates(engine.nullification(7));
    engine.propose(first);
    assertThat(engine.votes()).isEmpty();
  }

  @Test
  @DisplayName("I7: a certificate of a past view moves nothing")
  void neverGoesBack() {
    engine.certificates(engine.nullification(7));
    engine.certificates(engine.nullification(3));
    assertThat(engine.view()).isEqualTo(View.of(8));
  }

  @Test
  @DisplayName("C2: votes of a quorum are as good as their certificate")
  void formsCertificatesFromVotes() {
    engine.vote(engine.peer(0), notarize(first));
    engine.vote(engine.peer(1), notarize(first));
    assertThat(engine.view()).isEqualTo(View.of(1));
    engine.vote(engine.peer(2), notarize(first));
    assertThat(engine.view()).isEqualTo(View.of(2));
  }

  @Test
  @DisplayName("C: votes for different blocks make no certificate, nor does a repeated vote")
  void countsOnlyEqualVotesOfDifferentSigners() {
    var twin = engine.block(1, engine.genesisBlock(), Fakes.transaction(2));
    engine.vote(engine.peer(0), notarize(first));
    engine.vote(engine.peer(0), notarize(first));
    engine.vote(engine.peer(0), notarize(first));
    engine.vote(engine.peer(1), notarize(twin));
    engine.vote(engine.peer(2), notarize(first));
    assertThat(engine.view()).isEqualTo(View.of(1));
  }

  @Test
  @Tag("fault-64")
  @DisplayName("I11: a certificate below the quorum counts for nothing")
  void ignoresASmallCertificate() {
    var full = engine.nullification(1);
    engine.certificates(new Certificate(full.statement(), full.votes().subList(0, 2)));
    assertThat(engine.view()).isEqualTo(View.of(1));
  }

  @Test
  @DisplayName("2.4: the own vote counts only once it is durable")
  void countsTheOwnVoteWhenItIsDurable() {
    engine.holdDisk();
    engine.propose(first);
    engine.vote(engine.peer(0), notarize(first));
    engine.vote(engine.peer(1), notarize(first));
    assertThat(engine.view()).isEqualTo(View.of(1));
    engine.releaseDisk();
    assertThat(engine.view()).isEqualTo(View.of(2));
  }

  @Test
  @DisplayName("D5, W2: a certificate that ended a view is durable before anything of a later one")
  void isSilentUntilTheEndOfTheViewIsDurable() {
    engine.holdDisk();
    engine.certificates(engine.nullification(5));
    engine.step(new Input.PeerConnected(engine.peer(0)));
    assertThat(engine.promises())
        .containsExactly(new Promise.CertificateHeld(engine.nullification(5)));
    assertThat(engine.sent(Status.class)).isEmpty();
    engine.releaseDisk();
    assertThat(engine.sent(Status.class)).isNotEmpty();
  }

  @Test
  @DisplayName("E3: a proposal that came early is voted for when its view begins")
  void keepsAnEarlyProposal() {
    var second = engine.block(2, first);
    engine.receive(engine.leader(2), engine.proposal(second));
    engine.propose(first);
    assertThat(engine.votes()).containsExactly(notarize(first));
    engine.certificates(engine.notarization(first));
    assertThat(engine.votes()).contains(notarize(second));
  }

  @Test
  @Tag("fault-65")
  @Tag("fault-67")
  @DisplayName("E3, W20, I19: votes beyond the window are dropped, certificates are not")
  void limitsVotesToTheWindow() {
    engine.votes(nullify(66));
    assertThat(engine.view()).isEqualTo(View.of(1));
    engine.votes(nullify(65));
    assertThat(engine.view()).isEqualTo(View.of(66));
    engine.certificates(engine.nullification(1000));
    assertThat(engine.view()).isEqualTo(View.of(1001));
  }

  @Test
  @Tag("fault-65")
  @DisplayName("W22: absurd numbers from a peer do no harm")
  void survivesAbsurdClaims() {
    var end = View.of(Long.MAX_VALUE);
    engine.receive(
        engine.peer(0),
        end,
        new ConsensusVote(Fakes.vote(nullify(Long.MAX_VALUE), engine.peer(0))));
    engine.receive(engine.peer(0), end, new CertificateRequest(Epoch.ZERO, View.ZERO, end));
    engine.propose(first);
    assertThat(engine.votes()).containsExactly(notarize(first));
  }

  @Test
  @DisplayName("lemma 1: two notarizations of one view stop the validator")
  void haltsAtTwoNotarizations() {
    var twin = engine.block(1, engine.genesisBlock(), Fakes.transaction(2));
    engine.certificates(engine.notarization(first), engine.notarization(twin));
    assertThat(engine.isHalted()).isTrue();
    assertThat(engine.evidence()).isNotEmpty();
  }

  @Test
  @DisplayName("lemma 2: a finalization of a nullified view stops the validator")
  void haltsAtAFinalizedNullifiedView() {
    engine.certificates(engine.nullification(1), engine.finalization(first));
    assertThat(engine.isHalted()).isTrue();
    engine.forget();
    engine.propose(first);
    assertThat(engine.effects()).isEmpty();
  }
}
