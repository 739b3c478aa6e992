package dev.sampo.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.Tail;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes between two ports, through a link that is cut and healed. */
final class PeerLinksTest {

  private static final int PATIENCE_MILLIS = 10_000;

  @Test
  void aPartitionHoldsBackWhatAHealLetsThrough() throws IOException {
    try (var first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var links = PeerLinks.open(List.of(first.getLocalPort(), second.getLocalPort()), 1);
        var dialled = new Socket(InetAddress.getLoopbackAddress(), links.port(0, 1));
        var accepted = second.accept()) {
      accepted.setSoTimeout(PATIENCE_MILLIS);
      dialled.getOutputStream().write(7);
      assertThat(accepted.getInputStream().read()).isEqualTo(7);

      assertThat(links.apply(new Fault.Partition(List.of(List.of(0), List.of(1))))).isTrue();
      dialled.getOutputStream().write(8);
      accepted.setSoTimeout(300);
      assertThatThrownBy(() -> accepted.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      assertThat(links.apply(new Fault.Heal())).isTrue();
      accepted.setSoTimeout(PATIENCE_MILLIS);
      assertThat(accepted.getInputStream().read()).isEqualTo(8);
    }
  }

  @Test
  void leavesProcessesToOthers() throws IOException {
    try (var links = PeerLinks.open(List.of(1, 2), 1)) {
      assertThat(links.apply(new Fault.Crash(0, Tail.KEPT))).isFalse();
      assertThat(links.port(0, 1)).isNotEqualTo(links.port(1, 0));
      assertThatThrownBy(() -> links.port(0, 0)).hasMessageContaining("not a link");
      assertThatThrownBy(() -> links.port(0, 2)).hasMessageContaining("no link");
    }
  }
}
