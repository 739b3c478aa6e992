package dev.sampo.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Three missed heartbeats mean offline (S15). */
class HeartbeatsTest {

  private final Heartbeats heartbeats = new Heartbeats(3);

  @Test
  void threeUnansweredHeartbeatsMeanOffline() {
    heartbeats.next(0);
    heartbeats.next(1);
    assertThat(heartbeats.isOffline()).isFalse();

    heartbeats.next(2);

    assertThat(heartbeats.isOffline()).isTrue();
  }

  @Test
  void answerToTheNewestCoversTheEarlier() {
    heartbeats.next(0);
    heartbeats.next(1);
    var newest = heartbeats.next(100);

    assertThat(heartbeats.answered(newest, 130)).isTrue();

    assertThat(heartbeats.isOffline()).isFalse();
    assertThat(heartbeats.roundTrip()).contains(Duration.ofNanos(30));
  }

  @Test
  void answerToAnEarlierOneLeavesTheLaterMissing() {
    var first = heartbeats.next(0);
    heartbeats.next(1);
    heartbeats.next(2);

    heartbeats.answered(first, 3);
    assertThat(heartbeats.isOffline()).isFalse();
    heartbeats.next(4);

    assertThat(heartbeats.isOffline()).isTrue();
  }

  @Test
  void pauseOfThisProcessIsNotAMissedHeartbeat() {
    heartbeats.next(0);

    var next = heartbeats.next(Duration.ofHours(1).toNanos());

    assertThat(next.number()).isEqualTo(2);
    assertThat(heartbeats.isOffline()).isFalse();
  }

  @Test
  void answerToAHeartbeatNeverSentIsNoAnswer() {
    heartbeats.next(0);

    assertThat(heartbeats.answered(new Frame.Heartbeat(2), 1)).isFalse();
    assertThat(heartbeats.answered(new Frame.Heartbeat(0), 1)).isFalse();
    assertThat(heartbeats.answered(new Frame.Heartbeat(-1), 1)).isFalse();
    assertThat(heartbeats.roundTrip()).isEmpty();
  }
}
