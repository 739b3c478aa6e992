package dev.sampo.cluster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.LedgerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                + " { ledger = main } ]");

    assertThat(directory.directory().home(new AccountId("t-1"))).contains(ledger("0b"));
    assertThat(directory.directory().home(new AccountId("s-1"))).contains(ledger("0a"));
    assertThat(directory.nameOf(ledger("0b"))).contains(new LedgerName("trade"));
    assertThat(directory.nameOf(ledger("0c"))).isEmpty();
  }

  @Test
  void everyFaultIsTold() {
    var faulty =
        """
        ledgers = [ { name = main, id = 0a }, { name = main, id = %s, home = yes } ]
        rule = turn
        """
            .formatted("0b".repeat(32));

    assertThat(faults(faulty))
        .hasSize(4)
        .anyMatch(fault -> fault.contains("needs 32 bytes"))
        .anyMatch(fault -> fault.contains("there are two ledgers main"))
        .anyMatch(fault -> fault.contains("ledgers[1].home (line 1): unknown key"))
        .anyMatch(fault -> fault.contains("hash or prefix, not turn"));
    assertThat(faults(LEDGERS + "rule = prefix, prefixes = [ { prefix = a, ledger = b } ]"))
        .singleElement()
        .asString()
        .contains("there is no ledger b");
    assertThat(faults(LEDGERS + "rule = hash, prefixes = []"))
        .singleElement()
        .asString()
        .contains("belongs to rule = prefix");
    assertThat(faults("ledgers = [], rule = hash"))
        .singleElement()
        .asString()
        .contains("1 to 1024");
    assertThat(faults("ledgers = [")).hasSize(1);
    assertThat(faults("")).hasSize(2).allMatch(fault -> fault.contains("missing"));
  }

  private List<String> faults(String text) {
    return catchThrowableOfType(FaultyConfig.class, () -> read(text)).faults();
  }

  @Test
  void aMissingFileIsTold() {
    assertThatThrownBy(() -> DirectoryFile.read(folder.resolve("none")))
        .isInstanceOf(FaultyConfig.class)
        .hasMessageContaining("no such file");
  }
}
