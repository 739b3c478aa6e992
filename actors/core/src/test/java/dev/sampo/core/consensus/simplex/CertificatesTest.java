package dev.sampo.core.consensus.simplex;

import static dev.sampo.core.consensus.simplex.EngineProbe.finalizes;
import static dev.sampo.core.consensus.simplex.EngineProbe.nullify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules C1, C3 and C4. */
class CertificatesTest {

  /** T_push before the first sample: 2 * 200 ms + 4 * 100 ms. */
  private static final long PUSH_MILLIS = 800;

  private final EngineProbe engine = EngineProbe.voter();
  private final Block first = engine.block(1, engine.genesisBlock(), Fakes.transaction(1));
  private final Block second = engine.block(2, first, Fakes.transaction(2));

  @Test
  @DisplayName("C1: a finalization makes its block final, and execution gets it with the proof")
  void deliversAFinalBlock() {
    engine.propose(first);
    engine.certificates(engine.finalization(first));
    assertThat(engine.effects(Effect.Finalized.class))
        .containsExactly(
            new Effect.Finalized(
                List.of(first),
                new FinalityProof(List.of(first.header()), engine.finalization(first))));
  }

  @Test
  @DisplayName("C1: and all its ancestors, in the order of height")
  void deliversTheAncestorsFirst() {
    engine.propose(first);
    engine.propose(second, engine.notarization(first));
    engine.certificates(engine.finalization(second));
    assertThat(engine.finalized()).containsExactly(first, second);
    engine.certificates(engine.finalization(first));
    assertThat(engine.finalized()).containsExactly(first, second);
  }

  @Test
  @DisplayName("C1: a missing ancestor is fetched by its hash before anything is delivered")
  void fetchesAMissingAncestor() {
    engine.propose(second, engine.notarization(first));
    engine.certificates(engine.finalization(second));
    assertThat(engine.finalized()).isEmpty();
    engine.passMillis(PUSH_MILLIS);
    assertThat(engine.sent(BlockRequest.class)).contains(new BlockRequest(first.hash()));
    engine.receive(engine.peer(1), new BlockResponse(first));
    assertThat(engine.finalized()).containsExactly(first, second);
  }

  @Test
  @DisplayName("SY4, I19: a block that nobody asked for is not kept")
  void ignoresAnUnwantedBlock() {
    engine.receive(engine.peer(0), new BlockResponse(first));
    engine.receive(engine.peer(0), new BlockRequest(first.hash()));
    assertThat(engine.sent(BlockResponse.class)).isEmpty();
  }

  @Test
  @DisplayName("C3, W11: one of the f + 1 after the leader pushes to those not seen beyond")
  void pushesToThoseWhoLag() {
    var pusher = afterLeader(1);
    pusher.certificates(pusher.nullification(1));
    pusher.vote(pusher.peer(1), nullify(2));
    pusher.forget();
    pusher.passMillis(PUSH_MILLIS);
    assertThat(pusher.sentTo(pusher.peer(2), Certificates.class)).isNotEmpty();
    assertThat(pusher.sentTo(pusher.peer(1), Certificates.class)).isEmpty();
  }

  @Test
  @DisplayName("C3: a finalize vote shows that its sender holds the notarization")
  void doesNotPushToFinalizers() {
    var pusher = afterLeader(1);
    pusher.certificates(pusher.notarization(first));
    pusher.peers().forEach(peer -> pusher.vote(peer, finalizes(first)));
    pusher.forget();
    pusher.passMillis(PUSH_MILLIS);
    assertThat(pusher.sent(Certificates.class)).isEmpty();
  }

  @Test
  @DisplayName("W11: nobody else pushes")
  void leavesThePushToFPlusOne() {
    var other = afterLeader(3);
    other.certificates(other.nullification(1));
    other.forget();
    other.passMillis(PUSH_MILLIS);
    assertThat(other.sent(Certificates.class)).isEmpty();
  }

  @Test
  @DisplayName("C4: a peer that stays behind a finalization is answered with it, within limits")
  void answersAPeerThatStaysBehind() {
    engine.propose(first);
    engine.certificates(engine.finalization(first));
    engine.forget();
    late(0);
    assertThat(engine.sent(Certificates.class)).isEmpty();
    engine.passMillis(PUSH_MILLIS + 1);
    late(0);
    assertThat(engine.sentTo(engine.peer(0), Certificates.class))
        .flatExtracting(Certificates::certificates)
        .contains(engine.finalization(first));
    engine.forget();
    late(0);
    assertThat(engine.sent(Certificates.class)).isEmpty();
  }

  @Test
  @DisplayName("C4: a peer that follows at a distance is not answered")
  void doesNotAnswerAPeerThatFollows() {
    engine.propose(first);
    engine.propose(second, engine.notarization(first));
    engine.certificates(engine.finalization(first));
    engine.receive(engine.peer(0), View.ZERO, vote(nullify(2)));
    engine.passMillis(PUSH_MILLIS + 1);
    engine.certificates(engine.finalization(second));
    engine.forget();
    engine.receive(engine.peer(0), View.of(1), vote(nullify(3)));
    assertThat(engine.sent(Certificates.class)).isEmpty();
  }

  @Test
  @DisplayName("C4, W10: a peer in a past view gets the certificate by which that view was left")
  void answersAPeerInAPastView() {
    engine.certificates(engine.nullification(1), engine.nullification(2));
    engine.passMillis(PUSH_MILLIS + 1);
    engine.forget();
    engine.vote(engine.peer(1), nullify(1));
    assertThat(engine.sentTo(engine.peer(1), Certificates.class))
        .flatExtracting(Certificates::certificates)
        .contains(engine.nullification(1), engine.nullification(2));
  }

  @Test
  @DisplayName(
      "C4: who sends the certificate of a view has left it, and gets no answer to an answer")
  void doesNotAnswerAnAnswer() {
    engine.certificates(engine.nullification(1));
    engine.vote(engine.peer(0), nullify(1));
    engine.passMillis(PUSH_MILLIS + 1);
    engine.forget();
    engine.receive(engine.peer(0), new Certificates(List.of(engine.nullification(1)), List.of()));
    assertThat(engine.sent(Certificates.class)).isEmpty();
  }

  @Test
  @DisplayName("SY1: a request is answered with certificates, finalization and linked headers")
  void answersARequestForCertificates() {
    engine.propose(first);
    engine.propose(second, engine.notarization(first));
    engine.certificates(engine.finalization(second), engine.nullification(3));
    engine.forget();
    engine.receive(engine.peer(2), new CertificateRequest(Epoch.ZERO, View.of(1), View.of(50)));
    var answer = engine.sentTo(engine.peer(2), Certificates.class).getFirst();
    assertThat(answer.certificates())
        .containsExactlyInAnyOrder(engine.finalization(second), engine.nullification(3));
    assertThat(answer.headers()).containsExactly(second.header(), first.header());
  }

  @Test
  @Tag("fault-67")
  @DisplayName("I20: requests cost a peer its budget, and no more is sent")
  void limitsAnswersPerPeer() {
    var big = engine.block(1, engine.genesisBlock(), many());
    engine.propose(big);
    engine.forget();
    for (int i = 0; i < 50; i++) {
      engine.receive(engine.peer(0), new BlockRequest(big.hash()));
    }
    assertThat(engine.sent(BlockResponse.class)).hasSizeBetween(2, 12);
  }

  private static SignedTransaction[] many() {
    return Stream.generate(() -> Fakes.large(60_000)).limit(16).toArray(SignedTransaction[]::new);
  }

  private void late(int peer) {
    engine.receive(engine.peer(peer), View.ZERO, new BlockRequest(Fixtures.hash(99)));
  }

  private ConsensusVote vote(Statement statement) {
    return new ConsensusVote(Fakes.vote(statement, engine.peer(0)));
  }

  /** The validator that comes so many places after the leader of view 1. */
  private static EngineProbe afterLeader(int distance) {
    int leader = Leaders.of(Fakes.genesis(4), View.of(1)).number();
    return EngineProbe.fresh(4, ValidatorIndex.of((leader + distance) % 4)).voting();
  }
}
