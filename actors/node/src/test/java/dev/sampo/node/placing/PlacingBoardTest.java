package dev.sampo.node.placing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.types.LedgerId;
import dev.sampo.node.placing.PlacingStep.Drop;
import dev.sampo.node.placing.PlacingStep.HandOver;
import dev.sampo.node.placing.PlacingStep.TakeOver;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Where replicas are tried (fault 34, protocol 7.20); that only one writes is the store's doing.
 */
@Tag("fault-34")
class PlacingBoardTest {

  private static final List<LedgerId> LEDGERS =
      IntStream.range(0, 4).mapToObj(i -> LedgerId.fromHex("%064x".formatted(i))).toList();

  private static final PlacingSettings.Timing TIMING = PlacingSettings.Timing.DEFAULT;
  private static final long ABSENT = TIMING.absentAfter().toNanos();
  private static final long SETTLE = TIMING.settle().toNanos();
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static PlacingBoard board(String self, String... nodes) {
    var settings = new PlacingSettings(self, new TreeSet<>(List.of(nodes)), TIMING);
    var board = new PlacingBoard(settings, 0);
    board.know(LEDGERS);
    board.joined(0);
    return board;
  }

  private static SortedMap<LedgerId, Held> held(int... ledgers) {
    var held = new TreeMap<LedgerId, Held>();
    for (int ledger : ledgers) {
      held.put(LEDGERS.get(ledger), new Held(1, false, 0));
    }
    return held;
  }

  private static void host(PlacingBoard board, long now, int... ledgers) {
    held(ledgers).forEach((ledger, held) -> board.host(ledger, held, now));
  }

  private static TakeOver take(int ledger) {
    return new TakeOver(LEDGERS.get(ledger));
  }

  @Test
  void aNodeThatIsStillJoiningTakesNothingThatOthersMayHost() {
    var settings = new PlacingSettings("a", new TreeSet<>(List.of("a", "b")), TIMING);
    var board = new PlacingBoard(settings, 0);
    board.know(LEDGERS);

    assertThat(board.next(10 * SETTLE)).isEmpty();
    board.joined(10 * SETTLE);
    assertThat(board.next(11 * SETTLE - 1)).isEmpty();
    assertThat(board.next(11 * SETTLE)).hasSize(LEDGERS.size());
  }

  @Test
  void aNodeThatNeverJoinsActsAloneInTheEnd() {
    var settings = new PlacingSettings("a", new TreeSet<>(List.of("a", "b")), TIMING);
    var board = new PlacingBoard(settings, 0);
    board.know(LEDGERS);
    long alone = PlacingBoard.JOINING_MAX.toNanos() + SETTLE;

    assertThat(board.next(alone - 1)).isEmpty();
    assertThat(board.next(alone)).hasSize(LEDGERS.size());
  }

  @Test
  void nodesThatHaveHeardTheSameShareTheLedgersWithoutAnOverlap() {
    var a = board("a", "a", "b");
    var b = board("b", "a", "b");
    a.hear("b", held(), 1);
    b.hear("a", held(), 1);

    assertThat(a.next(2)).containsExactly(take(0), take(2));
    assertThat(b.next(2)).containsExactly(take(1), take(3));
  }

  @Test
  void aNodeThatStartsWaitsForThoseItHasNotHeardButNotForEver() {
    var board = board("a", "a", "b");

    assertThat(board.next(SETTLE - 1)).isEmpty();
    assertThat(board.next(SETTLE)).containsExactly(take(0), take(1), take(2), take(3));
  }

  @Test
  void whatASilentNodeHostedIsTakenOver() {
    var board = board("a", "a", "b");
    board.hear("b", held(2, 3), SECOND);
    host(board, SECOND, 0, 1);

    assertThat(board.next(SECOND + ABSENT - 1)).isEmpty();
    assertThat(board.next(SECOND + ABSENT)).containsExactly(take(2), take(3));
    assertThat(board.present(SECOND + ABSENT)).containsExactly("a");
  }

  @Test
  void theNodesThatAreLeftShareWhatASilentOneHosted() {
    var board = board("a", "a", "b", "c");
    host(board, 1, 0);
    board.hear("b", held(1), 1);
    board.hear("c", held(2, 3), 1);
    board.hear("b", held(1), ABSENT);

    assertThat(board.next(1 + ABSENT)).containsExactly(take(2));
  }

  @Test
  void aLedgerThatIsHandedOverIsNotTakenByAThirdMeanwhile() {
    var board = board("a", "a", "b", "c");
    board.hear("b", held(0, 1), 1);
    board.hear("c", held(2, 3), 1);

    // The node has released it, and the other one has not said yet that it hosts it.
    board.hear("b", held(1), SECOND);
    board.hear("c", held(2, 3), SECOND);
    assertThat(board.next(SECOND)).isEmpty();

    // It never did.
    board.hear("b", held(1), 1 + ABSENT);
    board.hear("c", held(2, 3), 1 + ABSENT);
    assertThat(board.next(1 + ABSENT)).containsExactly(take(0));
  }

  @Test
  void aNodeThatJoinsIsHandedLedgersUntilNoneHasTwoMore() {
    var board = board("a", "a", "b");
    host(board, 1, 0, 1, 2, 3);
    board.hear("b", held(), SECOND);
    assertThat(board.next(SECOND)).as("before it stays").isEmpty();

    board.hear("b", held(), SECOND + ABSENT - 1);
    assertThat(board.next(SECOND + ABSENT)).containsExactly(new HandOver(LEDGERS.get(0), "b"));

    board.release(LEDGERS.get(0), SECOND + ABSENT);
    board.hear("b", held(), SECOND + ABSENT);
    assertThat(board.next(SECOND + ABSENT + 1)).as("one at a time").isEmpty();
    board.hear("b", held(0), SECOND + ABSENT + 2);
    assertThat(board.next(SECOND + ABSENT + 3)).containsExactly(new HandOver(LEDGERS.get(1), "b"));

    board.release(LEDGERS.get(1), SECOND + ABSENT + 4);
    board.hear("b", held(0, 1), SECOND + ABSENT + 5);
    assertThat(board.next(SECOND + ABSENT + 6)).isEmpty();
  }

  @Test
  void whatSomebodyMovedStaysWhereItIs() {
    var board = board("a", "a", "b");
    LEDGERS.forEach(ledger -> board.host(ledger, new Held(1, true, 0), 1));
    board.hear("b", held(), 1);
    board.next(1);
    board.hear("b", held(), 1 + ABSENT);

    assertThat(board.next(1 + ABSENT)).isEmpty();
  }

  @Test
  void theOlderOfTwoCopiesIsDroppedByItsNode() {
    var board = board("a", "a", "b");
    board.host(LEDGERS.get(0), new Held(4, false, 0), 1);
    var newer = held(1, 2, 3);
    newer.put(LEDGERS.get(0), new Held(5, false, 0));
    board.hear("b", newer, 2);

    assertThat(board.next(3)).containsExactly(new Drop(LEDGERS.get(0)));
    assertThat(board.holder(LEDGERS.get(0), 3)).hasValue("b");
  }

  private static MoveOrder order(int ledger, long epoch, String to) {
    return new MoveOrder(LEDGERS.get(ledger), epoch, to);
  }

  @Test
  void aMoveIsForTheCopyThatRunsAndForANodeThatIsThere() {
    var board = board("a", "a", "b", "c");
    board.host(LEDGERS.get(0), new Held(4, false, 0), 1);
    board.hear("b", held(1), 2);
    var nodes = new TreeSet<>(List.of("a", "b", "c"));
    var present = new TreeSet<>(List.of("a", "b"));

    assertThat(board.answer(order(0, 4, "b"), 3)).isEqualTo(new MoveAnswer.UnderWay("a"));
    assertThat(board.answer(order(1, 1, "a"), 3)).isEqualTo(new MoveAnswer.UnderWay("b"));
    assertThat(board.answer(order(1, 1, "b"), 3)).isEqualTo(new MoveAnswer.AlreadyThere());
    assertThat(board.answer(order(0, 3, "b"), 3)).isEqualTo(new MoveAnswer.OtherCopy(4));
    assertThat(board.answer(order(0, 4, "x"), 3)).isEqualTo(new MoveAnswer.UnknownNode(nodes));
    assertThat(board.answer(order(0, 4, "c"), 3)).isEqualTo(new MoveAnswer.AbsentNode(present));
    assertThat(board.answer(order(2, 0, "b"), 3)).isEqualTo(new MoveAnswer.BetweenNodes());
    var unknown = LedgerId.fromHex("ee".repeat(32));
    assertThat(board.answer(new MoveOrder(unknown, 1, "b"), 3))
        .isEqualTo(new MoveAnswer.UnknownLedger(unknown));
    board.begin(LEDGERS.get(3));
    assertThat(board.answer(order(3, 0, "b"), 3)).isEqualTo(new MoveAnswer.BetweenNodes());
  }

  /** Two halves that do not see each other take turns ever more slowly. */
  @Test
  void aLedgerThatWasLostIsLeftAloneForEverLonger() {
    var board = board("a", "a", "b");
    long now = SETTLE;
    long before = 0;
    for (int loss = 1; loss <= 8; loss++) {
      board.begin(LEDGERS.get(0));
      board.host(LEDGERS.get(0), new Held(loss, false, 0), now);
      board.lose(LEDGERS.get(0), now, 0.5);
      long waited = 0;
      while (!board.next(now + waited).contains(take(0))) {
        waited += SECOND / 4;
      }
      assertThat(waited).isBetween(before, TIMING.backOffMax().toNanos());
      before = waited;
      now += waited;
    }
    assertThat(before).isGreaterThanOrEqualTo(TIMING.backOffMax().toNanos() / 2);
  }

  @Test
  void aLossAfterALongTimeIsAFirstOne() {
    var board = board("a", "a", "b");
    host(board, 0, 0);
    board.lose(LEDGERS.get(0), 1, 0);
    board.host(LEDGERS.get(0), new Held(2, false, 0), 2);
    long later = 2 * TIMING.backOffMax().toNanos();
    board.lose(LEDGERS.get(0), later, 0);

    assertThat(board.next(later + ABSENT)).contains(take(0));
  }

  @Test
  void reportsOfUnknownNodesAreIgnored() {
    var board = board("a", "a", "b");

    board.hear("x", held(0, 1, 2, 3), 1);
    board.hear("a", held(0, 1, 2, 3), 1);

    assertThat(board.present(2)).containsExactly("a");
    assertThat(board.own()).isEmpty();
    assertThat(board.next(SETTLE)).hasSize(4);
  }
}
