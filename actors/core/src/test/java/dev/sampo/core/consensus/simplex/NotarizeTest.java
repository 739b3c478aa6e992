package dev.sampo.core.consensus.simplex;

import static dev.sampo.core.consensus.simplex.EngineProbe.notarize;
import static dev.sampo.core.consensus.simplex.EngineProbe.nullify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineEvent;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules N1 to N7 and D1. */
class NotarizeTest {

  private final EngineProbe engine = EngineProbe.voter();
  private final Block first = engine.block(1, engine.genesisBlock(), Fakes.transaction(1));

  @Test
  @DisplayName("N: votes for the leader's first valid proposal of the current view")
  void votesForTheFirstValidProposal() {
    engine.propose(first);
    assertThat(engine.votes()).containsExactly(notarize(first));
  }

  @Test
  @DisplayName("N: never votes for a second proposal of a view")
  void neverVotesTwiceInOneView() {
    engine.propose(first);
    engine.propose(engine.block(1, engine.genesisBlock(), Fakes.transaction(2)));
    assertThat(engine.votes()).containsExactly(notarize(first));
  }

  @Test
  @DisplayName("D1, W1: block and statement are one group, before the vote leaves")
  void isDurableBeforeItIsSent() {
    engine.holdDisk();
    engine.propose(first);
    assertThat(engine.votes()).isEmpty();
    engine.releaseDisk();
    assertThat(engine.votes()).containsExactly(notarize(first));
    assertThat(engine.effects(Effect.Persist.class)).hasSize(1);
    assertThat(engine.promises())
        .containsExactly(new Promise.BlockHeld(first), new Promise.Stated(notarize(first)));
  }

  @Test
  @DisplayName("D1, W2: the parent's proof and the gap are durable with the vote")
  void persistsWhatTheVoteRestsUpon() {
    engine.propose(first);
    var third = engine.block(3, first);
    engine.propose(third, engine.notarization(first), engine.nullification(2));
    assertThat(engine.votes()).contains(notarize(third));
    assertThat(engine.disk)
        .contains(
            new Promise.CertificateHeld(engine.notarization(first)),
            new Promise.CertificateHeld(engine.nullification(2)),
            new Promise.BlockHeld(third));
  }

  static Stream<UnaryOperator<BlockHeader>> faults() {
    return Stream.of(
        h ->
            at(
                h,
                new BlockHeader.Position(
                    h.epoch(), h.view(), h.height().next(), h.parent(), h.parentView())),
        h -> time(h, 1_000_000),
        h -> type(h, BlockType.EMPTY),
        h -> type(h, BlockType.EPOCH_END),
        h -> type(h, BlockType.EPOCH_TAIL),
        h -> content(h, Hash.ZERO, Hash.ZERO, Height.ZERO, Hash.ZERO),
        h -> content(h, h.content().validatorSet(), Fixtures.hash(1), Height.ZERO, Hash.ZERO),
        h -> content(h, h.content().validatorSet(), Hash.ZERO, Height.of(1), Fixtures.hash(1)),
        h -> content(h, h.content().validatorSet(), Hash.ZERO, Height.ZERO, Fixtures.hash(1)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  @Tag("fault-68")
  @DisplayName("N1a, N5, W3, W17: an invalid block is nullified at once and is evidence")
  void nullifiesAnInvalidProposal(UnaryOperator<BlockHeader> fault) {
    var bad = engine.block(1, engine.genesisBlock(), fault, Fakes.transaction(1));
    engine.propose(bad);
    assertThat(engine.votes()).containsExactly(nullify(1));
    assertThat(engine.evidence())
        .singleElement()
        .isInstanceOfSatisfying(
            Evidence.InvalidProposal.class,
            evidence -> assertThat(evidence.culprit()).isEqualTo(engine.leader(1)));
  }

  @Test
  @Tag("fault-68")
  @DisplayName("N1a: more inline bytes than the ledger allows")
  void nullifiesAnOversizedBlock() {
    var many = Stream.generate(() -> Fakes.large(60_000)).limit(18).toList();
    var bad = engine.block(1, engine.genesisBlock(), many.toArray(SignedTransaction[]::new));
    engine.propose(bad);
    assertThat(engine.votes()).containsExactly(nullify(1));
  }

  static Stream<UnaryOperator<BlockHeader>> foreign() {
    return Stream.of(
        h -> version(h, 2),
        h ->
            at(
                h,
                new BlockHeader.Position(
                    Epoch.of(1), h.view(), h.height(), h.parent(), h.parentView())),
        h -> proposer(h, h.proposer().number() == 0 ? 1 : 0));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  @Tag("fault-60")
  @DisplayName("N1b, W17: another version, epoch or proposer is ignored, never evidence")
  void ignoresWhatIsNotTheLeadersProposal(UnaryOperator<BlockHeader> change) {
    engine.propose(engine.block(1, engine.genesisBlock(), change, Fakes.transaction(1)));
    assertThat(engine.votes()).isEmpty();
    assertThat(engine.evidence()).isEmpty();
    engine.propose(first);
    assertThat(engine.votes()).containsExactly(notarize(first));
  }

  @Test
  @DisplayName("W17: a body that is not the header's proves nothing against the leader")
  void ignoresAForeignBody() {
    engine.propose(new Block(first.header(), first.cut(), List.of(Fakes.transaction(9))));
    assertThat(engine.votes()).isEmpty();
    engine.propose(first);
    assertThat(engine.votes()).containsExactly(notarize(first));
  }

  @Test
  @DisplayName("N1b, W8: a block from the future is voted for when its time has come")
  void delaysTheVoteForAnEarlyBlock() {
    var soon = LedgerTime.ofMillis(engine.wallClock().millis() + 600);
    var early =
        engine.block(1, engine.genesisBlock(), h -> time(h, soon.millis()), Fakes.transaction(1));
    engine.propose(early);
    assertThat(engine.votes()).isEmpty();
    assertThat(engine.timer(TimerId.Kind.TIMESTAMP, 1)).contains(Duration.ofMillis(100));
    engine.passMillis(100);
    assertThat(engine.votes()).containsExactly(notarize(early));
    assertThat(engine.evidence()).isEmpty();
  }

  @Test
  @DisplayName("W8: the least time above the parent's is accepted whatever the clock says")
  void acceptsTheLeastTimeAfterAFastParent() {
    long ahead = engine.wallClock().millis() + 60_000;
    var fast = engine.block(1, engine.genesisBlock(), h -> time(h, ahead), Fakes.transaction(1));
    engine.receive(engine.peer(0), engine.proposal(fast));
    engine.certificates(engine.notarization(fast));
    var second = engine.block(2, fast);
    engine.propose(second);
    assertThat(engine.votes()).contains(notarize(second));
    assertThat(engine.effects(Effect.Report.class))
        .anyMatch(report -> report.event() instanceof EngineEvent.ClockBehind);
  }

  @Test
  @DisplayName("N2: the parent is proven for the exact view and hash only")
  void needsTheProofOfExactlyThisParent() {
    var twin = engine.block(1, engine.genesisBlock(), Fakes.transaction(2));
    engine.propose(first);
    engine.certificates(engine.notarization(twin));
    engine.forget();
    engine.propose(engine.block(2, first));
    assertThat(engine.votes()).isEmpty();
  }

  @Test
  @DisplayName("N2, N5, 7.3: fetches the parent's block, then votes")
  void fetchesAMissingParent() {
    var second = engine.block(2, first);
    engine.propose(second, engine.notarization(first));
    assertThat(engine.votes()).doesNotContain(notarize(second));
    engine.passMillis(100);
    assertThat(engine.sent(BlockRequest.class)).contains(new BlockRequest(first.hash()));
    engine.receive(engine.peer(0), new BlockResponse(first));
    assertThat(engine.votes()).contains(notarize(second));
    assertThat(engine.disk).contains(new Promise.BlockHeld(first));
  }

  @Test
  @DisplayName("N2: never votes for a child of a block below the last final one")
  void ignoresAParentBelowTheFinalBlock() {
    engine.propose(first);
    var second = engine.block(2, first, Fakes.transaction(2));
    engine.propose(second, engine.notarization(first));
    engine.certificates(engine.finalization(second));
    engine.forget();
    engine.propose(engine.block(3, first), engine.notarization(first), engine.nullification(2));
    assertThat(engine.votes()).isEmpty();
  }

  @Test
  @DisplayName("N3: seeing the gap's notarization does not replace its nullification")
  void needsTheNullificationOfEveryGapView() {
    engine.propose(first);
    var second = engine.block(2, first, Fakes.transaction(2));
    engine.propose(second, engine.notarization(first));
    engine.certificates(engine.notarization(second));
    engine.forget();
    var third = engine.block(3, first);
    engine.propose(third, engine.notarization(first));
    assertThat(engine.votes()).isEmpty();
    engine.certificates(engine.nullification(2));
    assertThat(engine.votes()).containsExactly(notarize(third));
  }

  @Test
  @DisplayName("N6: the leader's own nullify counts as a timeout")
  void followsTheLeadersNullify() {
    engine.vote(engine.leader(1), nullify(1));
    assertThat(engine.votes()).containsExactly(nullify(1));
  }

  @Test
  @DisplayName("N7: no notarize after nullify")
  void neverNotarizesAfterNullify() {
    engine.vote(engine.leader(1), nullify(1));
    engine.propose(first);
    assertThat(engine.votes()).containsExactly(nullify(1));
  }

  @Test
  @DisplayName("W16: a newer state reference needs its certificate, which may come later")
  void needsTheStateCertificate() {
    var attested =
        new Statement.StateAttest(
            Epoch.ZERO, Height.of(1), first.hash(), Fixtures.hash(1), Fixtures.hash(2));
    engine.propose(first);
    var second =
        engine.block(
            2,
            first,
            h ->
                content(
                    h,
                    h.content().validatorSet(),
                    Hash.ZERO,
                    Height.of(1),
                    ProposalRules.stateHash(attested)));
    engine.propose(second, engine.notarization(first));
    assertThat(engine.votes()).doesNotContain(notarize(second), nullify(2));
    engine.step(new Input.StateCertified(engine.certificate(attested)));
    assertThat(engine.votes()).contains(notarize(second));
  }

  @Test
  @DisplayName("W16: the certificate may be one that newer ones have followed here")
  void remembersTheStateCertificateThatALeaderWasStillAt() {
    var attested =
        new Statement.StateAttest(
            Epoch.ZERO, Height.of(1), first.hash(), Fixtures.hash(1), Fixtures.hash(2));
    var newer =
        new Statement.StateAttest(
            Epoch.ZERO, Height.of(2), Fixtures.hash(7), Fixtures.hash(3), Fixtures.hash(4));
    engine.propose(first);
    var second =
        engine.block(
            2,
            first,
            h ->
                content(
                    h,
                    h.content().validatorSet(),
                    Hash.ZERO,
                    Height.of(1),
                    ProposalRules.stateHash(attested)));
    engine.step(new Input.StateCertified(engine.certificate(attested)));
    engine.step(new Input.StateCertified(engine.certificate(newer)));
    engine.propose(second, engine.notarization(first));
    assertThat(engine.votes()).contains(notarize(second));
  }

  private static BlockHeader at(BlockHeader h, BlockHeader.Position position) {
    return new BlockHeader(
        h.version(), h.ledger(), position, h.time(), h.proposer(), h.type(), h.content());
  }

  private static BlockHeader time(BlockHeader h, long millis) {
    return new BlockHeader(
        h.version(),
        h.ledger(),
        h.position(),
        LedgerTime.ofMillis(millis),
        h.proposer(),
        h.type(),
        h.content());
  }

  private static BlockHeader type(BlockHeader h, BlockType type) {
    return new BlockHeader(
        h.version(), h.ledger(), h.position(), h.time(), h.proposer(), type, h.content());
  }

  private static BlockHeader version(BlockHeader h, int version) {
    return new BlockHeader(
        version, h.ledger(), h.position(), h.time(), h.proposer(), h.type(), h.content());
  }

  private static BlockHeader proposer(BlockHeader h, int proposer) {
    return new BlockHeader(
        h.version(),
        h.ledger(),
        h.position(),
        h.time(),
        ValidatorIndex.of(proposer),
        h.type(),
        h.content());
  }

  private static BlockHeader content(
      BlockHeader h, Hash validators, Hash next, Height stateHeight, Hash state) {
    var c = h.content();
    return new BlockHeader(
        h.version(),
        h.ledger(),
        h.position(),
        h.time(),
        h.proposer(),
        h.type(),
        new BlockHeader.Content(c.cutRoot(), c.inlineRoot(), validators, next, stateHeight, state));
  }
}
