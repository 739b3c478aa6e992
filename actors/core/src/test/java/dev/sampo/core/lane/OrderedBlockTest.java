package dev.sampo.core.lane;

import static dev.sampo.core.testing.TestBatches.advance;
import static dev.sampo.core.testing.TestBatches.batch;
import static dev.sampo.core.testing.TestBatches.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules L4 and L5: which batches a block orders, and in which order. */
class OrderedBlockTest {

  private static final Cut UNUSED = Cut.unused(4);

  private final Genesis genesis = Fakes.genesis(4);
  private final List<Batch> held = new ArrayList<>();

  @Test
  @DisplayName("L4: the batches from the tip down to the parent's height are ordered")
  void ordersFromTheParentsCutToItsOwn() {
    var lane = hold(chain(1, 0, Tip.UNUSED, 4));

    var ordered = order(1, advance(UNUSED, lane.get(0)), advance(UNUSED, lane.get(2)));

    assertThat(ordered).contains(transactionsOf(lane.get(1), lane.get(2)));
  }

  @Test
  @DisplayName("L4: whatever the fork below, all nodes walk the same batches")
  void followsTheTipAcrossAFork() {
    var first = batch(1, 0, Tip.UNUSED, 1);
    var twin = batch(1, 0, Tip.UNUSED, 2);
    var afterTwin = batch(1, 1, twin.tip(), 3);
    hold(List.of(first, twin, afterTwin));

    assertThat(order(1, UNUSED, advance(UNUSED, afterTwin)))
        .contains(transactionsOf(twin, afterTwin));
    assertThat(order(1, advance(UNUSED, first), advance(UNUSED, afterTwin)))
        .contains(transactionsOf(afterTwin));
  }

  @Test
  @DisplayName("L6: nothing is ordered by a node that lacks a batch, and it knows which")
  void waitsForEveryBatch() {
    var lane = chain(1, 0, Tip.UNUSED, 4);
    hold(List.of(lane.get(0), lane.get(3)));

    assertThat(order(1, UNUSED, advance(UNUSED, lane.get(3)))).isEmpty();
    var walk = LaneWalk.down(ValidatorIndex.of(1), lane.get(3).tip(), Height.ZERO, this::find);
    assertThat(walk.missing()).contains(lane.get(2).tip());
    assertThat(walk.batches()).containsExactly(lane.get(3));
    assertThat(walk.isComplete()).isFalse();
  }

  @Test
  @DisplayName("L4: a batch at another height than the cut says is not the one it names")
  void takesHeightsFromTheCut() {
    var first = batch(1, 0, Tip.UNUSED, 1);
    hold(List.of(first));
    var cut = advance(UNUSED, first).tips();
    var shifted = new ArrayList<>(cut);
    shifted.set(1, new Tip(Height.of(2), first.digest()));

    assertThat(order(1, UNUSED, new Cut(shifted))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 4_000_000_000_001L})
  @DisplayName("L5: one batch of each lane in turn from the lane of the view on, then the inline")
  void takesTheLanesInTurn(long view) {
    var lanes = new ArrayList<List<Batch>>();
    for (int lane = 0; lane < 4; lane++) {
      lanes.add(hold(chain(lane, 10 + lane, Tip.UNUSED, lane == 2 ? 0 : lane + 1)));
    }
    var tips =
        lanes.stream().filter(lane -> !lane.isEmpty()).map(List::getLast).toArray(Batch[]::new);

    var ordered = order(view, UNUSED, advance(UNUSED, tips), Fakes.transaction(7));

    var expected = new ArrayList<SignedTransaction>();
    for (int round = 0; round < 4; round++) {
      for (long lane = view; lane < view + 4; lane++) {
        var batches = lanes.get((int) (lane % 4));
        if (round < batches.size()) {
          expected.addAll(batches.get(round).transactions());
        }
      }
    }
    expected.add(Fakes.transaction(7));
    assertThat(ordered).contains(expected);
  }

  @Test
  @DisplayName("L5: in view 2 of four lanes lane 2 comes first")
  void beginsWithTheLaneOfTheView() {
    var ofZero = batch(0, 0, Tip.UNUSED, Fakes.transaction(1), Fakes.transaction(2));
    var ofTwo = batch(2, 0, Tip.UNUSED, 3);
    var ofThree = batch(3, 0, Tip.UNUSED, 4);
    hold(List.of(ofZero, ofTwo, ofThree));

    assertThat(order(2, UNUSED, advance(UNUSED, ofZero, ofTwo, ofThree), Fakes.transaction(5)))
        .contains(Stream.of(3, 4, 1, 2, 5).map(number -> Fakes.transaction(number)).toList());
  }

  @Test
  void ordersItsInlineTransactionsAloneIfNoLaneAdvances() {
    var lane = chain(1, 0, Tip.UNUSED, 1);
    var cut = advance(UNUSED, lane.get(0));

    assertThat(order(1, cut, cut, Fakes.transaction(5))).contains(List.of(Fakes.transaction(5)));
    assertThat(order(1, cut, cut)).contains(List.of());
  }

  private List<Batch> hold(List<Batch> batches) {
    held.addAll(batches);
    return batches;
  }

  private Optional<Batch> find(ValidatorIndex lane, Tip tip) {
    return held.stream()
        .filter(batch -> batch.lane().equals(lane) && batch.tip().equals(tip))
        .findFirst();
  }

  private static List<SignedTransaction> transactionsOf(Batch... batches) {
    return Stream.of(batches).flatMap(batch -> batch.transactions().stream()).toList();
  }

  private Optional<List<SignedTransaction>> order(
      long view, Cut parent, Cut cut, SignedTransaction... inline) {
    return OrderedBlock.of(block(view, cut, List.of(inline)), parent, this::find)
        .map(OrderedBlock::entries);
  }

  private Block block(long view, Cut cut, List<SignedTransaction> inline) {
    var content =
        new BlockHeader.Content(
            cut.root(),
            Block.inlineRoot(inline),
            genesis.validatorSetHash(),
            Hash.ZERO,
            Height.ZERO,
            Hash.ZERO);
    var header =
        new BlockHeader(
            BlockHeader.VERSION,
            genesis.ledgerId(),
            new BlockHeader.Position(
                Epoch.ZERO, View.of(view), Height.of(1), genesis.block().hash(), View.ZERO),
            genesis.time().plusMillis(1),
            ValidatorIndex.of(0),
            BlockType.NORMAL,
            content);
    return new Block(header, cut, inline);
  }
}
