package dev.sampo.cluster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code bench -o json}: the figures that programs read are there and make sense. */
@ResourceLock(Sampo.CORES)
final class BenchIT {

  @TempDir private Path home;

  @Test
  void tellsWhatATransferCosts() throws IOException, InterruptedException {
    var result =
        new Sampo(home)
            .run(
                "bench",
                "--warm-up",
                "2s",
                "--windows",
                "3",
                "--window",
                "1s",
                "--in-flight",
                "64",
                "-o",
                "json");

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.out().lines()).hasSize(1);
    var json = result.json();
    assertThat(json.get("validators").asInt()).isEqualTo(4);
    assertThat(json.get("engine").asText()).isEqualTo("simplex");
    assertThat(json.get("verifier").asText()).isNotBlank();
    assertThat(json.get("windows")).hasSize(3);
    assertThat(json.get("rejected").asLong()).isZero();
    for (var figure :
        new String[] {
          "transfers_per_second",
          "p50_ms",
          "p99_ms",
          "p999_ms",
          "cpu_us_per_transfer_servers",
          "cpu_us_per_transfer_client",
          "syncs_per_block",
          "wire_bytes_per_transfer",
          "disk_bytes_per_transfer"
        }) {
      assertThat(json.get(figure).asDouble()).as(figure + " in " + result).isPositive();
    }
    assertThat(json.get("syncs_per_block").asDouble()).isLessThan(4);
    assertThat(json.get("p99_ms").asDouble()).isGreaterThanOrEqualTo(json.get("p50_ms").asDouble());
  }
}
