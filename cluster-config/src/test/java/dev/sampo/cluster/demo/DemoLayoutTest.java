package dev.sampo.cluster.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.client.KeyFile;
import dev.sampo.client.KeyFileRefused;
import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.genesis.Verification;
import dev.sampo.node.cluster.ClusterKeys;
import dev.sampo.persistence.store.LedgerDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoLayoutTest {

  @TempDir private Path folder;

  @Test
  void layingOutAgainKeepsKeysAndLedger() throws IOException {
    var first = layout();
    var second = layout();

    assertThat(second.genesis()).isEqualTo(first.genesis());
    assertThat(second.validators().stream().map(KeyFile::publicKey))
        .isEqualTo(first.validators().stream().map(KeyFile::publicKey).toList());
  }

  @Test
  void namesValidatorsInTheOrderOfTheirIndices() throws IOException {
    var layout = layout();

    assertThat(layout.validators().stream().map(KeyFile::publicKey))
        .isEqualTo(layout.genesis().validators().keys());
  }

  @Test
  void putsTwoValidatorsIntoEachOfTwoDataCentres() throws IOException {
    var layout = layout();

    assertThat(layout.dataCentreOf(0) + layout.dataCentreOf(1)).isEqualTo("aa");
    assertThat(layout.dataCentreOf(2) + layout.dataCentreOf(3)).isEqualTo("bb");
  }

  @Test
  void writesConfigurationsThatNodesCanRead() throws IOException {
    var files = new NodeFiles(layout(), DemoPorts.ephemeral(DemoLayout.VALIDATORS));

    assertThat(NodeConfig.read(files.write(2))).isEqualTo(files.config(2));
  }

  @Test
  void refusesAFolderWithOtherContent() throws IOException {
    Files.writeString(folder.resolve("thesis.tex"), "precious");

    assertThatThrownBy(this::layout)
        .isInstanceOfSatisfying(
            CommandFailed.class,
            failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.CONFLICT));
    assertThat(folder).isDirectoryContaining("glob:**thesis.tex");
  }

  @Test
  @Tag("fault-87")
  void refusesAKeyThatOthersMayRead() throws IOException {
    var key = layout().validatorKey(0);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(this::layout).isInstanceOf(KeyFileRefused.class);
  }

  @Test
  void letsNobodyElseIn() throws IOException {
    var inside = folder.resolve("fresh");
    DemoLayout.in(inside, DemoChoice.DEFAULT, new SecureRandom());

    assertThat(Files.getPosixFilePermissions(inside))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  private DemoLayout layout() throws IOException {
    return DemoLayout.in(folder, DemoChoice.DEFAULT, new SecureRandom());
  }

  @Test
  void aLedgerKeepsItsVerification() throws IOException {
    var attested = verifiedBy(Verification.ATTESTED);
    DemoLayout.in(folder, attested, new SecureRandom());

    assertThat(layout().genesis().parameters().verification()).isEqualTo(Verification.ATTESTED);
    assertThat(DemoLayout.in(folder, attested, new SecureRandom()).genesis())
        .isEqualTo(layout().genesis());
    assertThatThrownBy(
            () ->
                DemoLayout.in(folder, verifiedBy(Verification.EVERY_VALIDATOR), new SecureRandom()))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("attested");
  }

  private static DemoChoice verifiedBy(Verification verification) {
    return new DemoChoice(Optional.empty(), Optional.of(verification), 1, DemoChoice.Sites.DEFAULT);
  }

  @Test
  void moreLedgersAreHostedByEveryNodeAndStay() throws IOException {
    var layout = DemoLayout.in(folder, withLedgers(3, 2), new SecureRandom());

    var documents = DemoCharters.of(layout).documents();
    assertThat(documents.keySet().stream().map(LedgerName::text))
        .containsExactly("ledger-2", "ledger-3", "main");
    for (int i = 0; i < DemoLayout.VALIDATORS; i++) {
      var key = layout.validators().get(i).publicKey();
      assertThat(
              new LedgerDirectories(layout.dataDirectory(i), layout.genesis().ledgerId(), key)
                  .charters(LedgerCharter.ENCODED_BYTES_MAX))
          .containsOnlyKeys(
              documents.values().stream()
                  .map(Genesis::ledgerId)
                  .filter(id -> !id.equals(layout.genesis().ledgerId()))
                  .toList());
    }

    // Resumed with fewer it keeps what it has.
    assertThat(DemoCharters.of(layout()).documents()).isEqualTo(documents);
    assertThat(
            DemoCharters.of(DemoLayout.in(folder, withLedgers(4, 2), new SecureRandom()))
                .documents())
        .hasSize(4)
        .containsAllEntriesOf(documents);
  }

  @Test
  void validatorsAreSpreadOverDataCentres() throws IOException {
    assertThat(centres(1)).isEqualTo("aaaa");
    assertThat(centres(2)).isEqualTo("aabb");
    assertThat(centres(3)).isEqualTo("aabc");
    assertThat(centres(4)).isEqualTo("abcd");
  }

  private String centres(int count) throws IOException {
    var layout = DemoLayout.in(folder, withLedgers(1, count), new SecureRandom());
    return IntStream.range(0, DemoLayout.VALIDATORS)
        .mapToObj(layout::dataCentreOf)
        .collect(Collectors.joining());
  }

  private static DemoChoice withLedgers(int ledgers, int dataCentres) {
    return new DemoChoice(
        Optional.empty(), Optional.empty(), ledgers, new DemoChoice.Sites(dataCentres, 1));
  }

  /** None of them holds what would let it into the cluster of another. */
  @Test
  void organisationsShareNoClusterKeys() throws IOException {
    var choice = new DemoChoice(Optional.empty(), Optional.empty(), 1, new DemoChoice.Sites(2, 2));
    var layout = DemoLayout.in(folder, choice, new SecureRandom());

    assertThat(layout.sameOrganisation(0)).containsExactly(0, 1);
    assertThat(layout.sameOrganisation(3)).containsExactly(2, 3);
    assertThat(layout.clusterKeys(0)).isEqualTo(layout.clusterKeys(1));
    var own = ClusterKeys.open(layout.clusterKeys(1));
    var others = ClusterKeys.open(layout.clusterKeys(2));
    assertThat(own.password()).isNotEqualTo(others.password());
    assertThat(Files.readAllBytes(own.trustStore()))
        .isNotEqualTo(Files.readAllBytes(others.trustStore()));
    var files = new NodeFiles(layout, DemoPorts.ephemeral(DemoLayout.VALIDATORS));
    assertThat(files.config(3).cluster().seeds())
        .containsExactly(files.config(2).cluster().address(), files.config(3).cluster().address());
  }
}
