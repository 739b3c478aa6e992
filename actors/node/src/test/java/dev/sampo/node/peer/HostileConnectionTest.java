package dev.sampo.node.peer;

import static dev.sampo.core.message.PeerStream.BODIES;
import static dev.sampo.core.message.PeerStream.VOTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.wire.WireWriter;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a listener does with those who are not, or do not behave like, a peer (faults 13, 15, 67,
 * 85).
 */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT) // each test has peers of its own, and mostly waits
@Order(1)
class HostileConnectionTest {

  private static final Bytes VOTE = Bytes.fromHex("0102");
  private static final ValidatorIndex SELF = ValidatorIndex.of(0);

  private final TestValidators validators = new TestValidators(3);
  private TestPeer victim;
  private TestPeer honest;

  @BeforeEach
  void start() {
    victim = TestPeer.start(validators, 0, strict()).awaitListening();
    honest = TestPeer.start(validators, 1).awaitUp(0);
    await().atMost(TestPeer.PATIENCE).until(() -> honest.statusOf(0).bodies().isEstablished());
  }

  @AfterEach
  void stop() {
    victim.close();
    honest.close();
  }

  private PeerSettings strict() {
    var defaults = PeerSettings.loopback(validators.port(0));
    var votes =
        new StreamSettings(
            1_024,
            16,
            4_096,
            StreamSettings.Overflow.DROP_OLDEST,
            Duration.ofSeconds(10),
            10,
            50,
            1 << 20);
    return new PeerSettings(
        defaults.bindHost(),
        defaults.bindPort(),
        votes,
        defaults.bodies(),
        defaults.reconnect(),
        defaults.connectTimeout(),
        Duration.ofSeconds(3),
        4,
        Duration.ofMillis(500),
        Duration.ofSeconds(4));
  }

  private RawConnection secured(PeerTls tls) throws IOException {
    return RawConnection.secured(validators.port(0), tls);
  }

  private RawConnection admitted(PeerStream stream) throws IOException {
    return RawConnection.admitted(validators, 2, 0, stream);
  }

  /** The connection is closed and counted, nothing of it is delivered, and honest links go on. */
  private void assertRefused(RawConnection connection, Refusal reason) throws IOException {
    assertThat(connection.isClosedByPeer()).isTrue();
    await().until(() -> victim.refused(reason) == 1);
    assertThat(victim.received).noneMatch(frame -> frame.sender().number() == 2);
    honest.send(VOTES, VOTE, 0);
    victim.awaitFrame(1, VOTES, VOTE);
    assertThat(honest.events).noneMatch(PeerEvent.PeerDown.class::isInstance);
  }

  /** In TLS 1.3 a client learns only after its handshake that the server refused its key. */
  private void assertNotAuthenticated(PeerTls tls) throws IOException {
    try (var connection = secured(tls)) {
      assertThat(connection.isClosedByPeer()).isTrue();
    } catch (SSLException | SocketException refusedDuringHandshake) {
      assertThat(refusedDuringHandshake).hasMessageNotContaining("timed out");
    }
    await().until(() -> victim.refused(Refusal.UNAUTHENTICATED) == 1);
    assertThat(honest.events).noneMatch(PeerEvent.PeerDown.class::isInstance);
  }

  static Stream<Arguments> wrongHellos() {
    var recipient = ValidatorIndex.of(0);
    var sender = ValidatorIndex.of(2);
    LedgerId ledger = TestValidators.LEDGER;
    return Stream.of(
        Arguments.of(
            Refusal.UNKNOWN_VERSION,
            new Hello(Hello.VERSION + 1, ledger, VOTES, sender, recipient).encoded()),
        Arguments.of(
            Refusal.UNKNOWN_VERSION,
            new Hello(Hello.VERSION - 1, ledger, VOTES, sender, recipient).encoded()),
        Arguments.of(
            Refusal.FOREIGN_LEDGER,
            new Hello(Hello.VERSION, TestValidators.ledger(8), VOTES, sender, recipient).encoded()),
        Arguments.of(
            Refusal.WRONG_RECIPIENT,
            new Hello(Hello.VERSION, ledger, VOTES, sender, ValidatorIndex.of(1)).encoded()),
        Arguments.of(
            Refusal.WRONG_SENDER,
            new Hello(Hello.VERSION, ledger, VOTES, ValidatorIndex.of(1), recipient).encoded()),
        Arguments.of(
            Refusal.WRONG_SENDER,
            new Hello(Hello.VERSION, ledger, VOTES, recipient, recipient).encoded()),
        Arguments.of(
            Refusal.WRONG_SENDER,
            new Hello(Hello.VERSION, ledger, VOTES, ValidatorIndex.of(127), recipient).encoded()),
        Arguments.of(Refusal.MALFORMED_HELLO, Frame.encode(Frame.HELLO, VOTE)),
        Arguments.of(
            Refusal.MALFORMED_HELLO,
            Frame.encode(
                Frame.HELLO,
                WireWriter.encode(
                    out -> out.u16(Hello.VERSION).fixed(ledger.value()).u8(2).u16(2).u16(0)))),
        Arguments.of(
            Refusal.MALFORMED_HELLO,
            Frame.encode(
                Frame.HELLO,
                WireWriter.encode(
                    out -> out.u16(Hello.VERSION).fixed(ledger.value()).u8(0).u16(2).u16(60_000)))),
        Arguments.of(
            Refusal.MALFORMED_HELLO, Frame.encode(Frame.HELLO, Bytes.owning(new byte[4_000]))),
        Arguments.of(Refusal.MALFORMED_HELLO, Frame.encode(Frame.MESSAGE, VOTE)),
        Arguments.of(Refusal.MALFORMED_HELLO, new Frame.Heartbeat(1).encoded()));
  }

  @ParameterizedTest
  @MethodSource("wrongHellos")
  void wrongHelloIsRefused(Refusal reason, ByteString hello) throws IOException {
    try (var connection = secured(validators.tls(2)).write(hello)) {
      assertRefused(connection, reason);
    }
  }

  static Stream<Arguments> badFrames() {
    return Stream.of(
        Arguments.of(Refusal.FRAME_LENGTH, new byte[] {0, 0, 0, 0, 2}),
        Arguments.of(Refusal.FRAME_LENGTH, new byte[] {0x7f, -1, -1, -1, 2}),
        Arguments.of(Refusal.FRAME_LENGTH, new byte[] {-1, -1, -1, -1, 2}),
        Arguments.of(Refusal.FRAME_LENGTH, new byte[] {0, 0, 4, 1, 2}),
        Arguments.of(Refusal.FRAME_LENGTH, new byte[] {0, 0, 0, 1, 1, 0}),
        Arguments.of(Refusal.UNKNOWN_FRAME, new byte[] {0, 0, 0, 1, 4, 0}),
        Arguments.of(Refusal.MALFORMED_HOSTING, new byte[] {0, 0, 0, 2, 3, 0, 1}),
        Arguments.of(
            Refusal.FRAME_LENGTH, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
  }

  @ParameterizedTest
  @MethodSource("badFrames")
  @Tag("fault-15")
  void badFrameClosesThatConnectionOnly(Refusal reason, byte[] frame) throws IOException {
    try (var connection = admitted(VOTES).write(frame)) {
      assertRefused(connection, reason);
    }
  }

  @Test
  void streamCannotBeChangedByAnotherHello() throws IOException {
    var onOtherStream = validators.identity(2).hello(BODIES, SELF).encoded();
    try (var connection = admitted(VOTES).write(onOtherStream)) {
      assertRefused(connection, Refusal.UNEXPECTED_FRAME);
    }
  }

  @Test
  void helloOfAnotherValidatorCannotBeReplayed() throws IOException {
    var recorded = validators.identity(1).hello(VOTES, SELF).encoded();
    try (var connection = secured(validators.tls(2)).write(recorded)) {
      assertRefused(connection, Refusal.WRONG_SENDER);
    }
  }

  @Test
  @Tag("fault-15")
  void truncatedFrameIsForgotten() throws IOException {
    try (var connection = admitted(VOTES)) {
      connection.heartbeat(1);
      connection.write(new byte[] {0, 0, 0, 9, 2, 1, 1});
    }
    await().until(() -> !victim.statusOf(2).votesArrive());
    assertThat(victim.received).noneMatch(frame -> frame.sender().number() == 2);
  }

  @Test
  @Tag("fault-85")
  void keyOutsideTheValidatorSetIsRefused() throws IOException {
    assertNotAuthenticated(TestValidators.stranger());
  }

  @Test
  @Tag("fault-85")
  void ownKeyIsRefused() throws IOException {
    assertNotAuthenticated(validators.tls(0));
  }

  @Test
  @Tag("fault-85")
  void clientWithoutCertificateIsRefused() throws Exception {
    var anonymous = SSLContext.getInstance("TLSv1.3");
    anonymous.init(null, new TrustManager[] {new PinnedKeyTrust(any -> true)}, null);
    try (var socket =
        (SSLSocket) anonymous.getSocketFactory().createSocket("127.0.0.1", validators.port(0))) {
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      await().until(() -> victim.refused(Refusal.UNAUTHENTICATED) == 1);
    }
  }

  @Test
  @Tag("fault-85")
  void olderTlsIsRefused() throws Exception {
    var context = validators.tls(2).trusting(any -> true);
    try (var socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", validators.port(0))) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
      await().until(() -> victim.refused(Refusal.UNAUTHENTICATED) == 1);
    }
  }

  @Test
  @Tag("fault-15")
  void plainTextIsRefused() throws IOException {
    var request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    try (var connection = RawConnection.plain(validators.port(0)).write(request)) {
      assertRefused(connection, Refusal.UNAUTHENTICATED);
    }
  }

  @Test
  @Tag("fault-15")
  void randomBytesNeverDoMoreThanCloseTheConnection() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 30; i++) {
      var garbage = new byte[1 + random.nextInt(300)];
      random.nextBytes(garbage);
      try (var connection =
          i % 2 == 0
              ? RawConnection.plain(validators.port(0))
              : admitted(VOTES).write(new byte[] {0, 0, 1})) {
        connection.write(garbage);
      }
    }
    honest.send(VOTES, VOTE, 0);
    // Now and then random bytes are a frame, whose content is then for the codec to refuse.
    var vote = new TestPeer.Received(ValidatorIndex.of(1), VOTES, VOTE);
    await("seed " + seed).until(() -> victim.received.contains(vote));
    assertThat(honest.events).as("seed " + seed).noneMatch(PeerEvent.PeerDown.class::isInstance);
  }

  @Test
  @Tag("fault-13")
  void connectionThatDoesNotAuthenticateInTimeIsClosed() throws IOException {
    try (var silent = RawConnection.plain(validators.port(0))) {
      assertRefused(silent, Refusal.SLOW_HANDSHAKE);
    }
  }

  @Test
  @Tag("fault-13")
  void connectionThatNeverSaysHelloIsClosed() throws IOException {
    try (var silent = secured(validators.tls(2))) {
      assertRefused(silent, Refusal.SLOW_HANDSHAKE);
    }
  }

  @Test
  @Tag("fault-13")
  void connectionThatFallsSilentIsClosed() throws IOException {
    try (var connection = admitted(VOTES)) {
      connection.heartbeat(1);
      assertRefused(connection, Refusal.SILENT);
    }
  }

  @Test
  @Tag("fault-13")
  void unauthenticatedConnectionsAreLimited() throws IOException {
    var connections = new ArrayList<RawConnection>();
    try {
      for (int i = 0; i < 10; i++) {
        connections.add(RawConnection.plain(validators.port(0)));
      }
      await().until(() -> victim.refused(Refusal.TOO_MANY_CONNECTIONS) == 6);
      assertThat(connections.getLast().isClosedByPeer()).isTrue();
      assertThat(honest.events).noneMatch(PeerEvent.PeerDown.class::isInstance);
    } finally {
      for (var connection : connections) {
        connection.close();
      }
    }
    await().until(() -> victim.refused(Refusal.UNAUTHENTICATED) == 4);
    try (var connection = admitted(VOTES)) {
      connection.heartbeat(1);
    }
  }

  @Test
  void newerConnectionReplacesTheOlder() throws IOException {
    try (var older = admitted(VOTES)) {
      older.heartbeat(1);
      try (var newer = admitted(VOTES);
          var bodies = admitted(BODIES)) {
        newer.heartbeat(1);
        bodies.heartbeat(1);
        assertThat(older.isClosedByPeer()).isTrue();
        newer.heartbeat(2);
        assertThat(victim.statusOf(2).votesArrive()).isTrue();
        assertThat(victim.statusOf(2).bodiesArrive()).isTrue();
      }
    }
    await().until(() -> !victim.statusOf(2).votesArrive());
  }

  @Test
  @Tag("fault-67")
  void floodIsLeftInTheSocketOfItsSender() throws IOException {
    long began = System.nanoTime();
    try (var connection = admitted(VOTES)) {
      for (int i = 0; i < 200; i++) {
        connection.write(Frame.encode(Frame.MESSAGE, VOTE));
      }
      await().atMost(TestPeer.PATIENCE).until(() -> victim.received.size() == 200);
    }
    // 50 at once, then 50 in each second.
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(2_500));
  }

  @Test
  void listenerWithAnotherKeyIsNeverTakenForThePeer() throws IOException {
    // Validator 2's address answers with the key of validator 1.
    var swapped = PeerSettings.loopback(validators.port(2));
    try (var impostor = TestPeer.start(validators, 1, swapped).awaitListening()) {
      await().during(1, TimeUnit.SECONDS).until(() -> !victim.statusOf(2).isReachable());
      await().until(() -> victim.statusOf(2).votes().redials() > 0);
      assertThat(impostor.received).isEmpty();
      assertThat(victim.events).noneMatch(new PeerEvent.PeerUp(ValidatorIndex.of(2))::equals);
    }
  }
}
