package dev.sampo.node.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.relay.RelayCursor;
import dev.sampo.core.packet.relay.RelayStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("4.1: how far a relay is with a link")
final class LinkProgressTest {

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Carried SOMETHING =
      new Carried(
          List.of(new Carried.Operation("main", RelayStep.RECEIVE, Optional.empty())),
          RelayCursor.START,
          Duration.ZERO);
  private static final Carried NOTHING = new Carried(List.of(), RelayCursor.START, Duration.ZERO);

  private final LinkProgress progress =
      new LinkProgress(new RelayLink(null, null, new ChannelId("there")));
  private Duration now = Duration.ZERO;

  private void round(Duration takes, Carried carried) {
    progress.begin(now);
    now = now.plus(takes);
    progress.succeed(carried, now);
  }

  @Test
  @DisplayName("it leaves packets to others as long as three of its own rounds, a second at least")
  void isAsPatientAsRoundsAreLong() {
    assertThat(progress.step(LEAST)).isEqualTo(LEAST);
    round(Duration.ofMillis(200), SOMETHING);
    assertThat(progress.step(LEAST)).isEqualTo(LEAST);

    for (int i = 0; i < 60; i++) {
      round(Duration.ofSeconds(2), SOMETHING);
    }

    assertThat(progress.step(LEAST)).isBetween(Duration.ofMillis(5_900), Duration.ofSeconds(6));
  }

  @Test
  @DisplayName("it learns from rounds in vain too, and is never so patient that packets time out")
  void staysBelowAnyTimeout() {
    progress.begin(now);
    now = now.plusSeconds(15);
    progress.fail(SOMETHING, now);

    assertThat(progress.step(LEAST)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  @DisplayName("it pauses longer each time that nothing came further, up to about a minute")
  void pausesWhenNothingHelps() {
    assertThat(progress.fail(SOMETHING, now)).isEqualTo(Duration.ofSeconds(1));
    assertThat(progress.isFirstFailure()).isTrue();
    assertThat(progress.fail(now)).isEqualTo(Duration.ofSeconds(2));
    assertThat(progress.mayRun(now.plusMillis(1_999))).isFalse();
    assertThat(progress.mayRun(now.plusSeconds(2))).isTrue();
    for (int i = 0; i < 10; i++) {
      progress.fail(now);
    }
    assertThat(progress.fail(now)).isEqualTo(Duration.ofSeconds(64));

    round(Duration.ofMillis(200), SOMETHING);
    assertThat(progress.fail(now)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("a packet that is refused does not stop those that are not; a new anchor is no help")
  void isInVainIfNoPacketCameFurther() {
    var refused = operation(RelayStep.RECEIVE, Optional.of("RATE_LIMITED"));
    var updated = operation(RelayStep.UPDATE, Optional.empty());
    var received = operation(RelayStep.RECEIVE, Optional.empty());

    assertThat(carried(updated, refused).whyInVain()).contains("RATE_LIMITED");
    assertThat(carried(updated, refused, received).whyInVain()).isEmpty();
    assertThat(carried(updated).whyInVain()).isEmpty();
    assertThat(NOTHING.whyInVain()).isEmpty();
  }

  private static Carried.Operation operation(RelayStep step, Optional<String> refusal) {
    return new Carried.Operation("main", step, refusal);
  }

  private static Carried carried(Carried.Operation... operations) {
    return new Carried(List.of(operations), RelayCursor.START, Duration.ZERO);
  }

  @Test
  @DisplayName("a round in which there was nothing to do says nothing")
  void learnsFromRoundsThatDidSomething() {
    round(Duration.ofSeconds(2), SOMETHING);
    for (int i = 0; i < 60; i++) {
      round(Duration.ofMillis(1), NOTHING);
    }

    assertThat(progress.step(LEAST)).isEqualTo(Duration.ofSeconds(6));
  }
}
