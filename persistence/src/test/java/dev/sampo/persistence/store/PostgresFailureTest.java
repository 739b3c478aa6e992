package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.LEDGER;
import static dev.sampo.persistence.store.Directories.MEMORY;
import static dev.sampo.persistence.store.Directories.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.types.PublicKey;
import dev.sampo.persistence.store.CuttableProxy.Cut;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Protocol V2: of a write without an answer nothing is acknowledged, and nothing is tried again.
 */
class PostgresFailureTest {

  @TempDir private Path temporary;
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final PublicKey validator = Databases.anyValidator();

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  @Tag("fault-47")
  @Tag("fault-48")
  @DisplayName("V2: a commit whose result is unknown is not acknowledged, and ends the store")
  void aCommitWithoutAnAnswer(Cut cut) throws Exception {
    var direct = new PostgresReplicas(Databases.access(), validator);
    direct.init(LEDGER);
    try (var proxy = new CuttableProxy(Databases.port());
        var store = open(proxy.port())) {
      store.write(store.writerEpoch(), List.of(put("first")));
      proxy.cutNextCommit(cut);

      assertThatThrownBy(() -> store.write(store.writerEpoch(), List.of(put("promise"))))
          .isInstanceOf(StoreFailed.class);

      proxy.cutNextCommit(Cut.NONE);
      assertThatThrownBy(() -> store.write(store.writerEpoch(), List.of(put("later"))))
          .isInstanceOf(StoreFailed.class);
      assertThat(failures).hasSize(1);
    }
    try (var next = direct.open(LEDGER, MEMORY, failures::add)) {
      boolean wasDone = cut == Cut.BEFORE_THE_CLIENT_HEARS_OF_IT;
      assertThat(next.get(Family.META, text("first"))).isPresent();
      assertThat(next.get(Family.META, text("promise")).isPresent()).isEqualTo(wasDone);
      assertThat(next.get(Family.META, text("later"))).isEmpty();
    }
  }

  @Test
  @Tag("fault-47")
  @DisplayName("V2: a server that may forget is refused; one that was restarted is read again")
  void aServerThatIsRestarted() throws Exception {
    int port = freePort();
    NodeStore running;
    try (var _ = Databases.start(temporary, port, true)) {
      new PostgresReplicas(Databases.access(port), validator).init(LEDGER);
      running = open(port);
      running.write(running.writerEpoch(), List.of(put("first")));
    }
    try (var store = running) {
      assertThatThrownBy(() -> store.write(store.writerEpoch(), List.of(put("second"))))
          .isInstanceOf(StoreFailed.class);
      assertThat(failures).hasSize(1);
    }
    try (var _ = Databases.start(temporary, port, false)) {
      assertThatThrownBy(() -> open(port))
          .isInstanceOf(RefusedStart.class)
          .hasMessageContaining("fsync = off")
          .hasMessageContaining("synchronous_commit = off");
    }
    try (var _ = Databases.start(temporary, port, true);
        var store = open(port)) {
      assertThat(store.writerEpoch()).isEqualTo(2);
      assertThat(store.get(Family.META, text("first"))).isPresent();
      assertThat(store.get(Family.META, text("second"))).isEmpty();
      store.write(store.writerEpoch(), List.of(put("second")));
    }
  }

  private NodeStore open(int port) throws RefusedStart {
    return new PostgresReplicas(Databases.access(port), validator)
        .open(LEDGER, MEMORY, failures::add);
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Change put(String key) {
    return new Change.Put(Family.META, text(key), text(key));
  }
}
