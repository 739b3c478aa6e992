package dev.sampo.persistence.store;

import static dev.sampo.persistence.store.Directories.LEDGER;
import static dev.sampo.persistence.store.Directories.VALIDATOR;
import static dev.sampo.persistence.store.Directories.text;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sampo.core.types.LedgerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * A validator's data directory at a node, as its process and its operator use it.
 *
 * @param mark of the node, if it has one
 */
record Validator(Path directory, Optional<Path> mark) {

  static final LedgerId FURTHER = LedgerId.fromHex("cc".repeat(32));

  /** With two replicas, and a mark of its own in {@code folder}. */
  static Validator marked(Path folder) throws IOException {
    var validator =
        new Validator(
            folder.resolve("data"), Optional.of(folder.resolve("disk-2").resolve("mark")));
    Files.createDirectories(folder.resolve("disk-2"));
    Directories.init(validator.directory());
    validator.replicas().create(FURTHER, text("charter"));
    return validator;
  }

  /** A copy of the directory elsewhere; the mark is not copied. */
  Validator copiedTo(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("disk-2"));
    Directories.copy(directory, folder.resolve("data"));
    return new Validator(
        folder.resolve("data"), Optional.of(folder.resolve("disk-2").resolve("mark")));
  }

  /** A copy with the mark, as if nothing else had ever been. */
  Validator duplicatedTo(Path folder) throws IOException {
    var duplicate = copiedTo(folder);
    var file = mark.orElseThrow();
    if (Files.exists(file)) {
      Files.copy(file, duplicate.mark().orElseThrow());
    }
    return duplicate;
  }

  /** The same directory under a configuration without a mark. */
  Validator unmarked() {
    return new Validator(directory, Optional.empty());
  }

  LedgerDirectories replicas() {
    return new LedgerDirectories(directory, LEDGER, VALIDATOR, mark);
  }

  /** A run of the node in which it promises something on a ledger. */
  void run(LedgerId ledger, String promise) throws RefusedStart {
    try (var store = replicas().open(ledger, Directories.MEMORY, Validator::never)) {
      var change = new Change.Put(Family.JOURNAL, text(promise), text("promised"));
      store.write(store.writerEpoch(), List.of(change));
    }
  }

  /** Whether a promise is there, at a start that succeeds. */
  boolean remembers(LedgerId ledger, String promise) throws RefusedStart {
    try (var store = replicas().open(ledger, Directories.MEMORY, Validator::never)) {
      return store.get(Family.JOURNAL, text(promise)).isPresent();
    }
  }

  /** Why a start on either replica is refused. */
  List<StartFault> faults() {
    var first = faultsOf(() -> replicas().open(LEDGER, Directories.MEMORY, Validator::never));
    var further = faultsOf(() -> replicas().open(FURTHER, Directories.MEMORY, Validator::never));
    if (!first.equals(further)) {
      throw new AssertionError(first + " differ from " + further);
    }
    return first;
  }

  static List<StartFault> faultsOf(ThrowingCallable refused) {
    var thrown = catchThrowableOfType(RefusedStart.class, refused);
    if (thrown == null) {
      throw new AssertionError("was not refused");
    }
    return thrown.faults();
  }

  private static void never(Throwable failure) {
    throw new AssertionError("the store has failed", failure);
  }
}
