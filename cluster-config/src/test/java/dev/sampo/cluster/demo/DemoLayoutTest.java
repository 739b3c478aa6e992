package dev.sampo.cluster.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.client.KeyFile;
import dev.sampo.client.KeyFileRefused;
import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.genesis.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
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
    DemoLayout.in(inside, Optional.empty(), new SecureRandom());

    assertThat(Files.getPosixFilePermissions(inside))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  private DemoLayout layout() throws IOException {
    return DemoLayout.in(folder, Optional.empty(), new SecureRandom());
  }

  @Test
  void aLedgerKeepsItsVerification() throws IOException {
    var attested = Optional.of(Verification.ATTESTED);
    DemoLayout.in(folder, attested, new SecureRandom());

    assertThat(layout().genesis().parameters().verification()).isEqualTo(Verification.ATTESTED);
    assertThat(DemoLayout.in(folder, attested, new SecureRandom()).genesis())
        .isEqualTo(layout().genesis());
    assertThatThrownBy(
            () ->
                DemoLayout.in(
                    folder, Optional.of(Verification.EVERY_VALIDATOR), new SecureRandom()))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("attested");
  }
}
