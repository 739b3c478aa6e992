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
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.genesis.LaneParameters;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What lanes add to rules P3, N1a and N4: blocks that order batches by their cut. */
class CutTest {

  private static final int LANE = 2;

  private final EngineProbe engine = EngineProbe.voter();
  private final Block first = engine.block(1, engine.genesisBlock(), cut(2, 7));

  @Test
  @DisplayName("N4: no vote for a block that orders batches before they are available")
  void waitsForTheBatches() {
    engine.propose(first);
    assertThat(engine.votes()).isEmpty();
    assertThat(engine.promises()).isEmpty();
    assertThat(engine.effects(Effect.CheckAvailability.class))
        .containsExactly(
            new Effect.CheckAvailability(
                View.of(1), first.hash(), Cut.unused(4), first.cut(), engine.leader(1)));

    engine.step(new Input.BatchesAvailable(View.of(1), first.hash()));

    assertThat(engine.votes()).containsExactly(notarize(first));
    assertThat(engine.promises())
        .containsExactly(new Promise.BlockHeld(first), new Promise.Stated(notarize(first)));
  }

  @Test
  @DisplayName("N4: what is available of another block or in another view counts for nothing")
  void takesTheWordForThisBlockOnly() {
    var other = engine.block(1, engine.genesisBlock(), cut(2, 8));
    engine.propose(first);
    engine.step(new Input.BatchesAvailable(View.of(1), other.hash()));
    engine.step(new Input.BatchesAvailable(View.of(2), first.hash()));
    assertThat(engine.votes()).isEmpty();
  }

  @Test
  @DisplayName("N4: the mempool is asked once in a view and tells by itself")
  void asksOnce() {
    engine.propose(first);
    engine.work(true);
    engine.vote(engine.peer(0), nullify(1));
    assertThat(engine.effects(Effect.CheckAvailability.class)).hasSize(1);
  }

  @Test
  @DisplayName("N4: a block that orders no batch needs nobody's word")
  void votesAtOnceForABlockWithoutBatches() {
    engine.propose(first);
    engine.step(new Input.BatchesAvailable(View.of(1), first.hash()));
    engine.certificates(engine.notarization(first));
    engine.forget();
    var second = engine.block(2, first, first.cut(), Fakes.transaction(2));
    engine.propose(second);
    assertThat(engine.effects(Effect.CheckAvailability.class)).isEmpty();
    assertThat(engine.votes()).contains(notarize(second));
  }

  @Test
  @DisplayName("N4, Z1, N7: batches that never come cost the view, and come too late afterwards")
  void nullifiesWhatStaysUnavailable() {
    engine.propose(first);
    engine.passMillis(10_000);
    assertThat(engine.votes()).contains(nullify(1));
    assertThat(engine.evidence()).isEmpty();
    engine.step(new Input.BatchesAvailable(View.of(1), first.hash()));
    assertThat(engine.votes()).doesNotContain(notarize(first));
  }

  @Test
  @DisplayName("N4: a word about a final view is of no use and does no harm")
  void ignoresAvailabilityBelowTheFinalView() {
    engine.propose(first);
    engine.certificates(engine.finalization(first));
    engine.forget();
    engine.step(new Input.BatchesAvailable(View.of(1), first.hash()));
    assertThat(engine.votes()).isEmpty();
  }

  static Stream<Cut> invalidCuts() {
    return Stream.of(
        cut(1, 7), // back
        cut(0, 0), // to where no lane was used
        cut(2, 8), // another digest at the same height
        cut(2 + LaneParameters.DEFAULT.advanceMax() + 1, 9), // too far
        lane(0, cut(2, 7), new Tip(Height.ZERO, Fixtures.hash(1))), // height 0 is never used
        new Cut(cut(3, 9).tips().subList(0, 3)), // a lane too few
        new Cut(Stream.concat(cut(3, 9).tips().stream(), Stream.of(Tip.UNUSED)).toList()));
  }

  @ParameterizedTest
  @MethodSource("invalidCuts")
  @Tag("fault-68")
  @DisplayName("N1a, N5, 7.2: a cut that no honest leader makes is nullified and is evidence")
  void nullifiesAnInvalidCut(Cut cut) {
    engine.propose(first);
    engine.step(new Input.BatchesAvailable(View.of(1), first.hash()));
    engine.certificates(engine.notarization(first));
    engine.forget();
    var bad = engine.block(2, first, cut, Fakes.transaction(2));
    engine.propose(bad);
    assertThat(engine.votes()).contains(nullify(2)).doesNotContain(notarize(bad));
    assertThat(engine.effects(Effect.CheckAvailability.class)).isEmpty();
    assertThat(engine.evidence())
        .singleElement()
        .isInstanceOfSatisfying(
            Evidence.InvalidProposal.class,
            evidence -> {
              assertThat(evidence.culprit()).isEqualTo(engine.leader(2));
              assertThat(evidence.parent()).isEqualTo(first);
            });
  }

  @Test
  @DisplayName("N1a: a lane may advance by as much as the ledger allows")
  void acceptsTheFarthestAdvance() {
    var far = engine.block(1, engine.genesisBlock(), cut(LaneParameters.DEFAULT.advanceMax(), 7));
    engine.propose(far);
    engine.step(new Input.BatchesAvailable(View.of(1), far.hash()));
    assertThat(engine.votes()).containsExactly(notarize(far));
  }

  @Test
  @DisplayName("N1a: no lane may advance on a ledger that has none")
  void nullifiesAnyAdvanceWithoutLanes() {
    var voter = EngineProbe.voter(new LedgerParameters(1 << 20, 600_000, 4_000_000, 1, 5_000));
    voter.propose(voter.block(1, voter.genesisBlock(), cut(1, 7)));
    assertThat(voter.votes()).containsExactly(nullify(1));
  }

  @Test
  @DisplayName(
      "N1a, W3: a block that orders batches is no EMPTY, one that orders nothing no NORMAL")
  void nullifiesAWrongType() {
    engine.propose(typed(first, BlockType.EMPTY));
    assertThat(engine.votes()).containsExactly(nullify(1));

    var voter = EngineProbe.voter();
    voter.propose(typed(voter.block(1, voter.genesisBlock()), BlockType.NORMAL));
    assertThat(voter.votes()).containsExactly(nullify(1));
  }

  @Test
  @DisplayName("P2, P3: a leader orders batches without a single inline transaction")
  void proposesBatchesAlone() {
    var leader = EngineProbe.leaderOf(1, 4);
    leader.work(true);
    leader.payload(View.of(1), cut(1, 5));
    var block = leader.sent(Proposal.class).getFirst().block();
    assertThat(block.header().type()).isEqualTo(BlockType.NORMAL);
    assertThat(block.cut()).isEqualTo(cut(1, 5));
    assertThat(block.header().content().cutRoot()).isEqualTo(cut(1, 5).root());
    assertThat(block.inline()).isEmpty();
    // Its own batches are on disk by P3.
    assertThat(leader.votes()).containsExactly(notarize(block));
    assertThat(leader.effects(Effect.CheckAvailability.class)).isEmpty();
  }

  @Test
  @DisplayName(
      "P3: the payload is asked for on top of the parent's cut, and is empty if it is that")
  void asksForWhatFollowsTheParentsCut() {
    var leader = EngineProbe.leaderOf(2, 4);
    leader.propose(first);
    leader.certificates(leader.notarization(first));
    leader.work(true);
    assertThat(leader.effects(Effect.BuildPayload.class))
        .extracting(Effect.BuildPayload::parent)
        .containsExactly(first.cut());
    leader.payload(View.of(2), first.cut());
    assertThat(leader.sent(Proposal.class)).isEmpty();
    leader.work(true);
    leader.payload(View.of(2), cut(3, 9));
    assertThat(leader.sent(Proposal.class).getFirst().block().cut()).isEqualTo(cut(3, 9));
  }

  /** Lane 2 is at {@code height}, with a digest made of {@code number}; the others were unused. */
  private static Cut cut(long height, int number) {
    var tip = height == 0 ? Tip.UNUSED : new Tip(Height.of(height), Fixtures.hash(number));
    return lane(LANE, Cut.unused(4), tip);
  }

  private static Cut lane(int lane, Cut cut, Tip tip) {
    List<Tip> tips = new ArrayList<>(cut.tips());
    tips.set(lane, tip);
    return new Cut(tips);
  }

  private static Block typed(Block block, BlockType type) {
    var h = block.header();
    return new Block(
        new BlockHeader(
            h.version(), h.ledger(), h.position(), h.time(), h.proposer(), type, h.content()),
        block.cut(),
        block.inline());
  }
}
