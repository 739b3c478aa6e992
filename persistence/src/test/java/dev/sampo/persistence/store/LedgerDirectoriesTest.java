package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.LEDGER;
import static dev.sampo.persistence.store.Directories.VALIDATOR;
import static dev.sampo.persistence.store.Directories.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledgers that a node was given while it ran. */
class LedgerDirectoriesTest {

  private static final int BYTES_MAX = 16;
  private static final LedgerId FIRST = LedgerId.fromHex("cc".repeat(32));

  @TempDir private Path data;
  private LedgerDirectories ledgers;

  @BeforeEach
  void start() {
    ledgers = new LedgerDirectories(data, FIRST, VALIDATOR);
  }

  @Test
  void whatWasCreatedIsThereAtTheNextStart() throws Exception {
    ledgers.create(LEDGER, text("charter"));

    var next = new LedgerDirectories(data, FIRST, VALIDATOR);
    assertThat(next.charters(BYTES_MAX)).isEqualTo(Map.of(LEDGER, text("charter")));
    try (var store = next.open(LEDGER, Directories.MEMORY, failure -> {})) {
      assertThat(store.identity().ledger()).isEqualTo(LEDGER);
    }
  }

  @Test
  void theFirstLedgerIsTheDataDirectoryItselfAndHasNoCharter() throws Exception {
    NodeDirectory.init(data.resolve("node"), FIRST, VALIDATOR);
    var node = new LedgerDirectories(data.resolve("node"), FIRST, VALIDATOR);

    assertThat(node.charters(BYTES_MAX)).isEmpty();
    try (var store = node.open(FIRST, Directories.MEMORY, failure -> {})) {
      assertThat(store.identity().ledger()).isEqualTo(FIRST);
    }
  }

  @Test
  void aNodeThatWasGivenNoneHasNone() throws IOException {
    assertThat(ledgers.charters(BYTES_MAX)).isEmpty();
  }

  @Test
  void aLedgerIsCreatedOnce() throws IOException {
    ledgers.create(LEDGER, text("charter"));

    assertThatThrownBy(() -> ledgers.create(LEDGER, text("other")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("already");

    assertThat(ledgers.charters(BYTES_MAX)).isEqualTo(Map.of(LEDGER, text("charter")));
  }

  @Test
  void anInterruptedCreationIsMadeAnew() throws Exception {
    var home = Files.createDirectories(data.resolve("ledgers").resolve(LEDGER.hex()));
    NodeDirectory.init(home.resolve("replica"), LEDGER, VALIDATOR);
    Files.writeString(home.resolve("charter.new"), "cha");
    assertThat(ledgers.charters(BYTES_MAX)).isEmpty();

    ledgers.create(LEDGER, text("charter"));

    assertThat(ledgers.charters(BYTES_MAX)).isEqualTo(Map.of(LEDGER, text("charter")));
    ledgers.open(LEDGER, Directories.MEMORY, failure -> {}).close();
  }

  @Test
  void aCharterThatIsTooLongIsRefused() throws IOException {
    ledgers.create(LEDGER, text("c".repeat(BYTES_MAX + 1)));

    assertThatThrownBy(() -> ledgers.charters(BYTES_MAX))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer");
  }

  @Test
  void aLostReplicaIsNotMadeAnew() throws IOException {
    ledgers.create(LEDGER, text("charter"));
    Directories.delete(data.resolve("ledgers").resolve(LEDGER.hex()).resolve("replica"));

    assertThatThrownBy(() -> ledgers.open(LEDGER, Directories.MEMORY, failure -> {}))
        .isInstanceOf(RefusedStart.class);
  }

  @Test
  void aReplicaOfAnotherKeyIsRefused() throws IOException {
    ledgers.create(LEDGER, text("charter"));
    var stranger = new LedgerDirectories(data, FIRST, PublicKey.fromHex("dd".repeat(32)));

    assertThatThrownBy(() -> stranger.open(LEDGER, Directories.MEMORY, failure -> {}))
        .isInstanceOf(RefusedStart.class);
  }

  @Test
  void otherFilesAreLeftAlone() throws IOException {
    ledgers.create(LEDGER, text("charter"));
    Files.createDirectories(data.resolve("ledgers").resolve("lost+found"));
    Files.writeString(data.resolve("ledgers").resolve("notes"), "mine");

    assertThat(List.copyOf(ledgers.charters(BYTES_MAX).keySet())).containsExactly(LEDGER);
  }
}
