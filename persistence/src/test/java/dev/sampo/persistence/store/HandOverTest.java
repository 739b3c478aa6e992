package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.LEDGER;
import static dev.sampo.persistence.store.Directories.VALIDATOR;
import static dev.sampo.persistence.store.Directories.text;
import static dev.sampo.persistence.store.Validator.FURTHER;
import static dev.sampo.persistence.store.Validator.faultsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.persistence.store.HandOver.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Protocol 2.25 V3: a data directory moves to another node")
@Tag("fault-34")
@Order(1)
class HandOverTest {

  private static final String OLD = "v1-old";
  private static final String NEW = "v1-new";

  /** Made once, because databases take long to make. */
  private static Validator pattern;

  @TempDir private Path temporary;
  private Validator source;

  @BeforeAll
  static void runThePattern(@TempDir Path folder) throws Exception {
    pattern = Validator.marked(folder);
    pattern.run(LEDGER, "first");
    pattern.run(FURTHER, "second");
  }

  @BeforeEach
  void copyThePattern() throws IOException {
    source = pattern.duplicatedTo(temporary.resolve("source"));
  }

  private HandOver seal() throws Exception {
    return source.replicas().asSource().seal(OLD, NEW);
  }

  private Validator copy(String name) throws IOException {
    return source.copiedTo(temporary.resolve(name));
  }

  private static HandOver takeOver(Validator target) throws Exception {
    return target.replicas().asTarget().takeOver(NEW);
  }

  private static HandOver refuse(Validator target) throws Exception {
    return target.replicas().asTarget().refuse(NEW);
  }

  private HandOver cancel(HandOver refused) throws Exception {
    return source.replicas().asSource().cancel(OLD, refused);
  }

  private static StartFault fault(List<StartFault> faults) {
    assertThat(faults).hasSize(1);
    return faults.getFirst();
  }

  @Test
  void theTargetSignsOnAndTheSourceNeverAgain() throws Exception {
    var sealed = seal();
    var target = copy("target");
    var opened = takeOver(target);

    assertThat(sealed.tenure()).isZero();
    assertThat(opened).isEqualTo(new HandOver(Standing.OPENED, 1, sealed.tail(), NEW));
    target.run(LEDGER, "third");
    assertThat(target.remembers(LEDGER, "first")).isTrue();
    assertThat(target.remembers(FURTHER, "second")).isTrue();
    assertThat(source.faults()).containsExactly(new StartFault.Sealed(NEW));
    assertThat(new StartFault.Sealed(NEW).message()).contains(NEW, "take-over", "recover");
  }

  @Test
  void aSealedCopyIsNoStartBeforeItWasTakenOver() throws Exception {
    seal();
    assertThat(copy("target").faults()).containsExactly(new StartFault.Sealed(NEW));
    assertThat(copy("other").unmarked().faults()).containsExactly(new StartFault.Sealed(NEW));
  }

  @Test
  void itMovesBackAndEachTenureIsThatOfOneDirectory() throws Exception {
    seal();
    var target = copy("target");
    takeOver(target);
    target.run(FURTHER, "third");
    assertThat(target.replicas().asSource().seal(NEW, OLD).tenure()).isEqualTo(1);
    var back = new Validator(target.copiedTo(temporary.resolve("back")).directory(), source.mark());

    assertThat(back.replicas().asTarget().takeOver(OLD).tenure()).isEqualTo(2);

    back.run(LEDGER, "fourth");
    assertThat(back.remembers(FURTHER, "third")).isTrue();
    assertThat(target.faults()).containsExactly(new StartFault.Sealed(OLD));
    assertThat(source.faults()).containsExactly(new StartFault.Sealed(NEW));
  }

  @Test
  void onlyTheNamedTargetTakesItOver() throws Exception {
    seal();
    var elsewhere = copy("elsewhere");

    assertThat(
            fault(faultsOf(() -> elsewhere.replicas().asTarget().takeOver("v1-other"))).message())
        .contains(NEW, "v1-other");
    assertThat(fault(faultsOf(() -> elsewhere.replicas().asTarget().refuse("v1-other"))).message())
        .contains(NEW, "v1-other");
    takeOver(elsewhere);
  }

  @Test
  void noNodeIsItsOwnTargetUnderAnyName() throws Exception {
    assertThat(fault(faultsOf(() -> source.replicas().asSource().seal(OLD, OLD))).message())
        .contains(OLD);
    source.run(LEDGER, "goes on");

    seal();

    assertThat(faultsOf(() -> takeOver(source))).containsExactly(new StartFault.EndedTenure(1, 2));
  }

  @Test
  @Tag("fault-45")
  void theDirectoryOfAnotherNetworkOrKeyIsNeitherSealedNorTakenOver() throws Exception {
    var network = LedgerId.fromHex("ee".repeat(32));
    var key = PublicKey.fromHex("dd".repeat(32));
    var stranger = new LedgerDirectories(source.directory(), network, key, Optional.empty());
    List<StartFault> foreign =
        List.of(
            new StartFault.ForeignLedger(network, LEDGER),
            new StartFault.ForeignKey(key, VALIDATOR));

    assertThat(faultsOf(() -> stranger.asSource().seal(OLD, NEW))).containsAll(foreign);
    seal();
    assertThat(faultsOf(() -> stranger.asTarget().takeOver(NEW))).containsAll(foreign);
    assertThat(faultsOf(() -> stranger.asTarget().refuse(NEW))).containsAll(foreign);
  }

  @Test
  void whatWasCopiedBeforeItWasSealedIsNoCopy() throws Exception {
    var early = copy("early");
    source.run(LEDGER, "third");
    seal();

    assertThat(fault(faultsOf(() -> takeOver(early))).message()).contains("not sealed");

    // Even with the seal of the later state beside the earlier replicas.
    Files.copy(source.directory().resolve(HandOver.NAME), early.directory().resolve(HandOver.NAME));
    assertThat(fault(faultsOf(() -> takeOver(early))).message()).contains("copy", "again");
    assertThat(early.faults()).containsExactly(new StartFault.Sealed(NEW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "further"})
  void oneReplicaFromBeforeTheLastPromiseMakesATornCopy(String which) throws Exception {
    var early = copy("early");
    source.run(which.equals("first") ? LEDGER : FURTHER, "last");
    seal();
    var torn = copy("torn");
    var database =
        which.equals("first") ? Path.of("db") : Path.of("ledgers", FURTHER.hex(), "replica", "db");
    Directories.delete(torn.directory().resolve(database));
    Directories.copy(early.directory().resolve(database), torn.directory().resolve(database));

    assertThat(fault(faultsOf(() -> takeOver(torn))).message()).contains("torn");

    assertThat(torn.faults()).containsExactly(new StartFault.Sealed(NEW));
    takeOver(copy("whole"));
  }

  /** It is in no journal, but a batch may be acknowledged by it. */
  @Test
  void aCopyWithoutTheLastWriteToAnyTableIsTorn() throws Exception {
    try (var store = source.replicas().open(LEDGER, Directories.MEMORY, failure -> {})) {
      source.copiedTo(temporary.resolve("early"));
      store.write(
          store.writerEpoch(), List.of(new Change.Put(Family.LANE, text("batch"), text("1"))));
    }
    seal();
    var torn = copy("torn");
    Directories.delete(torn.directory().resolve("db"));
    Directories.copy(temporary.resolve("early/data/db"), torn.directory().resolve("db"));

    assertThat(fault(faultsOf(() -> takeOver(torn))).message()).contains("torn");
  }

  @Test
  @Tag("fault-52")
  void aCopyThatLacksAFileSaysThatItIsTorn() throws Exception {
    seal();
    var torn = copy("torn");
    Files.delete(Directories.newestLog(torn.directory()));

    assertThat(faultsOf(() -> takeOver(torn)))
        .hasSize(2)
        .anyMatch(StartFault.Damaged.class::isInstance)
        .anyMatch(fault -> fault.message().contains("copy the source again"));
  }

  @Test
  void itIsOpenedOnce() throws Exception {
    seal();
    var target = copy("target");
    takeOver(target);

    assertThat(fault(faultsOf(() -> takeOver(target))).message()).contains("taken over before");
  }

  /** By the mark of the target, where two copies were made. */
  @Test
  void ofTwoCopiesAtOneTargetOneSigns() throws Exception {
    seal();
    var target = copy("target");
    var twin = new Validator(copy("twin").directory(), target.mark());
    takeOver(target);
    takeOver(twin);

    twin.run(LEDGER, "third");

    assertThat(faultsOf(() -> target.run(LEDGER, "other third")))
        .containsExactly(new StartFault.OlderState(LEDGER, 1, 2));
  }

  @Test
  void aRefusedCopyNeverOpensAndTheSourceIsTakenBack() throws Exception {
    var sealed = seal();
    var target = copy("target");
    var refused = refuse(target);
    assertThat(refused).isEqualTo(new HandOver(Standing.REFUSED, 1, sealed.tail(), NEW));
    assertThat(refuse(target)).as("may be repeated").isEqualTo(refused);

    assertThat(cancel(refused)).isEqualTo(new HandOver(Standing.OPENED, 2, sealed.tail(), OLD));

    source.run(LEDGER, "third");
    assertThat(target.faults()).containsExactly(new StartFault.Refused(NEW));
    assertThat(faultsOf(() -> takeOver(target))).containsExactly(new StartFault.Refused(NEW));
    assertThat(faultsOf(() -> target.replicas().asSource().seal(NEW, OLD)))
        .containsExactly(new StartFault.Refused(NEW));
    assertThat(fault(faultsOf(() -> cancel(refused))).message()).contains("not sealed");
  }

  @Test
  void whatWasTakenOverCannotBeRefused() throws Exception {
    seal();
    var target = copy("target");
    takeOver(target);

    assertThat(fault(faultsOf(() -> refuse(target))).message()).contains("taken over before");
    target.run(LEDGER, "third");
  }

  /** INIT and HANDOVER are enough to refuse, so a copy that came to nothing holds nobody up. */
  @Test
  void aTornCopyIsRefusedAsWell() throws Exception {
    seal();
    var torn = copy("torn");
    Directories.delete(torn.directory().resolve("db"));

    cancel(refuse(torn));

    source.run(FURTHER, "third");
  }

  @Test
  void anotherCopyCannotBeTakenOverWhereOneWasRefused() throws Exception {
    seal();
    var target = copy("target");
    var twin = new Validator(copy("twin").directory(), target.mark());
    cancel(refuse(target));

    assertThat(faultsOf(() -> takeOver(twin))).containsExactly(new StartFault.EndedTenure(1, 2));
  }

  @Test
  void anOldRefusalTakesNothingBack() throws Exception {
    seal();
    var refused = refuse(copy("target"));
    cancel(refused);
    source.run(LEDGER, "third");
    assertThat(seal().tenure()).isEqualTo(2);

    assertThat(fault(faultsOf(() -> cancel(refused))).message()).contains("another hand-over");
    assertThat(source.faults()).containsExactly(new StartFault.Sealed(NEW));
  }

  @Test
  void aRefusalOfAnotherNodeOrStateTakesNothingBack() throws Exception {
    var sealed = seal();
    var other = new HandOver(Standing.REFUSED, 1, sealed.tail(), "v1-other");
    var early = new HandOver(Standing.REFUSED, 0, sealed.tail(), NEW);

    assertThat(fault(faultsOf(() -> cancel(other))).message()).contains("another hand-over");
    assertThat(fault(faultsOf(() -> cancel(early))).message()).contains("another hand-over");
  }

  @Test
  void aSealIsForOneTarget() throws Exception {
    var sealed = seal();

    assertThat(seal()).as("may be repeated").isEqualTo(sealed);
    assertThat(faultsOf(() -> source.replicas().asSource().seal(OLD, "v1-other")))
        .containsExactly(new StartFault.Sealed(NEW));
  }

  @Test
  void aDirectoryInUseIsNotSealed() throws Exception {
    try (var further = source.replicas().open(FURTHER, Directories.MEMORY, failure -> {})) {
      assertThat(further.writerEpoch()).isEqualTo(2);
      assertThat(faultsOf(this::seal)).singleElement().isInstanceOf(StartFault.Locked.class);
    }
    source.run(LEDGER, "goes on");
  }

  static Stream<String> damagedSeals() {
    return Stream.of(
        "", "format 1\n", "format 1\nstanding ajar\n", "junk", "j".repeat(HandOver.BYTES_MAX + 2));
  }

  @ParameterizedTest
  @MethodSource("damagedSeals")
  @Tag("fault-45")
  void aDamagedSealIsNoStartAndNoStep(String content) throws Exception {
    seal();
    var target = copy("target");
    Files.writeString(target.directory().resolve(HandOver.NAME), content);

    assertThat(target.faults()).anyMatch(StartFault.Damaged.class::isInstance);
    assertThat(faultsOf(() -> takeOver(target))).allMatch(StartFault.Damaged.class::isInstance);
    assertThat(faultsOf(() -> refuse(target))).allMatch(StartFault.Damaged.class::isInstance);
  }

  /** What an interrupted step has left is its unfinished file, or the mark without the step. */
  @Test
  void anInterruptedStepIsDoneAgain() throws Exception {
    var unfinished = HandOver.NAME + ".new";
    Files.writeString(source.directory().resolve(unfinished), "format 1\nstanding sea");
    source.run(LEDGER, "nothing was sealed");
    var before = Files.readString(source.mark().orElseThrow());

    // The source is sealed, its mark not yet told.
    seal();
    Files.writeString(source.mark().orElseThrow(), before);
    assertThat(source.faults()).containsExactly(new StartFault.Sealed(NEW));
    seal();
    assertThat(Files.readString(source.mark().orElseThrow())).contains("tenure 2\n");

    // The target's mark is there, its copy still sealed.
    var target = copy("target");
    var sealed = Files.readString(target.directory().resolve(HandOver.NAME));
    takeOver(target);
    Files.writeString(target.directory().resolve(HandOver.NAME), sealed);
    assertThat(target.faults()).containsExactly(new StartFault.Sealed(NEW));
    assertThat(takeOver(target).tenure()).isEqualTo(1);
    target.run(LEDGER, "third");
  }

  @Test
  void anInterruptedRefusalIsDoneAgain() throws Exception {
    seal();
    var target = copy("target");
    var sealed = Files.readString(target.directory().resolve(HandOver.NAME));
    refuse(target);

    // The target's mark has ended the tenure, its copy is still sealed: only a refusal is left.
    Files.writeString(target.directory().resolve(HandOver.NAME), sealed);
    assertThat(faultsOf(() -> takeOver(target))).containsExactly(new StartFault.EndedTenure(1, 2));
    cancel(refuse(target));
    source.run(LEDGER, "third");
  }

  /** V4: its operator answers for it that the target is dead. */
  @Test
  void aSealedDirectoryComesBackByRecoveryAlone() throws Exception {
    seal();
    source.replicas().recover(16, new Loss(Instant.EPOCH, "the target burnt"));

    try (var store = source.replicas().open(LEDGER, Directories.MEMORY, failure -> {})) {
      assertThat(store.isAfterLoss()).isTrue();
    }
  }
}
