package dev.sampo.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.types.LedgerId;
import dev.sampo.node.peer.StreamSettings.Overflow;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A queue to a peer that does not read stays within its bounds (architecture, Limits). */
class OutboundQueueTest {

  private static final LedgerId LEDGER = LedgerId.fromHex("aa".repeat(32));
  private static final LedgerId OTHER = LedgerId.fromHex("bb".repeat(32));

  private static StreamSettings limits(Overflow overflow) {
    return new StreamSettings(50, 3, 60, overflow, Duration.ofNanos(100), 3, 1, 1);
  }

  private static ByteString frame(int mark, int size) {
    var bytes = new byte[size];
    bytes[0] = (byte) mark;
    return ByteString.fromArray(bytes);
  }

  @Test
  void framesLeaveInTheOrderInWhichTheyCame() {
    var queue = new OutboundQueue(limits(Overflow.DROP_OLDEST));
    queue.offer(LEDGER, frame(1, 5), 0);
    queue.offer(LEDGER, frame(2, 5), 0);

    assertThat(queue.take()).isEqualTo(frame(1, 5));
    assertThat(queue.take()).isEqualTo(frame(2, 5));
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.bytes()).isZero();
  }

  @Test
  void fullQueueOfVotesDropsTheOldest() {
    var queue = new OutboundQueue(limits(Overflow.DROP_OLDEST));
    for (int i = 1; i <= 3; i++) {
      assertThat(queue.offer(LEDGER, frame(i, 5), 0)).isZero();
    }

    assertThat(queue.offer(LEDGER, frame(4, 5), 0)).isEqualTo(1);

    assertThat(queue.frames()).isEqualTo(3);
    assertThat(queue.take()).isEqualTo(frame(2, 5));
  }

  @Test
  void fullQueueOfBodiesDropsTheNewest() {
    var queue = new OutboundQueue(limits(Overflow.DROP_NEWEST));
    for (int i = 1; i <= 3; i++) {
      queue.offer(LEDGER, frame(i, 5), 0);
    }

    assertThat(queue.offer(LEDGER, frame(4, 5), 0)).isEqualTo(1);

    assertThat(queue.frames()).isEqualTo(3);
    assertThat(queue.take()).isEqualTo(frame(1, 5));
  }

  @Test
  void bytesAreLimitedToo() {
    var queue = new OutboundQueue(limits(Overflow.DROP_OLDEST));
    queue.offer(LEDGER, frame(1, 25), 0);
    queue.offer(LEDGER, frame(2, 25), 0);

    assertThat(queue.offer(LEDGER, frame(3, 55), 0)).isEqualTo(2);

    assertThat(queue.bytes()).isEqualTo(55);
  }

  @Test
  void staleFramesMakeRoom() {
    var queue = new OutboundQueue(limits(Overflow.DROP_NEWEST));
    for (int i = 1; i <= 3; i++) {
      queue.offer(LEDGER, frame(i, 5), 10L * i);
    }
    assertThat(queue.dropStale(110)).isZero();

    assertThat(queue.offer(LEDGER, frame(4, 5), 115)).isEqualTo(1);

    assertThat(queue.take()).isEqualTo(frame(2, 5));
    assertThat(queue.dropStale(1_000)).isEqualTo(2);
    assertThat(queue.bytes()).isZero();
  }

  @Test
  void ledgersTakeTurns() {
    var queue =
        new OutboundQueue(
            new StreamSettings(50, 9, 90, Overflow.DROP_OLDEST, Duration.ofSeconds(1), 3, 1, 1));
    for (int i = 1; i <= 3; i++) {
      queue.offer(LEDGER, frame(i, 5), 0);
    }
    queue.offer(OTHER, frame(11, 5), 0);
    queue.offer(OTHER, frame(12, 5), 0);

    assertThat(queue.take()).isEqualTo(frame(1, 5));
    assertThat(queue.take()).isEqualTo(frame(11, 5));
    assertThat(queue.take()).isEqualTo(frame(2, 5));
    assertThat(queue.take()).isEqualTo(frame(12, 5));
    assertThat(queue.take()).isEqualTo(frame(3, 5));
    assertThat(queue.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aFloodOfOneLedgerKeepsNoOtherOut(Overflow overflow) {
    var queue = new OutboundQueue(limits(overflow));
    for (int i = 1; i <= 20; i++) {
      queue.offer(LEDGER, frame(i, 5), 0);
    }
    assertThat(queue.offer(OTHER, frame(99, 5), 0)).isEqualTo(1);
    for (int i = 21; i <= 40; i++) {
      queue.offer(LEDGER, frame(i, 5), 0);
    }

    assertThat(queue.frames()).isEqualTo(3);
    assertThat(List.of(queue.take(), queue.take())).contains(frame(99, 5));
  }

  @Test
  void theLedgerThatHoldsMostBytesGivesWay() {
    var queue = new OutboundQueue(limits(Overflow.DROP_NEWEST));
    queue.offer(LEDGER, frame(1, 20), 0);
    queue.offer(LEDGER, frame(2, 30), 0);

    assertThat(queue.offer(OTHER, frame(11, 20), 0)).isEqualTo(1);

    assertThat(queue.bytes()).isEqualTo(40);
  }

  @Test
  void whatAloneIsLargestGivesWayToWhatIsThere() {
    var queue = new OutboundQueue(limits(Overflow.DROP_NEWEST));
    queue.offer(LEDGER, frame(1, 15), 0);
    queue.offer(LEDGER, frame(2, 15), 0);

    assertThat(queue.offer(OTHER, frame(11, 50), 0)).isEqualTo(1);

    assertThat(queue.bytes()).isEqualTo(30);
  }
}
