package dev.sampo.core.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.Cut;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.InvariantViolation;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Protocol EX7: what was ordered up to each height that a block may refer to")
class OrderedBatchesTest {

  private static final Block GENESIS = Fakes.genesis(4).block();

  private final OrderedBatches ordered = OrderedBatches.from(GENESIS);

  /** At {@code height}, when each of the lanes is there, and referring to {@code state}. */
  private static Block block(long height, long state, long... lanes) {
    var header = GENESIS.header();
    var at = header.position();
    var c = header.content();
    var tips = LongStream.of(lanes).mapToObj(lane -> new Tip(Height.of(lane), Hash.ZERO)).toList();
    return new Block(
        new BlockHeader(
            header.version(),
            header.ledger(),
            new BlockHeader.Position(
                at.epoch(), at.view(), Height.of(height), at.parent(), at.parentView()),
            header.time(),
            header.proposer(),
            header.type(),
            new BlockHeader.Content(
                c.cutRoot(),
                c.inlineRoot(),
                c.validatorSet(),
                c.nextValidatorSet(),
                Height.of(state),
                c.stateCertificate())),
        new Cut(tips),
        List.of());
  }

  private OptionalLong upTo(long height) {
    return ordered.upTo(Height.of(height));
  }

  @Test
  void countsTheBatchesOfAllLanes() {
    ordered.add(block(1, 0, 1, 0, 2, 0));
    ordered.add(block(2, 0, 1, 0, 2, 0));
    ordered.add(block(3, 0, 1, 4, 2, 1));
    assertThat(LongStream.rangeClosed(0, 3).map(height -> upTo(height).orElseThrow()))
        .containsExactly(0L, 3L, 3L, 8L);
    assertThat(ordered.total()).isEqualTo(8);
    assertThat(upTo(4)).as("not final yet").isEmpty();
  }

  @Test
  void forgetsWhatNoLaterBlockCanReferTo() {
    ordered.add(block(1, 0, 1, 0, 0, 0));
    ordered.add(block(2, 0, 2, 0, 0, 0));
    ordered.add(block(3, 2, 3, 0, 0, 0));
    assertThat(upTo(1)).isEmpty();
    assertThat(upTo(2)).hasValue(2);
    assertThat(ordered.size()).isEqualTo(2);
  }

  @Test
  void blocksThatOrderNothingTakeNoMemory() {
    ordered.add(block(1, 0, 1, 0, 0, 0));
    for (long height = 2; height < 100; height++) {
      ordered.add(block(height, 0, 1, 0, 0, 0));
    }
    assertThat(ordered.size()).isEqualTo(2);
    assertThat(upTo(99)).hasValue(1);
  }

  @Test
  void belowItsBeginningNothingIsKnownUnlessNothingWasOrderedYet() {
    var late = OrderedBatches.from(block(7, 3, 1, 0, 0, 0));
    assertThat(late.upTo(Height.of(6))).isEmpty();
    assertThat(late.upTo(Height.of(7))).hasValue(1);
    assertThat(OrderedBatches.from(block(7, 3, 0, 0, 0, 0)).upTo(Height.of(6))).hasValue(0);
  }

  @Test
  void takesBlocksInTheirOrder() {
    assertThatThrownBy(() -> ordered.add(block(2, 0, 0, 0, 0, 0)))
        .isInstanceOf(InvariantViolation.class);
  }

  @Test
  void aCopyGoesItsOwnWay() {
    var copy = ordered.copy();
    ordered.add(block(1, 0, 1, 0, 0, 0));
    assertThat(copy.total()).isZero();
    assertThat(copy.upTo(Height.of(1))).isEmpty();
  }
}
