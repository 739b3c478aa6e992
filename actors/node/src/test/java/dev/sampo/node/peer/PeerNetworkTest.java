package dev.sampo.node.peer;

import static dev.sampo.core.message.PeerStream.BODIES;
import static dev.sampo.core.message.PeerStream.VOTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sampo.core.types.Bytes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peer links between honest validators (S1, S12, S15; faults 13 and 14). */
@Timeout(120)
class PeerNetworkTest {

  private static final Bytes VOTE = Bytes.fromHex("0102");

  private final TestValidators validators = new TestValidators(3);

  private static PeerSettings settings(
      int port, StreamSettings bodies, ReconnectSettings reconnect) {
    var defaults = PeerSettings.loopback(port);
    return new PeerSettings(
        defaults.bindHost(),
        port,
        defaults.votes(),
        bodies,
        reconnect,
        defaults.connectTimeout(),
        defaults.handshakeTimeout(),
        defaults.unauthenticatedMax(),
        Duration.ofMillis(100),
        Duration.ofSeconds(5));
  }

  @Test
  void framesReachEveryPeerOnBothStreams() {
    var body = Bytes.owning(new byte[1_500_000]);
    try (var first = TestPeer.start(validators, 0);
        var second = TestPeer.start(validators, 1);
        var third = TestPeer.start(validators, 2)) {
      first.awaitUp(1).awaitUp(2);
      third.awaitUp(0).awaitUp(1);

      first.broadcast(VOTES, VOTE);
      first.broadcast(BODIES, body);
      third.send(BODIES, VOTE, 1);

      second.awaitFrame(0, VOTES, VOTE);
      third.awaitFrame(0, VOTES, VOTE);
      second.awaitFrame(0, BODIES, body);
      third.awaitFrame(0, BODIES, body);
      second.awaitFrame(2, BODIES, VOTE);
      assertThat(first.received).isEmpty();
      assertThat(second.received).hasSize(3);
      assertThat(first.registry.get("sampo.peer.reachable").tag("peer", "1").gauge().value())
          .isEqualTo(1);
      assertThat(
              second
                  .registry
                  .get("sampo.peer.bytes")
                  .tags("peer", "0", "stream", "bodies", "direction", "in")
                  .counter()
                  .count())
          .isEqualTo(body.length());
    }
  }

  @Test
  @Tag("fault-13")
  void restartedPeerIsReachedWithoutWaitingForTheBackOff() {
    var patient =
        new ReconnectSettings(
            Duration.ofMinutes(5), Duration.ofMinutes(5), 5, Duration.ofMinutes(5));
    try (var first =
        TestPeer.start(
            validators, 0, settings(validators.port(0), StreamSettings.BODIES, patient))) {
      try (var second = TestPeer.start(validators, 1)) {
        first.awaitUp(1);
        second.awaitUp(0);
      }
      first.awaitDown(1);
      await().until(() -> !first.statusOf(1).votesArrive());
      first.events.clear();
      try (var again = TestPeer.start(validators, 1)) {
        first.awaitUp(1);
        again.awaitUp(0);
        first.send(VOTES, VOTE, 1);
        again.awaitFrame(0, VOTES, VOTE);
        assertThat(first.statusOf(1).votes().redials()).isPositive();
      }
    }
  }

  @Test
  @Tag("fault-13")
  void peerThatNoLongerAnswersIsDownAlthoughItsConnectionStaysOpen() throws Exception {
    try (var silent = new RawListener(validators, 1);
        var first =
            TestPeer.start(
                validators,
                0,
                settings(validators.port(0), StreamSettings.BODIES, ReconnectSettings.DEFAULT))) {
      first.awaitUp(1);

      silent.fallSilent();

      first.awaitDown(1);
      await()
          .until(
              () ->
                  first.statusOf(1).votes().lastFailure().equals(Optional.of("missed_heartbeats")));
      assertThat(first.statusOf(1).lastHeard()).isPresent();
    }
  }

  @Test
  void absentPeerOpensTheBreakerAndStaysDown() {
    var quick =
        new ReconnectSettings(
            Duration.ofMillis(1), Duration.ofMillis(10), 5, Duration.ofMinutes(5));
    try (var first =
        TestPeer.start(validators, 0, settings(validators.port(0), StreamSettings.BODIES, quick))) {
      await().until(() -> first.statusOf(1).votes().breaker() == Breaker.OPEN);

      var status = first.statusOf(1);
      assertThat(status.isReachable()).isFalse();
      assertThat(status.lastHeard()).isEmpty();
      assertThat(status.votes().redials()).isEqualTo(4);
      assertThat(status.votes().lastFailure()).isPresent();
      assertThat(first.events).noneMatch(PeerEvent.PeerUp.class::isInstance);
    }
  }

  @Test
  @Tag("fault-14")
  void votesArriveWhileBodiesAreStuck() {
    var narrow =
        new StreamSettings(
            1 << 20,
            64,
            4 << 20,
            StreamSettings.Overflow.DROP_NEWEST,
            Duration.ofMinutes(1),
            1_000,
            1_000,
            64 << 20);
    var body = Bytes.owning(new byte[1 << 20]);
    FrameRecipient stuckOnBodies =
        (sender, stream, frame) -> stream == VOTES ? TestPeer.done() : new CompletableFuture<>();
    try (var first =
            TestPeer.start(
                validators, 0, settings(validators.port(0), narrow, ReconnectSettings.DEFAULT));
        var second =
            TestPeer.start(
                validators,
                1,
                settings(validators.port(1), narrow, ReconnectSettings.DEFAULT),
                stuckOnBodies)) {
      first.awaitUp(1);
      await().until(() -> first.statusOf(1).bodies().isEstablished());
      await()
          .atMost(TestPeer.PATIENCE)
          .until(
              () -> {
                first.send(BODIES, body, 1);
                return first.dropped(1, BODIES) > 0;
              });
      second.awaitFrame(0, BODIES, body);

      first.send(VOTES, VOTE, 1);

      second.awaitFrame(0, VOTES, VOTE);
      assertThat(second.received).filteredOn(frame -> frame.stream() == BODIES).hasSize(1);
      // The kernel's buffers may have grown and taken what was queued.
      await()
          .until(
              () -> {
                first.send(BODIES, body, 1);
                return first.statusOf(1).bodies().queuedBytes() > 0;
              });
      assertThat(first.statusOf(1).bodies().queuedBytes()).isLessThanOrEqualTo(4 << 20);
      assertThat(first.statusOf(1).isReachable()).isTrue();
    }
  }

  @Test
  void frameThatFitsNoLinkIsDroppedAndCounted() {
    try (var first = TestPeer.start(validators, 0)) {
      first.send(VOTES, Bytes.owning(new byte[VOTES.frameBytesMax() + 1]), 1);
      first.send(VOTES, Bytes.EMPTY, 1);

      await().until(() -> first.dropped(1, VOTES) == 2);
    }
  }

  @Test
  void recipientThatFailsLosesOnlyThatConnection() {
    FrameRecipient failing =
        (sender, stream, frame) -> {
          if (stream == VOTES) {
            throw new IllegalStateException("expected by the test");
          }
          return TestPeer.done();
        };
    try (var first = TestPeer.start(validators, 0);
        var second =
            TestPeer.start(validators, 1, PeerSettings.loopback(validators.port(1)), failing)) {
      first.awaitUp(1);
      first.send(VOTES, VOTE, 1);
      await().until(() -> second.refused(Refusal.RECIPIENT_FAILED) == 1);
      first.awaitDown(1);

      first.send(BODIES, VOTE, 1);
      second.awaitFrame(0, BODIES, VOTE);
    }
  }

  @Test
  void portInUseIsReportedAsSuch() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var peer = TestPeer.start(validators, 0, PeerSettings.loopback(other.getLocalPort()))) {
      peer.awaitEvent(
          event ->
              event instanceof PeerEvent.ListenFailed(var reason)
                  && reason.contains(Integer.toString(other.getLocalPort())));
    }
  }

  @Test
  void refusesToStartWithoutTheAddressOfEveryPeer() {
    var addresses = validators.addressesOfPeersOf(1);

    assertThatThrownBy(
            () ->
                PeerNetwork.create(
                    validators.identity(0),
                    addresses,
                    PeerSettings.loopback(0),
                    null,
                    new SimpleMeterRegistry()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1, 2]");
  }
}
