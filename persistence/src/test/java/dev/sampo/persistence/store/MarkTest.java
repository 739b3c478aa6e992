package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.LEDGER;
import static dev.sampo.persistence.store.Directories.VALIDATOR;
import static dev.sampo.persistence.store.Directories.text;
import static dev.sampo.persistence.store.Validator.FURTHER;
import static dev.sampo.persistence.store.Validator.faultsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.types.LedgerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Protocol W6 and RE1: a mark outside the data directory tells an older copy of it")
@Tag("fault-47")
class MarkTest {

  private static final Loss LOSS = new Loss(Instant.EPOCH, "its disk burnt");

  /** Made once, because databases take long to make. */
  private static Validator pattern;

  @TempDir private Path temporary;
  private Validator validator;
  private Path mark;

  @BeforeAll
  static void makeThePattern(@TempDir Path folder) throws IOException {
    pattern = Validator.marked(folder);
  }

  @BeforeEach
  void copyThePattern() throws IOException {
    validator = pattern.duplicatedTo(temporary.resolve("node"));
    mark = validator.mark().orElseThrow();
  }

  /** The directory as a backup has it, in place of what is there. */
  private void restore(Validator backup) throws Exception {
    Directories.delete(validator.directory());
    Directories.copy(backup.directory(), validator.directory());
  }

  @Test
  void isRaisedWithEachReplicaAtEachStart() throws Exception {
    validator.run(LEDGER, "first");
    assertThat(validator.remembers(FURTHER, "none")).isFalse();

    assertThat(Files.readString(mark))
        .startsWith("format 1\nnetwork " + LEDGER.hex() + "\nvalidator " + VALIDATOR.hex())
        .containsPattern("replica " + LEDGER.hex() + " [0-9a-f]{32} 1\n")
        .containsPattern("replica " + FURTHER.hex() + " [0-9a-f]{32} 1\n");
    assertThat(mark.resolveSibling("mark.new")).doesNotExist();
  }

  @Test
  void aRestoredBackupIsRefusedAndComesBackByRecovery() throws Exception {
    validator.run(LEDGER, "first");
    var backup = validator.copiedTo(temporary.resolve("backup"));
    validator.run(LEDGER, "second");

    restore(backup);

    assertThat(faultsOf(() -> validator.run(LEDGER, "other second")))
        .containsExactly(new StartFault.OlderState(LEDGER, 1, 2));
    assertThat(new StartFault.OlderState(LEDGER, 1, 2).message())
        .contains("opened 1 times", "says 2", "recover");
    validator.replicas().recover(16, LOSS);
    validator.run(LEDGER, "after recovery");
    validator.run(LEDGER, "and again");
  }

  @Test
  void oneReplicaOfABackupIsEnoughToBeRefused() throws Exception {
    validator.run(FURTHER, "first");
    var backup = validator.copiedTo(temporary.resolve("backup"));
    validator.run(FURTHER, "second");

    var replica = Path.of("ledgers", FURTHER.hex());
    Directories.delete(validator.directory().resolve(replica));
    Directories.copy(backup.directory().resolve(replica), validator.directory().resolve(replica));

    assertThat(faultsOf(() -> validator.run(FURTHER, "third")))
        .containsExactly(new StartFault.OlderState(FURTHER, 1, 2));
  }

  @Test
  void anOlderStateIsNotHandedOverEither() throws Exception {
    validator.run(LEDGER, "first");
    var backup = validator.copiedTo(temporary.resolve("backup"));
    validator.run(LEDGER, "second");
    validator.run(FURTHER, "third");
    restore(backup);

    assertThat(faultsOf(() -> validator.replicas().asSource().seal("v1-old", "v1-new")))
        .containsExactly(
            new StartFault.OlderState(LEDGER, 1, 2), new StartFault.OlderState(FURTHER, 0, 1));
  }

  /** It was the same number of starts, but the source's mark has heard of the hand-over. */
  @Test
  void aBackupFromBeforeAHandOverIsRefused() throws Exception {
    validator.run(LEDGER, "first");
    var backup = validator.copiedTo(temporary.resolve("backup"));
    validator.replicas().asSource().seal("v1-old", "v1-new");

    restore(backup);

    assertThat(validator.faults()).containsExactly(new StartFault.EndedTenure(0, 2));
  }

  @Test
  void aCopyElsewhereIsRefusedWithAndWithoutAMarkThere() throws Exception {
    validator.run(LEDGER, "first");
    var copy = validator.copiedTo(temporary.resolve("elsewhere"));

    assertThat(copy.faults())
        .containsExactly(new StartFault.NoMark("there is no file " + copy.mark().orElseThrow()));
    assertThat(copy.unmarked().faults())
        .containsExactly(new StartFault.NoMark("the configuration names none"));
    validator.run(LEDGER, "second");
  }

  @Test
  void ofTwoCopiesWithOneMarkOneStarts() throws Exception {
    validator.run(LEDGER, "first");
    var copy =
        new Validator(validator.copiedTo(temporary.resolve("twin")).directory(), validator.mark());
    copy.run(LEDGER, "second");

    assertThat(faultsOf(() -> validator.run(LEDGER, "other second")))
        .containsExactly(new StartFault.OlderState(LEDGER, 1, 2));
  }

  /** RE5: what is not above the log is no evidence of a loss. A crash may come between the two. */
  @Test
  void aMarkThatIsBehindIsRaised() throws Exception {
    validator.run(LEDGER, "first");
    var behind = Files.readString(mark);
    validator.run(LEDGER, "second");
    validator.run(LEDGER, "third");

    Files.writeString(mark, behind);
    validator.run(LEDGER, "fourth");

    assertThat(Files.readString(mark)).containsPattern(LEDGER.hex() + " [0-9a-f]{32} 4\n");
  }

  @Test
  void aCrashBeforeTheFirstMarkIsNoMissingMark() throws Exception {
    // The directory's counter went up, and nothing more.
    try (var store = Directories.open(validator.directory())) {
      assertThat(store.writerEpoch()).isEqualTo(1);
    }
    validator.run(LEDGER, "first");

    // The mark was written, but not yet that the directory has one.
    Files.delete(validator.directory().resolve("MARKED"));
    validator.run(LEDGER, "second");
    assertThat(validator.directory().resolve("MARKED")).exists();
  }

  /** The directory is raised first: a start that ends between the two harms no later one. */
  @Test
  @Tag("fault-48")
  void aStartThatCannotWriteTheMarkIsRefusedAndTheNextOneIsHonest() throws Exception {
    validator.run(LEDGER, "first");
    var obstacle = Files.createDirectories(mark.resolveSibling("mark.new").resolve("full"));

    assertThat(faultsOf(() -> validator.run(LEDGER, "second")))
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).contains("cannot be written"));
    assertThat(Files.readString(mark)).containsPattern(LEDGER.hex() + " [0-9a-f]{32} 1\n");

    Directories.delete(obstacle.getParent());
    validator.run(LEDGER, "second");
    assertThat(Files.readString(mark)).containsPattern(LEDGER.hex() + " [0-9a-f]{32} 3\n");
  }

  @Test
  void aLostMarkIsRefusedAndMadeAnewByRecovery() throws Exception {
    validator.run(LEDGER, "first");
    Files.delete(mark);
    assertThat(validator.faults())
        .containsExactly(new StartFault.NoMark("there is no file " + mark));

    validator.replicas().recover(16, LOSS);

    assertThat(Files.readString(mark)).containsPattern(FURTHER.hex() + " [0-9a-f]{32} 0\n");
    validator.run(LEDGER, "second");
  }

  @Test
  void aDirectoryFromBeforeARecoveryIsRefused() throws Exception {
    validator.run(LEDGER, "first");
    var backup = validator.copiedTo(temporary.resolve("backup"));
    validator.replicas().recover(16, LOSS);

    restore(backup);

    assertThat(faultsOf(() -> validator.run(LEDGER, "second")))
        .containsExactly(new StartFault.OtherDirectory(LEDGER));
  }

  /** RE1: fresh only by init, once. */
  @Test
  @Tag("fault-52")
  void aDirectoryThatWasMadeAnewInPlaceOfALostOneIsRefused() throws Exception {
    validator.run(LEDGER, "first");
    Directories.delete(validator.directory());
    Directories.init(validator.directory());
    validator.replicas().create(FURTHER, text("charter"));

    assertThat(faultsOf(() -> validator.run(LEDGER, "second")))
        .containsExactly(new StartFault.OtherDirectory(LEDGER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "format 1\n", "half"})
  @Tag("fault-45")
  void aDamagedMarkIsRefusedAndMadeAnewByRecovery(String content) throws Exception {
    validator.run(LEDGER, "first");
    var whole = Files.readString(mark);
    Files.writeString(mark, content.equals("half") ? whole.substring(0, 200) : content);
    assertThat(validator.faults()).containsExactly(new StartFault.UnfitMark(mark, "it is damaged"));

    validator.replicas().recover(16, LOSS);
    validator.run(LEDGER, "second");
  }

  @Test
  void theMarkOfAnotherNetworkIsNeverTaken() throws Exception {
    var other = LedgerId.fromHex("ee".repeat(32));
    NodeDirectory.init(temporary.resolve("other"), other, VALIDATOR);
    validator.run(LEDGER, "first");
    var before = Files.readString(mark);
    var stranger =
        new LedgerDirectories(temporary.resolve("other"), other, VALIDATOR, Optional.of(mark));
    List<StartFault> foreign =
        List.of(new StartFault.UnfitMark(mark, "it is that of another network or validator"));

    assertThat(faultsOf(() -> stranger.open(other, Directories.MEMORY, failure -> {})))
        .isEqualTo(foreign);
    assertThat(faultsOf(() -> stranger.recover(16, LOSS))).isEqualTo(foreign);
    assertThat(mark).hasContent(before);
  }

  @Test
  @Tag("fault-48")
  void aMarkWhoseDiskIsGoneIsRefused() throws Exception {
    validator.run(LEDGER, "first");
    Files.move(mark.getParent(), temporary.resolve("unmounted"), StandardCopyOption.ATOMIC_MOVE);

    assertThat(validator.faults())
        .allSatisfy(fault -> assertThat(fault.message()).contains("folder does not exist", "disk"));
  }

  @Test
  void withoutAMarkNothingChanges() throws Exception {
    var plain = validator.unmarked();
    plain.run(LEDGER, "first");
    var copy = plain.copiedTo(temporary.resolve("copy")).unmarked();

    copy.run(LEDGER, "second");

    assertThat(plain.directory().resolve("MARKED")).doesNotExist();
  }

  /** The way out of having a mark, or of a lost one that nobody wants to recover for. */
  @Test
  void aHandOverGivesItAMarkOrTakesItAway() throws Exception {
    validator.run(LEDGER, "first");
    validator.replicas().asSource().seal("v1-old", "v1-new");
    var plain = validator.copiedTo(temporary.resolve("plain")).unmarked();
    plain.replicas().asTarget().takeOver("v1-new");
    plain.run(LEDGER, "second");

    plain.replicas().asSource().seal("v1-new", "v1-third");
    var marked = plain.copiedTo(temporary.resolve("third"));
    marked.replicas().asTarget().takeOver("v1-third");
    marked.run(LEDGER, "third");
    assertThat(Files.readString(marked.mark().orElseThrow())).contains("tenure 2\n");
  }
}
