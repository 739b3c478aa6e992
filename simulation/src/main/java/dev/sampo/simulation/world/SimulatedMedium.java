package dev.sampo.simulation.world;

import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.types.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables of a ledger on a simulated disk. A commit is one checksummed record: after a crash it
 * is there as a whole or not at all; what was deferred since the last commit may be lost.
 */
final class SimulatedMedium {

  private static final Bytes END = Bytes.fromHex("ff".repeat(64));

  private record Undo(Table table, Bytes key, Optional<Bytes> before) {}

  private record Damage(Table table, Bytes key) {}

  private InMemoryLedgerStore tables = new InMemoryLedgerStore();
  private final List<Undo> unsynced = new ArrayList<>();
  private final List<Commit> inFlight = new ArrayList<>();
  private Optional<Damage> damage = Optional.empty();
  private boolean failing;

  /** A disk with the same content, as if copied while its process stood still. */
  SimulatedMedium copy() {
    var copy = new SimulatedMedium();
    for (var table : Table.values()) {
      var puts = new ArrayList<WriteSet.Write>();
      for (var entry : tables.range(table, Bytes.EMPTY, END, Integer.MAX_VALUE)) {
        puts.add(new WriteSet.Write.Put(table, entry.key(), entry.value()));
      }
      copy.tables.commit(new WriteSet(puts));
    }
    return copy;
  }

  /** The disk as one copy of its validator writes there. */
  LedgerStore openedBy(Writer writer) {
    var medium = this;
    return new LedgerStore() {
      @Override
      public void commit(WriteSet writes) {
        medium.begin(writer, writes).arrived();
      }

      @Override
      public void defer(WriteSet writes) {
        writer.requireCurrent();
        medium.defer(writes);
      }

      @Override
      public Optional<Bytes> get(Table table, Bytes key) {
        return medium.get(table, key);
      }

      @Override
      public List<Entry> range(Table table, Bytes from, Bytes to, int limit) {
        return medium.range(table, from, to, limit);
      }

      @Override
      public Optional<Entry> floor(Table table, Bytes key) {
        return medium.floor(table, key);
      }
    };
  }

  /** A write on its way: others may be on theirs at the same time. */
  final class Commit {
    private final Writer writer;
    private final WriteSet writes;

    private Commit(Writer writer, WriteSet writes) {
      this.writer = writer;
      this.writes = writes;
    }

    /** It is on disk, and with it what was deferred. */
    void arrived() {
      writer.requireCurrent();
      requireWorking();
      if (!inFlight.remove(this)) {
        throw new IllegalStateException("not on its way");
      }
      tables.commit(writes);
      unsynced.clear();
    }
  }

  /** The write is on its way until it arrives. */
  Commit begin(Writer writer, WriteSet writes) {
    var commit = new Commit(writer, writes);
    inFlight.add(commit);
    return commit;
  }

  private void defer(WriteSet writes) {
    requireWorking();
    for (var write : writes.writes()) {
      switch (write) {
        case WriteSet.Write.Put(var table, var key, _) -> remember(table, key);
        case WriteSet.Write.Delete(var table, var key) -> remember(table, key);
        case WriteSet.Write.DeleteRange(var table, var from, var to) ->
            tables
                .range(table, from, to, Integer.MAX_VALUE)
                .forEach(entry -> remember(table, entry.key()));
      }
    }
    tables.defer(writes);
  }

  private void remember(Table table, Bytes key) {
    unsynced.add(new Undo(table, key, tables.get(table, key)));
  }

  /** The process is gone; what was not synced is kept or not. True if a torn record was cut off. */
  boolean crash(Writer writer, boolean keep, boolean torn) {
    boolean hadTail = !inFlight.isEmpty() || !unsynced.isEmpty();
    if (keep) {
      inFlight.stream()
          .filter(commit -> commit.writer.equals(writer))
          .forEach(commit -> tables.commit(commit.writes));
    } else {
      for (var undo : unsynced.reversed()) {
        var write =
            undo.before
                .<WriteSet.Write>map(value -> new WriteSet.Write.Put(undo.table, undo.key, value))
                .orElseGet(() -> new WriteSet.Write.Delete(undo.table, undo.key));
        tables.commit(new WriteSet(List.of(write)));
      }
    }
    inFlight.removeIf(commit -> commit.writer.equals(writer));
    unsynced.clear();
    failing = false;
    return torn && hadTail;
  }

  /** The copy is gone, while another has the store. */
  void drop(Writer writer) {
    inFlight.removeIf(commit -> commit.writer.equals(writer));
  }

  void wipe() {
    tables = new InMemoryLedgerStore();
  }

  /** A new process opens the disk: writes work again. */
  void repair() {
    failing = false;
  }

  /** The next write or sync fails. */
  void fail() {
    failing = true;
  }

  /** Damages one of the newest blocks: whoever reads it is told by its checksum. */
  void damage(int back) {
    var blocks = tables.range(Table.BLOCK, Bytes.EMPTY, END, Integer.MAX_VALUE);
    if (!blocks.isEmpty()) {
      var entry = blocks.get(Math.max(0, blocks.size() - 1 - back));
      damage = Optional.of(new Damage(Table.BLOCK, entry.key()));
    }
  }

  private Optional<Bytes> get(Table table, Bytes key) {
    if (damage.isPresent() && damage.get().equals(new Damage(table, key))) {
      throw new StorageFailed("a damaged record in " + table);
    }
    return tables.get(table, key);
  }

  private List<Entry> range(Table table, Bytes from, Bytes to, int limit) {
    var entries = tables.range(table, from, to, limit);
    if (damage.isPresent()) {
      entries.forEach(entry -> requireIntact(table, entry));
    }
    return entries;
  }

  private Optional<Entry> floor(Table table, Bytes key) {
    var entry = tables.floor(table, key);
    entry.ifPresent(found -> requireIntact(table, found));
    return entry;
  }

  private void requireIntact(Table table, Entry entry) {
    if (damage.isPresent() && damage.get().equals(new Damage(table, entry.key()))) {
      throw new StorageFailed("a damaged record in " + table);
    }
  }

  private void requireWorking() {
    if (failing) {
      throw new StorageFailed("a write failed");
    }
  }
}
