package dev.sampo.persistence.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.rocksdb.WALRecoveryMode;

/**
 * Judges the logs of a database before it is opened, by the damage rule of protocol 2.4: a bad
 * record with nothing good behind it is what a loss of power leaves of a write that nobody was told
 * of, and is dropped; a bad record with good ones behind it, or a missing log, may be a promise
 * that was made, and the start is refused.
 *
 * <p>None of RocksDB's own recovery modes is this rule. {@code kPointInTimeRecovery} drops good
 * records behind a bad one in silence. {@code kTolerateCorruptedTailRecords} refuses a torn tail
 * whose length survived, and takes a bad length for a torn tail although records follow it. {@code
 * kAbsoluteConsistency} refuses every torn tail. So the judgement is made here, and RocksDB is then
 * told to accept no damage at all, or to stop at the damage that was found to be a torn tail. Every
 * write is synced, so at most one record of the log was not yet acknowledged when power was lost.
 */
final class LogInspection {

  private final Path database;
  private final List<StartFault> faults = new ArrayList<>();
  private boolean isTorn;

  private LogInspection(Path database) {
    this.database = database;
  }

  /**
   * How to open {@code database}; empty if it must not be opened, with the reason in {@code
   * faults}.
   */
  static Optional<WALRecoveryMode> recoveryMode(Path database, List<StartFault> faults) {
    var inspection = new LogInspection(database);
    inspection.run();
    faults.addAll(inspection.faults);
    if (!inspection.faults.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        inspection.isTorn
            ? WALRecoveryMode.PointInTimeRecovery
            : WALRecoveryMode.AbsoluteConsistency);
  }

  private void run() {
    try {
      var logs = files("\\d{6,}\\.log");
      if (logs.isEmpty()) {
        faults.add(new StartFault.Damaged("there is no write-ahead log in " + database));
      }
      inspectLogs(logs);
      for (var manifest : files("MANIFEST-\\d{6,}")) {
        inspectManifest(manifest);
      }
    } catch (IOException unreadable) {
      faults.add(new StartFault.Damaged("the database cannot be read: " + unreadable));
    }
  }

  /** All logs together are one: what follows a bad record may be in the next file. */
  private void inspectLogs(List<Path> logs) throws IOException {
    Optional<String> damage = Optional.empty();
    for (var file : logs) {
      var log = RecordLog.read(file);
      if (damage.isPresent()) {
        refuseIf(log.holdsRecords(), damage.get());
        continue;
      }
      OptionalInt bad = log.firstDamage();
      if (bad.isPresent()) {
        isTorn = true;
        damage = Optional.of(describe(file, bad.getAsInt()));
        refuseIf(log.holdsRecordsAfter(bad.getAsInt()), damage.get());
      }
    }
  }

  private void inspectManifest(Path manifest) throws IOException {
    var log = RecordLog.read(manifest);
    OptionalInt bad = log.firstDamage();
    if (bad.isPresent()) {
      refuseIf(log.holdsRecordsAfter(bad.getAsInt()), describe(manifest, bad.getAsInt()));
    }
  }

  private void refuseIf(boolean isRefused, String damage) {
    if (isRefused) {
      faults.add(new StartFault.Damaged(damage + ", with good records behind it"));
    }
  }

  private static String describe(Path file, int offset) {
    return "a bad record in " + file + " at byte " + offset;
  }

  /** The files whose name matches, in the order in which they were written. */
  private List<Path> files(String name) throws IOException {
    try (var entries = Files.list(database)) {
      return entries
          .filter(file -> file.getFileName().toString().matches(name))
          .sorted((a, b) -> Long.compare(numberOf(a), numberOf(b)))
          .toList();
    }
  }

  private static long numberOf(Path file) {
    return Long.parseLong(file.getFileName().toString().replaceAll("\\D", ""));
  }
}
