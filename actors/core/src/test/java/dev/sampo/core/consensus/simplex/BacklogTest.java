package dev.sampo.core.consensus.simplex;

import static dev.sampo.core.consensus.simplex.EngineProbe.notarize;
import static dev.sampo.core.consensus.simplex.EngineProbe.nullify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.genesis.BacklogLimits;
import dev.sampo.core.genesis.LaneParameters;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.lane.OrderedBatches;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement.StateAttest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EX7, P2 and N1a: at most 4 blocks and 6 batches ahead of the certified state. */
class BacklogTest {

  private static final LedgerParameters NARROW = parameters(1, new BacklogLimits(4, 6));

  private final EngineProbe engine = EngineProbe.voter(NARROW);
  private final Block first = engine.block(1, engine.genesisBlock(), cut(6));

  private static LedgerParameters parameters(int attestEvery, BacklogLimits limits) {
    return new LedgerParameters(64 << 10, 600_000, 4_000_000, attestEvery, 5_000)
        .withLanes(LaneParameters.DEFAULT)
        .withBacklog(limits);
  }

  // Voters.

  @Test
  @DisplayName("EX7: as many batches as the limit says are voted for")
  void votesAtTheLimitOfBatches() {
    engine.propose(first);
    engine.step(new Input.BatchesAvailable(View.of(1), first.hash()));
    assertThat(engine.votes()).containsExactly(notarize(first));
  }

  @Test
  @DisplayName(
      "EX7: one batch more costs the view, but is no evidence: it needs more than the parent")
  void nullifiesBeyondTheLimitOfBatches() {
    engine.propose(engine.block(1, engine.genesisBlock(), cut(7)));
    assertThat(engine.votes()).containsExactly(nullify(1));
    assertThat(engine.effects(Effect.CheckAvailability.class)).isEmpty();
    assertThat(engine.evidence()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName(
      "EX7: a newer certified state makes room for what was ordered up to it, final here or not")
  void countsFromTheStateThatTheBlockRefersTo(boolean isFinal) {
    orderFirst(engine, isFinal);
    engine.step(new Input.StateCertified(engine.certificate(state(first))));

    var second = referring(engine.block(2, first, cut(12)), state(first));
    engine.propose(second);
    engine.step(new Input.BatchesAvailable(View.of(2), second.hash()));
    assertThat(engine.votes()).contains(notarize(second));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("EX7: not for more")
  void countsNotFromTheNewestBlock(boolean isFinal) {
    orderFirst(engine, isFinal);
    engine.step(new Input.StateCertified(engine.certificate(state(first))));

    engine.propose(referring(engine.block(2, first, cut(13)), state(first)));
    assertThat(engine.votes()).contains(nullify(2));
  }

  @Test
  @DisplayName("EX7: a block that orders nothing more is as bad if it carries a transaction")
  void nullifiesInlineTransactionsBeyondTheLimit() {
    var voter = EngineProbe.voter(NARROW);
    var far = voter.block(1, voter.genesisBlock(), cut(7));
    voter.receive(voter.leader(1), voter.proposal(far));
    voter.certificates(voter.notarization(far));
    voter.forget();
    voter.propose(voter.block(2, far, cut(7), Fakes.transaction(2)));
    assertThat(voter.votes()).contains(nullify(2));

    // What follows is EMPTY: it is always voted for, so that the ledger goes on.
    voter.certificates(voter.nullification(2));
    var empty = voter.block(3, far);
    voter.propose(empty);
    assertThat(voter.votes()).contains(notarize(empty));
  }

  @Test
  @DisplayName("EX7, N1a, N5: a block too far above its state is nullified and is evidence")
  void nullifiesBeyondTheLimitOfBlocks() {
    var fourth = chainOfFour(engine);
    assertThat(engine.votes()).contains(notarize(fourth));
    engine.certificates(engine.notarization(fourth));
    engine.forget();

    var fifth = engine.block(6, fourth, Fakes.transaction(5));
    engine.propose(fifth);
    assertThat(engine.votes()).contains(nullify(6)).doesNotContain(notarize(fifth));
    assertThat(engine.evidence())
        .singleElement()
        .isInstanceOfSatisfying(
            Evidence.InvalidProposal.class,
            evidence -> assertThat(evidence.culprit()).isEqualTo(engine.leader(6)));
  }

  @Test
  @DisplayName("EX7: an EMPTY block may be as far above its state as it will")
  void votesForAnEmptyBlockBeyondTheLimit() {
    var fourth = chainOfFour(engine);
    engine.certificates(engine.notarization(fourth));
    var fifth = engine.block(6, fourth);
    engine.propose(fifth);
    assertThat(engine.votes()).contains(notarize(fifth));
  }

  @Test
  @DisplayName(
      "EX7: whoever lacks the block of the state asks for it, and neither votes nor nullifies")
  void asksForTheBlockOfTheState() {
    var one = engine.block(1, engine.genesisBlock(), cut(3));
    var two = engine.block(2, one, cut(6));
    var three = referring(engine.block(3, two, cut(9)), state(one));
    var four = referring(engine.block(5, three, cut(12)), state(two));
    engine.propose(three);
    engine.certificates(engine.notarization(three), engine.nullification(4));
    engine.step(new Input.StateCertified(engine.certificate(state(two))));
    engine.forget();

    engine.propose(four);
    engine.passMillis(100);
    assertThat(engine.votes()).isEmpty();
    assertThat(engine.effects(Effect.CheckAvailability.class)).isEmpty();
    assertThat(engine.sent(BlockRequest.class)).contains(new BlockRequest(two.hash()));

    engine.receive(engine.peer(1), new BlockResponse(two));
    engine.step(new Input.BatchesAvailable(View.of(5), four.hash()));
    assertThat(engine.votes()).contains(notarize(four));
  }

  @Test
  @DisplayName("EX7: it need not ask if even what it surely knows is within the limit")
  void votesIfItIsCertainlyWithin() {
    var one = engine.block(1, engine.genesisBlock(), cut(1));
    var two = engine.block(2, one, cut(2));
    var three = referring(engine.block(3, two, cut(3)), state(one));
    var four = referring(engine.block(5, three, cut(6)), state(two));
    engine.propose(three);
    engine.certificates(engine.notarization(three), engine.nullification(4));
    engine.step(new Input.StateCertified(engine.certificate(state(two))));

    engine.propose(four);
    engine.step(new Input.BatchesAvailable(View.of(5), four.hash()));
    assertThat(engine.votes()).contains(notarize(four));
  }

  // Restarts.

  @Test
  @DisplayName("EX7: a restart counts from what its store says")
  void remembersWhatWasOrdered() {
    var within = restarted(true);
    var next = referring(within.block(3, second(within), cut(12)), state(first));
    within.propose(next);
    within.step(new Input.BatchesAvailable(View.of(3), next.hash()));
    assertThat(within.votes()).contains(notarize(next));

    var beyond = restarted(true);
    beyond.propose(referring(beyond.block(3, second(beyond), cut(13)), state(first)));
    assertThat(beyond.votes()).contains(nullify(3));
  }

  @Test
  @DisplayName(
      "EX7: who does not know what was ordered gives no wrong vote, and goes on with EMPTY")
  void doesNotGuess() {
    var unsure = restarted(false);
    unsure.propose(referring(unsure.block(3, second(unsure), cut(12)), state(first)));
    assertThat(unsure.votes()).isEmpty();
    assertThat(unsure.effects(Effect.CheckAvailability.class)).isEmpty();

    var other = restarted(false);
    var empty = other.block(3, second(other));
    other.propose(empty);
    assertThat(other.votes()).contains(notarize(empty));
  }

  // Leaders.

  @Test
  @DisplayName("P2, EX7: a leader asks for no more batches than the limit leaves room for")
  void asksForWhatThereIsRoomFor() {
    var before = engine.block(1, engine.genesisBlock(), cut(4));
    engine.propose(before);
    engine.certificates(engine.finalization(before), engine.nullification(2));
    engine.certificates(engine.nullification(3));
    engine.work(true);
    assertThat(engine.effects(Effect.BuildPayload.class))
        .extracting(Effect.BuildPayload::batchesMax)
        .containsExactly(2);
  }

  @Test
  @DisplayName(
      "P2, EX7: at the limit of batches a leader carries nothing, until a newer state is certified")
  void carriesNothingAtTheLimitOfBatches() {
    leadAfterFirst(engine);
    engine.work(true);
    assertThat(engine.effects(Effect.BuildPayload.class)).isEmpty();

    engine.step(new Input.StateCertified(engine.certificate(state(first))));
    assertThat(engine.effects(Effect.BuildPayload.class))
        .extracting(Effect.BuildPayload::batchesMax)
        .containsExactly(6);
    engine.payload(View.of(4), cut(12));
    var block = engine.sent(Proposal.class).getFirst().block();
    assertThat(block.header().type()).isEqualTo(BlockType.NORMAL);
    assertThat(block.header().content().stateHeight()).isEqualTo(first.height());
  }

  @Test
  @DisplayName(
      "P2, TI4, EX7: what it may not carry is no work: the view is not lost, EMPTY comes when idle")
  void waitsForTheStateAsIfIdle() {
    leadAfterFirst(engine);
    engine.work(true);
    engine.passMillis(4_900);
    assertThat(engine.votes()).isEmpty();
    assertThat(engine.sent(Proposal.class)).isEmpty();

    engine.passMillis(100);
    var block = engine.sent(Proposal.class).getFirst().block();
    assertThat(block.header().type()).isEqualTo(BlockType.EMPTY);
    assertThat(block.cut()).isEqualTo(first.cut());
    assertThat(engine.votes()).containsExactly(notarize(block));
  }

  @Test
  @DisplayName("EX7, EX3: EMPTY comes soon if it leads on to the next height that is attested")
  void leadsOnToTheNextAttestedHeight() {
    var rarely = EngineProbe.voter(parameters(4, new BacklogLimits(16, 6)));
    leadAfterFirst(rarely);
    rarely.passMillis(1_000);
    assertThat(rarely.sent(Proposal.class))
        .extracting(proposal -> proposal.block().header().type())
        .containsExactly(BlockType.EMPTY);
  }

  @Test
  @DisplayName("EX7: EMPTY comes soon if it refers to a newer state, so that validators open again")
  void tellsOfANewerStateSoon() {
    leadAfterFirst(engine);
    engine.step(new Input.StateCertified(engine.certificate(state(first))));
    engine.passMillis(1_000);
    assertThat(engine.sent(Proposal.class))
        .extracting(proposal -> proposal.block().header().content().stateHeight())
        .containsExactly(first.height());
  }

  @Test
  @DisplayName("P2, EX7: beyond the limit of blocks a leader proposes EMPTY, at it not")
  void carriesNothingBeyondTheLimitOfBlocks() {
    var atLimit = EngineProbe.voter(NARROW);
    var third = chain(atLimit, 1, 2, 3);
    atLimit.certificates(atLimit.notarization(third));
    atLimit.work(true);
    assertThat(atLimit.effects(Effect.BuildPayload.class)).hasSize(1);

    var fourth = chainOfFour(engine);
    engine.certificates(engine.notarization(fourth), engine.nullification(6));
    engine.forget();
    engine.certificates(engine.nullification(7));
    engine.work(true);
    engine.passMillis(1_000);
    assertThat(engine.effects(Effect.BuildPayload.class)).isEmpty();
    assertThat(engine.sent(Proposal.class))
        .extracting(proposal -> proposal.block().header().type())
        .containsExactly(BlockType.EMPTY);
  }

  private static void orderFirst(EngineProbe engine, boolean isFinal) {
    var block = engine.block(1, engine.genesisBlock(), cut(6));
    engine.propose(block);
    engine.certificates(isFinal ? engine.finalization(block) : engine.notarization(block));
    engine.forget();
  }

  /** The first block is final and the limit of batches is reached; the engine leads view 4. */
  private static void leadAfterFirst(EngineProbe engine) {
    orderFirst(engine, true);
    engine.certificates(engine.nullification(2), engine.nullification(3));
    engine.forget();
  }

  /** Blocks with a transaction each in these views, all but the last notarized. */
  private static Block chain(EngineProbe engine, long... views) {
    var tip = engine.genesisBlock();
    for (long view : views) {
      if (tip.view().number() > 0) {
        engine.certificates(engine.notarization(tip));
      }
      if (view == 5) {
        engine.certificates(engine.nullification(4));
      }
      tip = engine.block(view, tip, Fakes.transaction(view));
      engine.propose(tip);
    }
    return tip;
  }

  /** The engine leads view 4, which is left out. */
  private static Block chainOfFour(EngineProbe engine) {
    return chain(engine, 1, 2, 3, 5);
  }

  /** On a disk with the first block and an EMPTY one. */
  private EngineProbe restarted(boolean knowsWhatWasOrdered) {
    var last = second(engine);
    var proof = new FinalityProof(List.of(last.header()), engine.finalization(last));
    var ordered = OrderedBatches.from(knowsWhatWasOrdered ? first : last);
    if (knowsWhatWasOrdered) {
      ordered.add(last);
    }
    var recovered = new Recovered(List.of(), last, Optional.of(proof), ordered);
    var again = EngineProbe.restarted(engine.genesis, engine.self, recovered).voting();
    again.step(new Input.StateCertified(again.certificate(state(first))));
    return again;
  }

  private Block second(EngineProbe probe) {
    return probe.block(2, first);
  }

  private static StateAttest state(Block block) {
    return new StateAttest(
        Epoch.ZERO, block.height(), block.hash(), Fixtures.hash(1), Fixtures.hash(2));
  }

  /** The same block, but for the state that it refers to. */
  private static Block referring(Block block, StateAttest state) {
    var h = block.header();
    var c = h.content();
    return new Block(
        new BlockHeader(
            h.version(),
            h.ledger(),
            h.position(),
            h.time(),
            h.proposer(),
            h.type(),
            new BlockHeader.Content(
                c.cutRoot(),
                c.inlineRoot(),
                c.validatorSet(),
                c.nextValidatorSet(),
                state.height(),
                ProposalRules.stateHash(state))),
        block.cut(),
        block.inline());
  }

  /** So many batches of lane 2 in all. */
  private static Cut cut(int batches) {
    List<Tip> tips = new ArrayList<>(Cut.unused(4).tips());
    Hash digest = Fixtures.hash(batches);
    tips.set(2, new Tip(Height.of(batches), digest));
    return new Cut(tips);
  }
}
