package dev.sampo.cluster.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeMetersTest {

  private final NodeMeters meters =
      new NodeMeters(
          """
          # HELP sampo_peer_bytes_total bytes
          # TYPE sampo_peer_bytes_total counter
          sampo_peer_bytes_total{direction="in",peer="1"} 5.0
          sampo_peer_bytes_total{direction="out",peer="1"} 6.0
          sampo_peer_bytes_total{direction="out",peer="2"} 1.2E3
          sampo_peer_bytes_total_of_another{direction="out"} 7.0
          sampo_ledger_height 42.0
          sampo_broken many
          """
              .lines()
              .toList());

  @Test
  void seriesWithTheLabelAreAdded() throws IOException {
    assertThat(meters.sum("sampo_peer_bytes_total", "direction=\"out\"")).isEqualTo(1206);
    assertThat(meters.sum("sampo_peer_bytes_total", "")).isEqualTo(1211);
    assertThat(meters.sum("sampo_ledger_height", "")).isEqualTo(42);
  }

  @Test
  void whatIsMissingOrNoNumberIsAFault() {
    assertThatThrownBy(() -> meters.sum("sampo_ledger", "")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> meters.sum("sampo_broken", "")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> new NodeMeters(List.of()).sum("sampo_ledger_height", ""))
        .isInstanceOf(IOException.class);
  }
}
