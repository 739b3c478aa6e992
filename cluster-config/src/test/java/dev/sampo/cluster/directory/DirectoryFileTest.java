package dev.sampo.cluster.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.LedgerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("rule-7.25")
final class DirectoryFileTest {

  private static final String LEDGERS =
      "ledgers = [ { name = main, id = "
          + "0a".repeat(32)
          + " },"
          + " { name = trade, id = "
          + "0b".repeat(32)
          + " } ]\n";

  @TempDir private Path folder;

  private NamedDirectory read(String text) throws IOException {
    return DirectoryFile.read(Files.writeString(folder.resolve("directory"), text));
  }

  private static LedgerId ledger(String octet) {
    return LedgerId.fromHex(octet.repeat(32));
  }

  @Test
  void accountsAreSpreadByHash() throws IOException {
    var directory = read(LEDGERS + "rule = hash");

    assertThat(directory.ledgers().keySet())
        .containsExactly(new LedgerName("main"), new LedgerName("trade"));
    var homes =
        IntStream.range(0, 64)
            .mapToObj(i -> directory.directory().home(new AccountId("a" + i)).orElseThrow())
            .toList();
    assertThat(homes).contains(ledger("0a"), ledger("0b"));
  }

  @Test
  void accountsAreSpreadByPrefix() throws IOException {
    var directory =
        read(
            LEDGERS
                + "rule = prefix, prefixes = [ { prefix = t-, ledger = trade },"
                + " { prefix = \"\", ledger = main } ]");

    assertThat(directory.directory().home(new AccountId("t-1"))).contains(ledger("0b"));
    assertThat(directory.directory().home(new AccountId("s-1"))).contains(ledger("0a"));
    assertThat(directory.nameOf(ledger("0b"))).contains(new LedgerName("trade"));
    assertThat(directory.nameOf(ledger("0c"))).isEmpty();
  }

  @Test
  void whatIsNoDirectoryIsRefusedWithItsFile() {
    isRefused("ledgers = [", "List should have ]");
    isRefused(LEDGERS, "rule");
    isRefused(LEDGERS + "rule = turn", "rule is hash or prefix");
    isRefused(LEDGERS + "rule = prefix", "prefixes");
    isRefused(LEDGERS + "rule = prefix, prefixes = [ { prefix = a, ledger = b } ]", "no ledger b");
    isRefused("ledgers = [], rule = hash", "1 to 1024 ledgers");
    isRefused("ledgers = [ { name = main, id = 0a } ], rule = hash", "needs 32 bytes");
    isRefused(
        "ledgers = [ { name = m, id = "
            + "0a".repeat(32)
            + " }, { name = m, id = "
            + "0b".repeat(32)
            + " } ], rule = hash",
        "two ledgers m");
    isRefused("#".repeat(1 << 21), "1 MiB");
  }

  private void isRefused(String text, String why) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("is no directory")
        .hasMessageContaining(why);
  }

  @Test
  void aMissingFileIsTold() {
    assertThatThrownBy(() -> DirectoryFile.read(folder.resolve("none")))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("cannot read");
  }
}
