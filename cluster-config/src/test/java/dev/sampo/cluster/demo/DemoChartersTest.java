package dev.sampo.cluster.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.crypto.Ed25519Suite;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.wire.Malformed;
import dev.sampo.node.ledger.LedgerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Further ledgers of a demo of five validators. */
@TestInstance(Lifecycle.PER_CLASS)
final class DemoChartersTest {

  private static final List<String> ALL = List.of("v1", "v2", "v3", "v4", "v5");

  private Path folder;
  private DemoLayout layout;
  private DemoPointer demo;
  private DemoCharters charters;

  @BeforeAll
  void layOut(@TempDir Path temporary) throws IOException {
    folder = temporary;
    layout = DemoLayout.in(folder, 5, LedgerParameters.DEFAULT, new SecureRandom());
    var validators =
        IntStream.range(0, 5)
            .mapToObj(
                i ->
                    new DemoPointer.Validator(
                        DemoLayout.nameOf(i), "a", "http://127.0.0.1:" + (9000 + i), 1))
            .toList();
    demo =
        new DemoPointer(
            1, layout.genesis().ledgerId(), layout.keys(), folder.resolve("c"), validators);
    charters = DemoCharters.of(demo);
  }

  @Test
  void aLedgerOfAllValidatorsBindsThemAndHasTheDemosAccountsAndParameters() throws IOException {
    var name = new LedgerName("bonds");

    var charter = charters.make(name, ALL);

    assertThat(charter.faults(new Ed25519Suite())).isEmpty();
    assertThat(charter.genesis().validators()).isEqualTo(layout.genesis().validators());
    assertThat(charter.genesis().parameters()).isEqualTo(layout.genesis().parameters());
    assertThat(charter.genesis().ledgerId()).isNotEqualTo(layout.genesis().ledgerId());
    assertHasTheSameAccountsButTheOneThatMoves(charter.genesis(), layout.genesis());
    assertThat(charters.find(name)).contains(charter);
    assertThat(charters.ledgers())
        .containsEntry(name, charter.genesis().ledgerId())
        .containsEntry(LedgerSettings.FIRST_NAME, layout.genesis().ledgerId());
    assertThat(charters.committee(charter)).isEqualTo(demo.validators());
  }

  /** M1: with its name there the account that moves would be sent back. */
  private static void assertHasTheSameAccountsButTheOneThatMoves(Genesis further, Genesis first) {
    try {
      var there = AssetsGenesis.decode(further.applicationState());
      var here = AssetsGenesis.decode(first.applicationState());
      var mover = new AccountId("mona");
      assertThat(here.accounts()).extracting(AssetsGenesis.Account::id).contains(mover);
      assertThat(there.accounts())
          .isEqualTo(here.accounts().stream().filter(it -> !it.id().equals(mover)).toList());
      assertThat(there.operators()).isEqualTo(here.operators());
      assertThat(here.shard().orElseThrow().isHomeOf(mover)).isTrue();
      assertThat(there.shard().orElseThrow().isHomeOf(mover)).isFalse();
      assertThat(there.shard().orElseThrow().rule()).isEqualTo(here.shard().orElseThrow().rule());
    } catch (Malformed malformed) {
      throw new AssertionError(malformed);
    }
  }

  @Test
  void someOfTheValidatorsCanHaveALedgerOfTheirOwn() throws IOException {
    var charter = charters.make(new LedgerName("few"), List.of("v5", "v1", "v2", "v4"));

    assertThat(charter.faults(new Ed25519Suite())).isEmpty();
    assertThat(charter.genesis().validators().keys())
        .doesNotContain(layout.validators().get(2).publicKey())
        .containsAll(
            IntStream.of(0, 1, 3, 4)
                .mapToObj(i -> layout.validators().get(i).publicKey())
                .toList());
    assertThat(charters.committee(charter))
        .extracting(DemoPointer.Validator::name)
        .containsExactly("v1", "v2", "v4", "v5");
  }

  @Test
  void aNameIsGivenOnce() throws IOException {
    charters.make(new LedgerName("twice"), ALL);

    assertFails(ExitCode.CONFLICT, new LedgerName("twice"), ALL);
    assertFails(ExitCode.CONFLICT, LedgerSettings.FIRST_NAME, ALL);

    charters.forget(new LedgerName("twice"));
    assertThat(charters.ledgers()).doesNotContainKey(new LedgerName("twice"));
    charters.make(new LedgerName("twice"), ALL);
  }

  @Test
  void onlyTheDemosValidatorsCanBeChosen() {
    assertFails(ExitCode.NOT_FOUND, new LedgerName("odd"), List.of("v1", "v9"));
    assertThat(charters.find(new LedgerName("odd"))).isEmpty();
  }

  private void assertFails(ExitCode code, LedgerName name, List<String> validators) {
    assertThatThrownBy(() -> charters.make(name, validators))
        .isInstanceOfSatisfying(
            CommandFailed.class, failed -> assertThat(failed.exitCode()).isEqualTo(code));
  }

  @Test
  void aFileThatIsNoCharterIsNeverTakenForOne() throws IOException {
    var file = Files.write(folder.resolve("none.charter"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> CharterFile.read(file)).hasMessageContaining("is not a charter");
    var large = Files.write(folder.resolve("large.charter"), new byte[2 << 20]);
    assertThatThrownBy(() -> CharterFile.read(large)).hasMessageContaining("too large");
    assertThatThrownBy(() -> CharterFile.read(folder.resolve("absent")))
        .hasMessageContaining("no file");
  }
}
