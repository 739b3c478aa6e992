package dev.sampo.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.node.peer.StreamSettings.Overflow;
import java.time.Duration;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** A queue to a peer that does not read stays within its bounds (architecture, Limits). */
class OutboundQueueTest {

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
    queue.offer(frame(1, 5), 0);
    queue.offer(frame(2, 5), 0);

    assertThat(queue.take()).isEqualTo(frame(1, 5));
    assertThat(queue.take()).isEqualTo(frame(2, 5));
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.bytes()).isZero();
  }

  @Test
  void fullQueueOfVotesDropsTheOldest() {
    var queue = new OutboundQueue(limits(Overflow.DROP_OLDEST));
    for (int i = 1; i <= 3; i++) {
      assertThat(queue.offer(frame(i, 5), 0)).isZero();
    }

    assertThat(queue.offer(frame(4, 5), 0)).isEqualTo(1);

    assertThat(queue.frames()).isEqualTo(3);
    assertThat(queue.take()).isEqualTo(frame(2, 5));
  }

  @Test
  void fullQueueOfBodiesDropsTheNewest() {
    var queue = new OutboundQueue(limits(Overflow.DROP_NEWEST));
    for (int i = 1; i <= 3; i++) {
      queue.offer(frame(i, 5), 0);
    }

    assertThat(queue.offer(frame(4, 5), 0)).isEqualTo(1);

    assertThat(queue.frames()).isEqualTo(3);
    assertThat(queue.take()).isEqualTo(frame(1, 5));
  }

  @Test
  void bytesAreLimitedToo() {
    var queue = new OutboundQueue(limits(Overflow.DROP_OLDEST));
    queue.offer(frame(1, 25), 0);
    queue.offer(frame(2, 25), 0);

    assertThat(queue.offer(frame(3, 55), 0)).isEqualTo(2);

    assertThat(queue.bytes()).isEqualTo(55);
  }

  @Test
  void staleFramesMakeRoom() {
    var queue = new OutboundQueue(limits(Overflow.DROP_NEWEST));
    for (int i = 1; i <= 3; i++) {
      queue.offer(frame(i, 5), 10L * i);
    }
    assertThat(queue.dropStale(110)).isZero();

    assertThat(queue.offer(frame(4, 5), 115)).isEqualTo(1);

    assertThat(queue.take()).isEqualTo(frame(2, 5));
    assertThat(queue.dropStale(1_000)).isEqualTo(2);
    assertThat(queue.bytes()).isZero();
  }
}
