package dev.sampo.core.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Hash;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

/** What is offered to a node waits in a line here, which a ledger takes from block by block. */
class AdmissionWindowTest {

  private static final int MAX = 100_000;
  private static final Duration BLOCK = Duration.ofMillis(100);
  private static final long WAIT = AdmissionWindow.WAIT.toMillis();

  private record Waiting(TransactionId id, long sinceNanos) {}

  private final AdmissionWindow window = new AdmissionWindow(MAX);
  private final ArrayDeque<Waiting> line = new ArrayDeque<>();
  private long nanos;
  private long number;
  private long refused;
  private long lastWait;

  private static TransactionId id(long number) {
    return new TransactionId(Hash.of(ByteBuffer.allocate(Hash.LENGTH).putLong(number).array(), 0));
  }

  /** Between two blocks so many come, evenly. */
  private void offer(int count) {
    for (int i = 0; i < count; i++) {
      nanos += BLOCK.toNanos() / count;
      if (window.isFull()) {
        refused++;
      } else {
        var id = id(number++);
        window.entered(id, nanos);
        line.add(new Waiting(id, nanos));
      }
    }
  }

  /** The next block takes so many of those that are {@code late} at least, and is executed now. */
  private void take(int count, Duration late) {
    for (int i = 0; i < count && !line.isEmpty(); i++) {
      if (nanos - line.getFirst().sinceNanos() < late.toNanos()) {
        break;
      }
      var next = line.removeFirst();
      lastWait = (nanos - next.sinceNanos()) / 1_000_000;
      window.executed(next.id(), nanos);
    }
    window.blockExecuted(nanos);
  }

  private void run(int blocks, int offered, int taken) {
    run(blocks, offered, taken, Duration.ZERO);
  }

  private void run(int blocks, int offered, int taken, Duration late) {
    for (int i = 0; i < blocks; i++) {
      offer(offered);
      take(taken, late);
    }
  }

  @Test
  void letsInWhatIsDecidedInTime() {
    run(1_000, 200, 400);
    assertThat(refused).isZero();
    assertThat(line).isEmpty();
  }

  @Test
  void boundsTheWaitHoweverMuchIsOffered() {
    for (int offered : new int[] {800, 4_000}) {
      run(200, offered, 400);
      long refusedBefore = refused;
      for (int i = 0; i < 500; i++) {
        run(1, offered, 400);
        assertThat(lastWait).isLessThan(2 * WAIT);
        assertThat(line).as("the ledger is never short of work").hasSizeGreaterThan(400);
      }
      assertThat(refused - refusedBefore).isGreaterThan(500L * (offered - 450));
    }
  }

  /** A ledger across oceans needs a second for what does not wait at all. */
  @Test
  void aLedgerWithLongWaysHasALargerWindow() {
    var ways = Duration.ofSeconds(1);
    run(200, 500, 1_000, ways);
    assertThat(refused).isZero();
    run(1_000, 2_000, 1_000, ways);
    long takenBefore = number - line.size();
    run(100, 2_000, 1_000, ways);
    assertThat(number - line.size() - takenBefore).as("100 blocks").isGreaterThan(95_000);
    assertThat(lastWait).isLessThan(ways.toMillis() + 2 * WAIT);
  }

  @Test
  void someMayWaitInAnyCase() {
    run(300, 1_000, 1);
    assertThat(line).hasSizeGreaterThanOrEqualTo(AdmissionWindow.ALWAYS);
    while (line.size() >= AdmissionWindow.ALWAYS) {
      take(1, Duration.ZERO);
    }
    assertThat(window.isFull()).isFalse();
  }

  @Test
  void opensAgainWhenTheLedgerIsQuickAgain() {
    run(300, 1_000, 100);
    assertThat(refused).isPositive();
    run(300, 100, 1_000);
    refused = 0;
    offer(4_000);
    assertThat(refused).isZero();
  }

  /** Under a load that never ends the shortest wait is one of those that the window allows. */
  @Test
  void anOverloadThatNeverEndsDoesNotStretchTheWaitFurtherAndFurther() {
    run((int) AdmissionWindow.MEMORY.multipliedBy(6).dividedBy(BLOCK), 200, 100);
    for (int i = 0; i < 200; i++) {
      run(1, 200, 100);
      assertThat(lastWait).isLessThan(3 * WAIT);
    }
  }

  @Test
  void whoSendsMuchKeepsNobodyOut() {
    var small = new AdmissionWindow(2);
    small.entered(id(0), 0);
    small.entered(id(1), 0);
    assertThat(small.isFullFor(2)).isTrue();
    assertThat(small.isFullFor(0)).isFalse();
    small.entered(id(2), 0);
    small.entered(id(3), 0);
    assertThat(small.isFullFor(0)).as("there is an end to that").isTrue();
  }

  @Test
  void whatIsDroppedMakesRoomAndSaysNothing() {
    var small = new AdmissionWindow(1);
    var id = id(0);
    small.entered(id, 0);
    assertThat(small.isFull()).isTrue();
    small.dropped(id);
    small.executed(id, Long.MAX_VALUE / 4);
    small.blockExecuted(Long.MAX_VALUE / 4);
    assertThat(small.isFull()).isFalse();
  }
}
