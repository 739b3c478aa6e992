package dev.sampo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.types.LedgerId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The circuit breaker of product.md S15. */
class EndpointTest {

  private static final LedgerId LEDGER = LedgerId.fromHex("ab".repeat(32));
  private static final long OPEN = TimeUnit.SECONDS.toNanos(Endpoint.OPEN_SECONDS);

  private final ClientLoop loop = new ClientLoop();

  @AfterEach
  void end() {
    loop.close();
  }

  @Test
  void opensAfterFiveFailuresInARowAndThenLetsOneThrough() {
    try (var endpoint = Endpoint.of("localhost:1", LEDGER, loop, new AnsweringNode())) {
      for (int i = 0; i < Endpoint.FAILURES_TO_OPEN; i++) {
        assertThat(endpoint.admits(0)).isTrue();
        endpoint.failed(0);
      }
      assertThat(endpoint.admits(OPEN - 1)).isFalse();
      assertThat(endpoint.admits(OPEN)).isTrue();
      assertThat(endpoint.admits(OPEN + 1)).isFalse();
      endpoint.succeeded();
      assertThat(endpoint.admits(OPEN + 2)).isTrue();
    }
  }

  @Test
  void onlyFailuresInARowCount() {
    try (var endpoint = Endpoint.of("localhost:1", LEDGER, loop, new AnsweringNode())) {
      for (int i = 0; i < 20; i++) {
        endpoint.failed(0);
        if (i % 4 == 3) {
          endpoint.succeeded();
        }
        assertThat(endpoint.admits(1)).isTrue();
      }
    }
  }

  @Test
  void aPoolLeavesOutWhatIsOpenWhileThereAreOthers() {
    try (var pool = new EndpointPool(List.of("localhost:1", "localhost:2"), LEDGER)) {
      var bad = pool.next();
      for (int i = 0; i < Endpoint.FAILURES_TO_OPEN; i++) {
        bad.failed(System.nanoTime());
      }
      for (int i = 0; i < 4; i++) {
        assertThat(pool.next()).isNotSameAs(bad);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:8080", "http://[::1]:8080/", "https://example.org"})
  void takesAddressesOfNodes(String address) {
    Endpoint.of(address, LEDGER, loop, new AnsweringNode()).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://localhost", "http://localhost/path", ":80", "a b"})
  void refusesWhatIsNoAddress(String address) {
    assertThatThrownBy(() -> Endpoint.of(address, LEDGER, loop, new AnsweringNode()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
