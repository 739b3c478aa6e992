package dev.sampo.simulation.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sampo.simulation.proxy.LinkCondition.Traffic;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class FaultProxyTest {

  private static final DirectedLink LINK = new DirectedLink(0, 1);
  private static final int PATIENCE_MILLIS = 5_000;

  private FaultProxy proxy;
  private ServerSocket receiver;
  private int port;

  @BeforeEach
  void open() throws IOException {
    receiver = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    receiver.setSoTimeout(PATIENCE_MILLIS);
    proxy = FaultProxy.start(7);
    port =
        proxy.open(
            LINK, new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.getLocalPort()));
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    receiver.close();
  }

  private Socket dial() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private Socket accept() throws IOException {
    var socket = receiver.accept();
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static byte[] pattern(int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }

  @Test
  void carriesBothWaysAndTheEnd() throws IOException {
    try (var dialler = dial();
        var acceptor = accept()) {
      var sent = pattern(200_000);
      dialler.getOutputStream().write(sent);
      assertThat(acceptor.getInputStream().readNBytes(sent.length)).isEqualTo(sent);

      acceptor.getOutputStream().write(5);
      assertThat(dialler.getInputStream().read()).isEqualTo(5);

      dialler.shutdownOutput();
      assertThat(acceptor.getInputStream().read()).isEqualTo(-1);
      acceptor.shutdownOutput();
      await().until(() -> proxy.traffic(LINK).connections() == 0);
      assertThat(proxy.traffic(LINK).bytes()).isEqualTo(sent.length + 1);
    }
  }

  @Test
  @Tag("fault-4")
  void aBlackholeHoldsWhatIsUnderWayUntilItEnds() throws IOException {
    try (var dialler = dial();
        var acceptor = accept()) {
      proxy.set(LINK, LinkCondition.CLEAR.with(Traffic.BLACKHOLED));
      dialler.getOutputStream().write(1);
      acceptor.setSoTimeout(150);
      assertThatThrownBy(() -> acceptor.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      proxy.set(LINK, LinkCondition.CLEAR);
      acceptor.setSoTimeout(PATIENCE_MILLIS);
      assertThat(acceptor.getInputStream().read()).isEqualTo(1);
    }
  }

  @Test
  @Tag("fault-13")
  void aBlackholeDoesNotAnswerNewConnections() throws IOException {
    proxy.set(LINK, LinkCondition.CLEAR.with(Traffic.BLACKHOLED));
    receiver.setSoTimeout(150);
    try (var dialler = dial()) {
      dialler.getOutputStream().write(1);
      assertThatThrownBy(this::accept).isInstanceOf(SocketTimeoutException.class);

      receiver.setSoTimeout(PATIENCE_MILLIS);
      proxy.set(LINK, LinkCondition.CLEAR);
      try (var acceptor = accept()) {
        assertThat(acceptor.getInputStream().read()).isEqualTo(1);
      }
    }
  }

  @Test
  @Tag("fault-13")
  void aRefusalResetsOldAndNewConnections() throws IOException {
    try (var dialler = dial();
        var acceptor = accept()) {
      proxy.set(LINK, LinkCondition.CLEAR.with(Traffic.REFUSED));
      assertReset(dialler);
      assertReset(acceptor);
      try (var late = dial()) {
        assertReset(late);
      }
    }
    assertThat(proxy.traffic(LINK).broken()).isEqualTo(1);
  }

  @Test
  @Tag("fault-13")
  void aResetSparesLaterConnections() throws IOException {
    try (var dialler = dial();
        var acceptor = accept()) {
      proxy.reset(LINK);
      assertReset(dialler);
      assertReset(acceptor);
    }
    try (var dialler = dial();
        var acceptor = accept()) {
      dialler.getOutputStream().write(3);
      assertThat(acceptor.getInputStream().read()).isEqualTo(3);
    }
  }

  @Test
  @Tag("fault-1")
  void lossIsTheResetOfAConnection() throws IOException {
    proxy.set(LINK, LinkCondition.CLEAR.withResets(100));
    try (var dialler = dial();
        var acceptor = accept()) {
      dialler.getOutputStream().write(3);
      assertReset(acceptor);
    }
  }

  private static void assertReset(Socket socket) {
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  @Test
  @Tag("fault-2")
  void delaysAndKeepsTheOrder() throws IOException {
    proxy.set(LINK, LinkCondition.CLEAR.withDelay(Duration.ofMillis(60), Duration.ofMillis(120)));
    try (var dialler = dial();
        var acceptor = accept()) {
      var sent = pattern(100_000);
      long start = System.nanoTime();
      dialler.getOutputStream().write(sent);
      assertThat(acceptor.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(60));
    }
  }

  @Test
  @Tag("fault-14")
  void throttles() throws IOException {
    proxy.set(LINK, LinkCondition.CLEAR.withRate(200_000));
    try (var dialler = dial();
        var acceptor = accept()) {
      var sent = pattern(40_000);
      long start = System.nanoTime();
      dialler.getOutputStream().write(sent);
      assertThat(acceptor.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(190));
    }
  }

  @Test
  @Tag("fault-15")
  void flipsBits() throws IOException {
    proxy.set(LINK, LinkCondition.CLEAR.withCorruption(100));
    try (var dialler = dial();
        var acceptor = accept()) {
      var sent = pattern(1_000);
      dialler.getOutputStream().write(sent);
      var received = acceptor.getInputStream().readNBytes(sent.length);
      int flipped = 0;
      for (int i = 0; i < sent.length; i++) {
        flipped += Integer.bitCount((sent[i] ^ received[i]) & 0xff);
      }
      assertThat(flipped).isEqualTo(1);
    }
  }

  @Test
  @Tag("fault-15")
  void truncates() throws IOException {
    try (var dialler = dial();
        var acceptor = accept()) {
      await().until(() -> proxy.traffic(LINK).connections() == 1);
      proxy.truncate(LINK);
      var sent = pattern(1_000);
      dialler.getOutputStream().write(sent);
      assertThat(acceptor.getInputStream().readAllBytes())
          .isEqualTo(Arrays.copyOf(sent, sent.length / 2));
    }
  }

  @Test
  void aSenderFeelsThatTheReceiverDoesNotRead() throws IOException {
    try (var dialler =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      var acceptor = accept();
      dialler.configureBlocking(false);
      await()
          .during(Duration.ofMillis(200))
          .atMost(Duration.ofSeconds(10))
          .until(() -> written(dialler) == 0);
      acceptor.close();
    }
  }

  private static int written(SocketChannel channel) throws IOException {
    int total = 0;
    int last = 1;
    while (last > 0) {
      last = channel.write(ByteBuffer.allocate(64 << 10));
      total += last;
    }
    return total;
  }

  @Test
  void theClosedProxyHasNeitherConnectionsNorPorts() throws IOException {
    try (var dialler = dial();
        var acceptor = accept()) {
      await().until(() -> proxy.traffic(LINK).connections() == 1);
      proxy.close();
      assertReset(dialler);
      assertReset(acceptor);
      assertThatThrownBy(this::dial).isInstanceOf(ConnectException.class);
      assertThatThrownBy(() -> proxy.set(LINK, LinkCondition.CLEAR))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
