package dev.sampo.core.consensus.simplex;

import static dev.sampo.core.consensus.simplex.EngineProbe.notarize;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineEvent.Recovering;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.message.PeerMessage.Recover;
import dev.sampo.core.message.PeerMessage.RecoverReply;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.RecoveryNonce;
import dev.sampo.core.vote.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Recovery of a validator that lost its records (RE1 to RE5). */
@Tag("fault-31")
@Tag("fault-52")
class RecoveryTest {

  private static final RecoveryNonce NONCE = nonce("00");
  private static final RecoveryNonce OLD = nonce("01");

  /** Of four validators, the one that leads view 4. */
  private final EngineProbe engine = lost();

  private static RecoveryNonce nonce(String octet) {
    return new RecoveryNonce(Bytes.fromHex(octet.repeat(RecoveryNonce.LENGTH)));
  }

  private static EngineProbe lost() {
    var genesis = Fakes.genesis(4);
    var empty = new Recovered(List.of(), genesis.block(), Optional.empty());
    return EngineProbe.restarted(genesis, Leaders.of(genesis, View.of(4)), empty.asking(NONCE));
  }

  private RecoverReply reply(int peer, RecoveryNonce answered, long view) {
    var statement = new Statement.RecoverReply(Epoch.ZERO, engine.self, answered, View.of(view), 0);
    return reply(engine.peer(peer), statement);
  }

  private RecoverReply reply(ValidatorIndex signer, Statement.RecoverReply statement) {
    Optional<Certificate> left =
        statement.view().number() == 1
            ? Optional.empty()
            : Optional.of(engine.nullification(statement.view().number() - 1));
    return new RecoverReply(Fakes.vote(statement, signer), left, Optional.empty());
  }

  private void replies(long first, long second, long third) {
    engine.receive(engine.peer(0), reply(0, NONCE, first));
    engine.receive(engine.peer(1), reply(1, NONCE, second));
    engine.receive(engine.peer(2), reply(2, NONCE, third));
  }

  @Test
  @DisplayName("RE1: nothing but the question leaves a validator that lost its records")
  void onlyAsks() {
    engine.propose(engine.block(1, engine.genesisBlock(), Fakes.transaction(1)));
    engine.receive(engine.peer(0), question(engine.peer(0)));
    engine.work(true);
    engine.pass(Duration.ofSeconds(30));

    assertThat(engine.effects(Effect.Send.class))
        .isNotEmpty()
        .allMatch(send -> send.message() instanceof Recover);
    assertThat(engine.effects(Effect.Sign.class)).hasSize(1);
    assertThat(engine.promises()).isEmpty();
  }

  @Test
  @DisplayName("RE2: those who have not answered are asked again, and at once when they are back")
  void asksTheSilentAgain() {
    engine.receive(engine.peer(0), reply(0, NONCE, 1));
    engine.forget();
    engine.pass(RecoveringEngine.ASK_AGAIN);

    assertThat(engine.sentTo(engine.peer(0), Recover.class)).isEmpty();
    assertThat(engine.sentTo(engine.peer(1), Recover.class)).hasSize(1);

    engine.forget();
    engine.step(new Input.PeerConnected(engine.peer(0)));
    engine.step(new Input.PeerConnected(engine.peer(2)));
    assertThat(engine.sentTo(engine.peer(0), Recover.class)).isEmpty();
    assertThat(engine.sentTo(engine.peer(2), Recover.class)).hasSize(1);
  }

  @Test
  @DisplayName("RE2, RE5: at n = 4 all three others must answer, and each counts once")
  void needsAQuorumOfOthers() {
    engine.receive(engine.peer(0), reply(0, NONCE, 7));
    engine.receive(engine.peer(0), reply(0, NONCE, 8));
    engine.receive(engine.peer(1), reply(1, NONCE, 5));
    assertThat(engine.promises()).isEmpty();
    assertThat(
            engine.effects(Effect.Report.class).stream()
                .map(Effect.Report::event)
                .toList()
                .getLast())
        .isEqualTo(new Recovering(2, 3));

    engine.receive(engine.peer(2), reply(2, NONCE, 1));
    assertThat(engine.promises()).contains(new Promise.RecoveredFrom(Epoch.ZERO, View.of(10), 1));
  }

  @Test
  @DisplayName("RE2: what answers another question, another validator or itself counts for nothing")
  void countsNoForeignReply() {
    engine.receive(engine.peer(0), reply(0, NONCE, 3));
    engine.receive(engine.peer(1), reply(1, NONCE, 3));

    engine.receive(engine.peer(2), reply(2, OLD, 3));
    var toAnother = new Statement.RecoverReply(Epoch.ZERO, engine.peer(1), NONCE, View.of(3), 0);
    engine.receive(engine.peer(2), reply(engine.peer(2), toAnother));
    var ofAnotherEpoch = new Statement.RecoverReply(Epoch.of(1), engine.self, NONCE, View.of(3), 0);
    engine.receive(engine.peer(2), reply(engine.peer(2), ofAnotherEpoch));
    var toSelf = new Statement.RecoverReply(Epoch.ZERO, engine.self, NONCE, View.of(3), 0);
    engine.receive(engine.self, reply(engine.self, toSelf));
    engine.receive(engine.peer(2), reply(engine.peer(0), toSelf)); // passed on by another

    assertThat(engine.promises()).isEmpty();
  }

  @Test
  @DisplayName("D12: nothing is said before the bound is on disk")
  void isDurableFirst() {
    engine.holdDisk();
    engine.forget();
    replies(2, 2, 2);
    engine.pass(Duration.ofSeconds(30));
    assertThat(engine.effects(Effect.Send.class)).isEmpty();

    engine.releaseDisk();
    assertThat(engine.disk).contains(new Promise.RecoveredFrom(Epoch.ZERO, View.of(4), 1));
    assertThat(engine.sent(Status.class)).isNotEmpty();
  }

  @Test
  @DisplayName(
      "RE3: below R it neither votes, nullifies, finalizes nor proposes; from R on it does")
  void speaksFromTheBoundOn() {
    replies(2, 2, 1);
    engine.voting();
    var first = engine.block(1, engine.genesisBlock(), Fakes.transaction(1));
    engine.propose(first);
    engine.certificates(engine.notarization(first));
    engine.pass(Duration.ofMinutes(2));
    assertThat(engine.view()).isEqualTo(View.of(2));
    assertThat(engine.votes()).isEmpty();

    engine.certificates(engine.nullification(2), engine.nullification(3));
    assertThat(engine.view()).isEqualTo(View.of(4));
    engine.forget();
    engine.work(true);
    engine.payload(View.of(4), Fakes.transaction(2));
    engine.pass(Duration.ofMinutes(2));
    assertThat(engine.votes()).isNotEmpty().allMatch(vote -> viewOf(vote) >= 4);
  }

  @Test
  @DisplayName("RE3: what others show it of its lost votes is no amnesia, and is not sent again")
  void doesNotRepeatLostVotes() {
    replies(2, 2, 2);
    engine.voting();
    var first = engine.block(1, engine.genesisBlock(), Fakes.transaction(1));
    echo(notarize(first));
    var statement = notarize(first);
    var signers = engine.genesis.validators().indices(); // the lost vote is among these
    engine.certificates(
        Certificate.of(
            statement, signers.stream().map(each -> Fakes.vote(statement, each)).toList()));
    engine.forget();
    engine.pass(Duration.ofMinutes(2));

    assertThat(engine.isHalted()).isFalse();
    assertThat(engine.votes()).isEmpty();
  }

  @Test
  @DisplayName("RE3: a vote of its own from R on that it does not know is amnesia")
  void haltsAtAnUnknownVoteAboveTheBound() {
    replies(2, 2, 2);
    engine.voting();
    echo(EngineProbe.nullify(4));
    assertThat(engine.isHalted()).isTrue();
  }

  @Test
  @DisplayName("RE3: a restart after the recovery keeps the bound")
  void keepsTheBound() {
    replies(2, 2, 2);
    var again = engine.restart().voting();
    again.propose(again.block(1, again.genesisBlock(), Fakes.transaction(1)));
    again.pass(Duration.ofMinutes(2));
    assertThat(again.votes()).isEmpty();
    assertThat(again.disk).noneMatch(Promise.Stated.class::isInstance);
  }

  @Test
  @DisplayName("RE2: a peer is told this validator's view with the proof of it, not too often")
  void answersWithItsView() {
    var other = EngineProbe.voter();
    other.certificates(other.nullification(1), other.nullification(2));
    other.forget();
    other.receive(other.peer(0), question(other.peer(0)));
    other.receive(other.peer(0), question(other.peer(0)));

    var replies = other.sentTo(other.peer(0), RecoverReply.class);
    assertThat(replies).hasSize(1);
    assertThat(replies.getFirst().vote().statement())
        .isEqualTo(new Statement.RecoverReply(Epoch.ZERO, other.peer(0), NONCE, View.of(3), 0));
    assertThat(replies.getFirst().left()).contains(other.nullification(2));
    assertThat(other.promises())
        .as("V1: a copy that is fenced must not be able to answer")
        .contains(new Promise.Stated(replies.getFirst().vote().statement()));

    other.pass(Duration.ofSeconds(1));
    other.receive(other.peer(0), question(other.peer(0)));
    assertThat(other.sentTo(other.peer(0), RecoverReply.class)).hasSize(2);
  }

  @Test
  @DisplayName(
      "RE4: it is told the newest incarnation of it that is stored here, with its own word")
  void answersWithTheIncarnation() {
    var other = EngineProbe.voter();
    var asker = other.peer(0);
    var announced = Fakes.vote(new Statement.Incarnate(Epoch.ZERO, 2), asker);
    var ofAnother = Fakes.vote(new Statement.Incarnate(Epoch.ZERO, 5), other.peer(1));
    other.step(new Input.IncarnationsStored(List.of(announced, ofAnother)));
    other.receive(asker, question(asker));

    var reply = other.sentTo(asker, RecoverReply.class).getFirst();
    assertThat(reply.vote().statement())
        .isEqualTo(new Statement.RecoverReply(Epoch.ZERO, asker, NONCE, View.of(1), 2));
    assertThat(reply.announcement()).contains(announced);
  }

  @Test
  @DisplayName("RE4: nobody is answered before the incarnations on disk are known")
  void answersOnceIncarnationsAreKnown() {
    var genesis = engine.genesis;
    var empty = new Recovered(List.of(), genesis.block(), Optional.empty());
    var other = EngineProbe.untold(genesis, engine.self, empty).voting();
    other.receive(other.peer(0), question(other.peer(0)));
    assertThat(other.sent(RecoverReply.class)).isEmpty();

    other.step(new Input.IncarnationsStored(List.of()));
    other.receive(other.peer(0), question(other.peer(0)));
    assertThat(other.sent(RecoverReply.class)).hasSize(1);
  }

  @Test
  @DisplayName("RE4: its incarnation is one above all reported, durable before the mempool is told")
  void takesTheNextIncarnation() {
    engine.holdDisk();
    engine.receive(engine.peer(0), reply(0, NONCE, 2));
    var higher = new Statement.RecoverReply(Epoch.ZERO, engine.self, NONCE, View.of(2), 4);
    engine.receive(engine.peer(1), reply(engine.peer(1), higher));
    engine.receive(engine.peer(2), reply(2, NONCE, 2));
    assertThat(engine.effects(Effect.AnnounceIncarnation.class)).isEmpty();

    engine.releaseDisk();
    assertThat(engine.disk).contains(new Promise.RecoveredFrom(Epoch.ZERO, View.of(4), 5));
    assertThat(engine.effects(Effect.AnnounceIncarnation.class))
        .containsExactly(new Effect.AnnounceIncarnation(5));
    // And at each later start.
    assertThat(engine.restart().effects(Effect.AnnounceIncarnation.class))
        .containsExactly(new Effect.AnnounceIncarnation(5));
  }

  @Test
  @DisplayName("RE4: what the mempool has stored while it waits is known once it starts")
  void remembersIncarnationsWhileItWaits() {
    var announced = Fakes.vote(new Statement.Incarnate(Epoch.ZERO, 3), engine.peer(0));
    engine.step(new Input.IncarnationsStored(List.of(announced)));
    replies(2, 2, 2);
    engine.certificates(engine.nullification(3));
    engine.receive(engine.peer(0), question(engine.peer(0)));
    assertThat(engine.sent(RecoverReply.class).getFirst().announcement()).contains(announced);
  }

  @Test
  @DisplayName("RE2: the certificate by which its view was entered is on disk before it answers")
  void answersOnceItsViewIsDurable() {
    var other = EngineProbe.voter();
    other.holdDisk();
    other.certificates(other.nullification(1));
    other.receive(other.peer(0), question(other.peer(0)));
    assertThat(other.sent(RecoverReply.class)).isEmpty();
    other.releaseDisk();
    assertThat(other.sent(RecoverReply.class)).hasSize(1);
  }

  @Test
  @DisplayName("RE2: who has not reached R yet does not know its own past and answers nobody")
  void answersNobodyBelowTheBound() {
    replies(2, 2, 2);
    engine.receive(engine.peer(0), question(engine.peer(0)));
    assertThat(engine.sent(RecoverReply.class)).isEmpty();

    engine.certificates(engine.nullification(3));
    engine.receive(engine.peer(0), question(engine.peer(0)));
    assertThat(engine.sent(RecoverReply.class)).hasSize(1);
  }

  @Test
  @DisplayName("RE1: an engine does not start without the promises that it made")
  void anEngineNeedsItsPromises() {
    var genesis = engine.genesis;
    var empty = new Recovered(List.of(), genesis.block(), Optional.empty()).asking(NONCE);
    var simplex = new SimplexEngine(genesis, engine.self);
    var now = new Moment(0, LedgerTime.ofMillis(0));
    assertThatThrownBy(() -> simplex.step(new Input.Started(empty), now))
        .isInstanceOf(InvariantViolation.class);
  }

  /** A peer holds this validator's vote. */
  private void echo(Statement own) {
    var vote = Fakes.vote(own, engine.self);
    engine.receive(
        engine.peer(0), new Status(Epoch.ZERO, View.of(2), View.ZERO, Height.ZERO, List.of(vote)));
  }

  private static Recover question(ValidatorIndex asker) {
    return new Recover(Fakes.vote(new Statement.Recover(Epoch.ZERO, NONCE), asker));
  }

  private static long viewOf(Statement statement) {
    return Ballots.viewOf(statement).orElseThrow().number();
  }
}
