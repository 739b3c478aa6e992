package dev.sampo.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  /** A port that outgoing connections may take is gone when its user comes to listen there. */
  @Test
  void noneIsInARangeOfEphemeralPorts() {
    var ports = FreePorts.any(200);

    assertThat(ports).hasSize(200).doesNotHaveDuplicates().allMatch(port -> port < 32_768);
  }

  @Test
  void whatIsTakenIsNotFree() throws Exception {
    int port = FreePorts.any(1).getFirst();
    try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(FreePorts.consecutive(taken.getLocalPort(), 1)).isEmpty();
      assertThat(FreePorts.any(100)).doesNotContain(port);
    }
  }

  /** Two that ask at the same time hardly ever get the same one. */
  @Test
  void theyAreDrawnAnewEachTime() {
    var seen = new HashSet<Integer>();
    for (int i = 0; i < 50; i++) {
      seen.addAll(FreePorts.any(1));
    }
    assertThat(seen).hasSizeGreaterThan(25);
  }
}
