package dev.sampo.core.sync;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.BOB;
import static dev.sampo.core.execution.TestLedger.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.execution.TestLedger;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.sync.FollowEffect.AskBlocks;
import dev.sampo.core.sync.FollowEffect.Execute;
import dev.sampo.core.sync.FollowEffect.Pause;
import dev.sampo.core.sync.FollowFinding.NewBatches;
import dev.sampo.core.sync.FollowFinding.NewBlocks;
import dev.sampo.core.testing.TestBatches;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("2.13, D6: a reader follows whoever is honest, in order and within bounds")
final class FollowerTest {

  private static final NewBlocks NOTHING = new NewBlocks(List.of(), Optional.empty(), List.of());

  private final TestLedger ledger = new TestLedger();
  private final Follower follower =
      new Follower(ledger.genesis.block(), Height.of(1), (lane, tip) -> Optional.empty());

  private List<Block> run(int count) {
    int from = ledger.blocks().size();
    return IntStream.range(from, from + count)
        .mapToObj(salt -> ledger.run(START + salt, ledger.transfer(ALICE, BOB, 1, salt)).block())
        .toList();
  }

  private NewBlocks news(List<Block> blocks, Certificate... states) {
    return new NewBlocks(blocks, Optional.of(ledger.finality(blocks.getLast())), List.of(states));
  }

  private Certificate state(long height) {
    return ledger.certificate(ledger.reader().statement(Height.of(height)).orElseThrow(), 3);
  }

  private List<FollowEffect> know(String... sources) {
    return follower.step(new FollowInput.SourcesKnown(List.of(sources)));
  }

  private List<FollowEffect> answered(String source, FollowFinding finding) {
    return follower.step(new FollowInput.Answered(source, finding));
  }

  private static AskBlocks ask(String source, long from, long certifiedFrom) {
    return new AskBlocks(source, Height.of(from), Height.of(certifiedFrom));
  }

  private List<FollowEffect> pauseOver() {
    return follower.step(new FollowInput.PauseOver());
  }

  @Test
  void asksTheBestSourceAndHandsOnWhatItGives() {
    assertThat(know("v1", "v2")).containsExactly(ask("v1", 1, 1));
    var blocks = run(3);

    var effects = answered("v1", news(blocks, state(1), state(2), state(3)));

    assertThat(effects)
        .containsExactly(
            new FollowEffect.Certify(List.of(state(1), state(2), state(3))),
            new Execute(
                blocks.stream().map(OrderedBlock::inline).toList(),
                ledger.finality(blocks.getLast())),
            ask("v1", 4, 3));
  }

  @Test
  void asksOneQuestionAtATime() {
    know("v1", "v2");

    assertThat(know("v1", "v2")).isEmpty();
    assertThat(know("v2", "v1")).isEmpty();
  }

  @Test
  @DisplayName("execution has one group at a time, and nothing more is asked for meanwhile")
  void waitsForExecution() {
    know("v1");
    answered("v1", news(run(1)));
    var second = run(1);

    assertThat(answered("v1", news(second))).isEmpty();

    assertThat(follower.step(new FollowInput.Executed(Height.of(1))))
        .containsExactly(
            new Execute(
                List.of(OrderedBlock.inline(second.getFirst())),
                ledger.finality(second.getFirst())),
            ask("v1", 3, 1));
  }

  @Test
  void pausesWhenNothingIsNewAndAsksAnotherAfterAWhile() {
    know("v1", "v2");
    assertThat(answered("v1", NOTHING)).containsExactly(new Pause(Follower.PAUSE));
    assertThat(pauseOver()).containsExactly(ask("v1", 1, 1));

    for (int turn = 1; turn < Follower.IDLE_TURNS_MAX; turn++) {
      answered("v1", NOTHING);
      if (turn < Follower.IDLE_TURNS_MAX - 1) {
        pauseOver();
      }
    }

    assertThat(pauseOver()).containsExactly(ask("v2", 1, 1));
  }

  @Test
  void turnsToTheNextWhenOneDoesNotAnswer() {
    know("v1", "v2");

    assertThat(follower.step(new FollowInput.Unanswered("v1")))
        .containsExactly(new Pause(Follower.PAUSE_UNANSWERED));
    assertThat(pauseOver()).containsExactly(ask("v2", 1, 1));
  }

  @Test
  void neverAsksALiarAgain() {
    know("v1", "v2");

    assertThat(answered("v1", new FollowFinding.Lie("a forged block")))
        .containsExactly(new FollowEffect.Distrust("v1", "a forged block"), ask("v2", 1, 1));

    assertThat(answered("v2", NOTHING)).hasSize(1);
    assertThat(know("v1", "v2")).isEmpty();
    assertThat(pauseOver()).containsExactly(ask("v2", 1, 1));
    answered("v2", new FollowFinding.Lie("another"));
    assertThat(follower.hasSource()).isFalse();
    pauseOver();
    assertThat(know("v1", "v2", "v3")).as("once the pause is over").isEmpty();
    assertThat(pauseOver()).containsExactly(ask("v3", 1, 1));
  }

  @Test
  void remembersABoundedNumberOfLiarsAndSources() {
    var many = new ArrayList<String>();
    IntStream.range(0, FollowSources.KNOWN_MAX + 1).forEach(i -> many.add("v" + i));
    var sources = new FollowSources();
    sources.set(many);
    sources.note("v" + FollowSources.KNOWN_MAX, Height.of(1));

    for (int i = 0; i <= FollowSources.DISTRUSTED_MAX; i++) {
      sources.distrust("v" + i);
    }

    assertThat(sources.chosen()).isEmpty();
    sources.set(List.of("v" + FollowSources.DISTRUSTED_MAX, "v0"));
    assertThat(sources.chosen()).as("the oldest is forgotten").contains("v0");
  }

  @Test
  void haltsWhenTheFinalBlockDoesNotFollowItsOwn() {
    know("v1");
    var fork =
        ledger.child(
            ledger.child(ledger.genesis.block(), START + 1, List.of()), START + 2, List.of());
    var other = new Follower(fork, Height.of(1), (lane, tip) -> Optional.empty());
    run(2);
    var third = run(1);
    other.step(new FollowInput.SourcesKnown(List.of("v1")));

    var effects = other.step(new FollowInput.Answered("v1", news(third)));

    assertThat(effects).hasOnlyElementsOfType(FollowEffect.Halt.class);
    assertThat(other.step(new FollowInput.PauseOver())).as("for good").isEmpty();
  }

  @Test
  void haltsWhenAnotherHistoryIsProven() {
    know("v1");

    assertThat(answered("v1", new FollowFinding.OtherHistory("two")))
        .containsExactly(new FollowEffect.Halt("two"));
  }

  @Test
  void noticesThatAllSourcesAreBehindIt() {
    know("v1");
    answered("v1", news(run(3)));
    follower.step(new FollowInput.Executed(Height.of(3)));
    assertThat(follower.isAheadOfAll(1)).as("none has shown how far it is").isFalse();

    answered("v1", new NewBlocks(List.of(), Optional.empty(), List.of(state(1))));

    assertThat(follower.isAheadOfAll(1)).isTrue();
    assertThat(follower.isAheadOfAll(2)).isFalse();
  }

  @Test
  @DisplayName("L6: batches that a final block orders are asked for down to those before")
  void fetchesTheBatchesThatABlockOrders() {
    var lane = TestBatches.chain(1, 0, Tip.UNUSED, 3);
    var kept = new ArrayList<Batch>();
    var following =
        new Follower(
            ledger.genesis.block(),
            Height.of(1),
            (owner, tip) -> kept.stream().filter(each -> each.tip().equals(tip)).findFirst());
    var block = ordering(lane.getLast().tip());
    following.step(new FollowInput.SourcesKnown(List.of("v1")));

    assertThat(following.step(new FollowInput.Answered("v1", news(List.of(block)))))
        .containsExactly(asking(lane.getLast().tip()));
    var two = List.of(lane.get(2), lane.get(1));
    assertThat(following.step(new FollowInput.Answered("v1", new NewBatches(two))))
        .containsExactly(new FollowEffect.Keep(two));
    kept.addAll(two);
    assertThat(following.step(new FollowInput.BatchesKept()))
        .containsExactly(asking(lane.getFirst().tip()));
    assertThat(following.step(new FollowInput.Answered("v1", new NewBatches(List.of()))))
        .as("who lacks it is passed over")
        .containsExactly(new Pause(Follower.PAUSE));
    following.step(new FollowInput.PauseOver());
    following.step(new FollowInput.Answered("v1", new NewBatches(List.of(lane.getFirst()))));
    kept.add(lane.getFirst());

    assertThat(following.step(new FollowInput.BatchesKept()))
        .satisfiesExactly(
            effect -> assertThat(((Execute) effect).blocks().getFirst().entries()).hasSize(3),
            effect -> assertThat(effect).isEqualTo(ask("v1", 2, 1)));
  }

  private static FollowEffect asking(Tip batch) {
    return new FollowEffect.AskBatches(
        "v1", new BatchRequest(Epoch.ZERO, ValidatorIndex.of(1), Height.ZERO, batch));
  }

  /** As the first block, with a cut through one lane. */
  private Block ordering(Tip tip) {
    var tips = new ArrayList<>(Cut.unused(4).tips());
    tips.set(1, tip);
    var cut = new Cut(tips);
    var header = ledger.next(START + 1, List.of()).header();
    var content = header.content();
    var named =
        new BlockHeader(
            header.version(),
            header.ledger(),
            header.position(),
            header.time(),
            header.proposer(),
            BlockType.NORMAL,
            new BlockHeader.Content(
                cut.root(),
                content.inlineRoot(),
                content.validatorSet(),
                content.nextValidatorSet(),
                content.stateHeight(),
                content.stateCertificate()));
    return new Block(named, cut, List.of());
  }
}
