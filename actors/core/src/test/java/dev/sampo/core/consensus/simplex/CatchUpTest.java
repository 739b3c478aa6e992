package dev.sampo.core.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.FinalityProof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SY1, SY3, SY4 and C1: how a validator gets the final blocks that it missed. */
class CatchUpTest {

  private final EngineProbe engine = EngineProbe.voter();

  /** A chain of so many blocks, one in each view that another validator leads. */
  private List<Block> chain(int length) {
    var blocks = new ArrayList<Block>();
    var parent = engine.genesisBlock();
    for (int view = 1; blocks.size() < length; view++) {
      if (!engine.leader(view).equals(engine.self)) {
        parent = engine.block(view, parent, Fakes.transaction(view));
        blocks.add(parent);
      }
    }
    return blocks;
  }

  private FinalityProof proof(Block block) {
    return new FinalityProof(List.of(block.header()), engine.finalization(block));
  }

  private void claim(int peer, long height) {
    engine.receive(
        engine.peer(peer),
        new Status(Epoch.ZERO, View.of(1), View.ZERO, Height.of(height), List.of()));
  }

  @Test
  @DisplayName("SY1: a short gap is walked by hash; headers let all be asked for at once")
  void walksAShortGap() {
    var blocks = chain(5);
    var headers = blocks.reversed().stream().map(Block::header).toList();
    engine.receive(
        engine.peer(0), new Certificates(List.of(engine.finalization(blocks.getLast())), headers));
    engine.pass(Duration.ofSeconds(1));
    assertThat(engine.sent(BlockRequest.class).stream().map(BlockRequest::block))
        .containsAll(blocks.stream().map(Block::hash).toList());
    blocks.forEach(block -> engine.receive(engine.peer(0), new BlockResponse(block)));
    assertThat(engine.finalized()).containsExactlyElementsOf(blocks);
  }

  @Test
  @DisplayName("SY1: headers that do not hang on the finalization are not believed")
  void ignoresUnlinkedHeaders() {
    var blocks = chain(3);
    var fork = engine.block(2, engine.genesisBlock(), Fakes.transaction(77));
    engine.receive(
        engine.peer(0),
        new Certificates(List.of(engine.finalization(blocks.getLast())), List.of(fork.header())));
    engine.pass(Duration.ofSeconds(2));
    assertThat(engine.sent(BlockRequest.class)).doesNotContain(new BlockRequest(fork.hash()));
  }

  @Test
  @DisplayName("SY3: a long gap, which f + 1 peers claim, is for sync")
  void leavesALongGapToSync() {
    claim(0, 17);
    engine.pass(Duration.ofSeconds(3));
    assertThat(engine.effects(Effect.FetchFinalBlocks.class)).isEmpty();
    claim(1, 20);
    engine.pass(Duration.ofSeconds(3));
    assertThat(engine.effects(Effect.FetchFinalBlocks.class).getFirst())
        .isEqualTo(
            new Effect.FetchFinalBlocks(
                Height.of(1), Height.of(17), List.of(engine.peer(0), engine.peer(1))));
  }

  @Test
  @DisplayName("SY1: a long gap below a finalization is for sync as well")
  void leavesALongGapBelowAFinalizationToSync() {
    var blocks = chain(30);
    engine.propose(blocks.getLast(), engine.notarization(blocks.get(28)));
    engine.certificates(engine.finalization(blocks.getLast()));
    engine.pass(Duration.ofSeconds(3));
    assertThat(engine.effects(Effect.FetchFinalBlocks.class).getFirst().target())
        .isEqualTo(Height.of(30));
    assertThat(engine.finalized()).isEmpty();
  }

  @Test
  @DisplayName("SY4: blocks that no peer has at hand are for sync, however few")
  void leavesWhatIsGoneToSync() {
    var blocks = chain(2);
    engine.propose(blocks.getLast(), engine.notarization(blocks.getFirst()));
    engine.certificates(engine.finalization(blocks.getLast()));
    engine.pass(Duration.ofSeconds(15));
    assertThat(engine.effects(Effect.FetchFinalBlocks.class)).isNotEmpty();
  }

  @Test
  @DisplayName("C1: fetched blocks are delivered and move the final view")
  void takesFetchedBlocks() {
    var blocks = chain(40);
    engine.step(new Input.FinalBlocksFetched(blocks.subList(0, 20), proof(blocks.get(19))));
    engine.step(new Input.FinalBlocksFetched(blocks.subList(15, 40), proof(blocks.get(39))));
    assertThat(engine.finalized()).containsExactlyElementsOf(blocks);
    assertThat(engine.finalView()).isEqualTo(blocks.getLast().view());
    assertThat(engine.view()).isEqualTo(blocks.getLast().view().next());
  }

  @Test
  @DisplayName("I7, SY4: fetched blocks below the final one, or behind a gap, change nothing")
  void ignoresStaleAndUnconnectedBlocks() {
    var blocks = chain(10);
    engine.step(new Input.FinalBlocksFetched(blocks.subList(0, 5), proof(blocks.get(4))));
    engine.forget();
    engine.step(new Input.FinalBlocksFetched(blocks.subList(0, 3), proof(blocks.get(2))));
    engine.step(new Input.FinalBlocksFetched(blocks.subList(7, 10), proof(blocks.get(9))));
    assertThat(engine.effects()).isEmpty();
    assertThat(engine.finalView()).isEqualTo(blocks.get(4).view());
  }

  @Test
  @Tag("fault-69")
  @DisplayName("C1: a proof of something else proves nothing")
  void ignoresBlocksWithAForeignProof() {
    var blocks = chain(10);
    engine.step(new Input.FinalBlocksFetched(blocks.subList(0, 5), proof(blocks.get(9))));
    assertThat(engine.finalized()).isEmpty();
  }

  @Test
  @DisplayName("theorem 2.16: a proven final block on a fork stops the validator")
  void haltsAtAProvenFork() {
    var blocks = chain(2);
    engine.step(new Input.FinalBlocksFetched(blocks, proof(blocks.getLast())));
    var fork = engine.block(1, engine.genesisBlock(), Fakes.transaction(99));
    var third = engine.block(3, engine.block(2, fork, Fakes.transaction(98)));
    engine.step(new Input.FinalBlocksFetched(List.of(third), proof(third)));
    assertThat(engine.isHalted()).isTrue();
  }

  @Test
  @DisplayName("I19: while a far gap lasts, only the newest undelivered blocks are kept")
  void boundsWhatItKeepsAboveAGap() {
    var blocks = chain(400);
    for (var block : blocks.subList(1, 400)) {
      engine.propose(block);
      engine.certificates(engine.notarization(block), engine.finalization(block));
    }
    engine.forget();
    var asked = blocks.get(100);
    engine.receive(engine.peer(0), new BlockRequest(asked.hash()));
    assertThat(engine.sent(BlockResponse.class)).isEmpty();
    engine.step(new Input.FinalBlocksFetched(blocks.subList(0, 200), proof(blocks.get(199))));
    engine.step(new Input.FinalBlocksFetched(blocks.subList(200, 380), proof(blocks.get(379))));
    assertThat(engine.finalized()).containsExactlyElementsOf(blocks);
  }
}
