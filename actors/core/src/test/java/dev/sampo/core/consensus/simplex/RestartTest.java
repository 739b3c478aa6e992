package dev.sampo.core.consensus.simplex;

import static dev.sampo.core.consensus.simplex.EngineProbe.finalizes;
import static dev.sampo.core.consensus.simplex.EngineProbe.notarize;
import static dev.sampo.core.consensus.simplex.EngineProbe.nullify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Vote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Start and the rules behind it: W6, W20, 2.4. */
@Tag("fault-28")
class RestartTest {

  private final EngineProbe engine = EngineProbe.voter();
  private final Block first = engine.block(1, engine.genesisBlock(), Fakes.transaction(1));

  @Test
  @DisplayName("2.4: a restarted validator repeats its vote and never changes it")
  void neverVotesTwiceAcrossACrash() {
    engine.propose(first);
    var again = engine.restart().voting();
    again.propose(engine.block(1, engine.genesisBlock(), Fakes.transaction(2)));
    again.forget();
    again.pass(Duration.ofSeconds(3));
    assertThat(again.votes()).doesNotContain(finalizes(first));
    assertThat(again.disk).noneMatch(p -> p.equals(new Promise.Stated(notarize(first))));
  }

  @Test
  @DisplayName("W20: recovered votes are signed again, sent, and counted")
  void repeatsRecoveredVotes() {
    engine.propose(first);
    var again = engine.restart();
    assertThat(again.votes()).containsExactly(notarize(first));
    again.vote(again.peer(0), notarize(first));
    again.vote(again.peer(1), notarize(first));
    assertThat(again.view()).isEqualTo(View.of(2));
  }

  @Test
  @DisplayName("W20: the view is the one after the highest recovered certificate")
  void returnsToItsView() {
    engine.certificates(engine.nullification(1), engine.nullification(6));
    assertThat(engine.restart().view()).isEqualTo(View.of(7));
  }

  @Test
  @DisplayName("W20: F is evaluated for every recovered notarization")
  void finalizesRecoveredNotarizations() {
    var notarization = engine.notarization(first);
    var recovered =
        new Recovered(
            List.of(new Promise.CertificateHeld(notarization)),
            engine.genesisBlock(),
            Optional.empty());
    var again = EngineProbe.restarted(engine.genesis, engine.self, recovered);
    assertThat(again.votes()).isEmpty();
    again.pass(Duration.ofSeconds(2));
    assertThat(again.votes()).containsExactly(finalizes(first));
  }

  @Test
  @DisplayName("F2, 2.4: promises at or below the final view are not taken up again")
  void doesNotReviveFinalViews() {
    engine.propose(first);
    var recovered =
        new Recovered(
            engine.disk,
            first,
            Optional.of(new FinalityProof(List.of(first.header()), engine.finalization(first))));
    var again = EngineProbe.restarted(engine.genesis, engine.self, recovered);
    assertThat(again.votes()).isEmpty();
    assertThat(again.view()).isEqualTo(View.of(2));
    assertThat(again.finalView()).isEqualTo(View.of(1));
    assertThat(again.finalHeight()).isEqualTo(Height.of(1));
  }

  @Test
  @DisplayName("D5: a finalization by which a view was left is found again and delivered")
  void deliversWhatWasFinalBeforeTheCrash() {
    engine.propose(first);
    engine.certificates(engine.finalization(first));
    var again = engine.restart();
    assertThat(again.finalized()).containsExactly(first);
    assertThat(again.finalView()).isEqualTo(View.of(1));
  }

  @Test
  @DisplayName("P6: a restarted leader sends the stored proposal again, and no other")
  void sendsTheSameProposalAgain() {
    var leader = EngineProbe.leaderOf(3, 4);
    leader.certificates(leader.nullification(1), leader.nullification(2));
    leader.work(true);
    leader.payload(View.of(3), Fakes.transaction(1));
    var proposal = leader.sent(Proposal.class).getFirst();
    var again = leader.restart().voting();
    again.work(true);
    assertThat(leader.restart().sent(Proposal.class)).containsExactly(proposal);
    assertThat(again.effects(Effect.BuildPayload.class)).isEmpty();
  }

  @Test
  @DisplayName("W6: no new vote before a quorum of peers has answered, or two seconds have passed")
  void waitsForItsPeersBeforeItVotes() {
    var fresh = EngineProbe.fresh(4, engine.self);
    fresh.propose(first);
    fresh.passMillis(1_999);
    assertThat(fresh.votes()).isEmpty();
    fresh.passMillis(1);
    assertThat(fresh.votes()).containsExactly(notarize(first));
  }

  @Test
  @DisplayName("W6: the answers of the peers end the wait")
  void votesWhenItsPeersHaveAnswered() {
    var fresh = EngineProbe.fresh(4, engine.self);
    fresh.propose(first);
    fresh.voting();
    fresh.pass(Duration.ZERO);
    assertThat(fresh.disk).contains(new Promise.Stated(notarize(first)));
  }

  @Test
  @Tag("fault-33")
  @DisplayName("W6: a peer that remembers a vote which the log does not know stops the validator")
  void haltsWhenAPeerRemembersMore() {
    var forgetful = EngineProbe.fresh(4, engine.self);
    var own = Fakes.vote(notarize(first), engine.self);
    forgetful.receive(forgetful.peer(0), status(own));
    assertThat(forgetful.isHalted()).isTrue();
  }

  @Test
  @Tag("fault-33")
  @DisplayName("W6: so does a certificate with an own signature that the log does not know")
  void haltsAtAnUnknownOwnSignature() {
    var forgetful = EngineProbe.fresh(4, engine.self);
    var votes =
        Stream.concat(forgetful.peers().stream().limit(2), Stream.of(engine.self))
            .map(signer -> Fakes.vote(nullify(1), signer))
            .toList();
    forgetful.certificates(Certificate.of(nullify(1), votes));
    assertThat(forgetful.isHalted()).isTrue();
  }

  @Test
  @Tag("fault-33")
  @DisplayName("W6: so does an own proposal that the log does not know")
  void haltsAtAnUnknownOwnProposal() {
    var forgetful = EngineProbe.fresh(4, Leaders.of(engine.genesis, View.of(1)));
    forgetful.receive(forgetful.peer(0), engine.proposal(first));
    assertThat(forgetful.isHalted()).isTrue();
  }

  @Test
  @DisplayName("W6: an echo of what the log knows is no amnesia")
  void acceptsWhatItRemembers() {
    engine.propose(first);
    engine.receive(engine.peer(0), status(Fakes.vote(notarize(first), engine.self)));
    assertThat(engine.isHalted()).isFalse();
  }

  @Test
  @DisplayName("2.4 pruning: what the ledger has stored is forgotten lazily, without a sync")
  void forgetsLazily() {
    engine.propose(first);
    engine.certificates(engine.notarization(first), engine.finalization(first));
    engine.forget();
    engine.step(new Input.BlockStored(View.of(1), Height.of(1)));
    assertThat(engine.effects(Effect.Persist.class)).isEmpty();
    engine.propose(engine.block(2, first, Fakes.transaction(2)));
    assertThat(engine.promises()).contains(new Promise.FinalUpTo(View.of(1), first.hash()));
    assertThat(engine.finalHeight()).isEqualTo(Height.of(1));
  }

  @Test
  @DisplayName("D6: a final block is not shown as such before it is stored")
  void showsOnlyStoredBlocks() {
    engine.propose(first);
    engine.certificates(engine.finalization(first));
    assertThat(engine.finalHeight()).isEqualTo(Height.ZERO);
  }

  @Test
  @DisplayName("D6: a stored block without its proof is a broken store")
  void refusesAStoreWithoutProof() {
    var recovered = new Recovered(List.of(), first, Optional.empty());
    assertThatThrownBy(() -> EngineProbe.restarted(engine.genesis, engine.self, recovered))
        .isInstanceOf(InvariantViolation.class);
  }

  @Test
  @DisplayName("Started is the first input, and the only one of its kind")
  void startsOnce() {
    assertThatThrownBy(
            () ->
                engine.step(
                    new Input.Started(
                        new Recovered(List.of(), engine.genesisBlock(), Optional.empty()))))
        .isInstanceOf(InvariantViolation.class);
  }

  private Status status(Vote echo) {
    return new Status(Epoch.ZERO, View.of(1), View.ZERO, Height.ZERO, List.of(echo));
  }

  @Test
  @DisplayName("2.1: an index outside the validator set is refused")
  void refusesAForeignIndex() {
    assertThatThrownBy(() -> new SimplexEngine(engine.genesis, ValidatorIndex.of(4)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
