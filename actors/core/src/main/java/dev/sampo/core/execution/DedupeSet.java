package dev.sampo.core.execution;

import dev.sampo.core.block.Block;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.store.EntryReader;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet.Write;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The executed transactions that the ledger remembers so that none is executed twice (X1, 7.14,
 * 7.15). Each bucket of ten seconds of validUntil is a leaf of the ledger's state. A bucket is
 * forgotten at once; its rows are deleted bit by bit later.
 */
final class DedupeSet implements EntryRules.Remembered {

  /** Rows of forgotten buckets that a block looks at, so that its own work stays in proportion. */
  private static final int FORGOTTEN_ROWS_MAX = 16;

  private static final int FORGOTTEN_KEYS_AT_LEAST = 256;

  private final EntryReader tables;
  private final NavigableMap<Long, DedupeBucket> buckets = new TreeMap<>();
  private final NavigableMap<Long, NavigableMap<Hash, LiveTransaction>> added = new TreeMap<>();
  private final List<Long> forgotten = new ArrayList<>();
  // Rows of forgotten buckets that were met in this block, and those that it replaces.
  private final NavigableMap<Hash, Long> stale = new TreeMap<>();
  private final NavigableMap<Hash, Long> renewed = new TreeMap<>();
  // No row of a forgotten bucket is below, so that a search does not pass over what was deleted.
  private Bytes deletedBelow = LedgerRows.addedToBucket(0, Height.ZERO);
  private LedgerTime blockTime = LedgerTime.ofMillis(0);
  private long size;

  DedupeSet(EntryReader tables) {
    this.tables = tables;
    loadBuckets();
  }

  private void loadBuckets() {
    long from = 0;
    while (true) {
      var page =
          tables.range(
              Table.DEDUPE, LedgerRows.bucket(from), LedgerRows.bucket(Long.MAX_VALUE), 100);
      for (var entry : page) {
        long number =
            LedgerRows.stored(
                entry.key().slice(1, entry.key().length()),
                encoded -> WireReader.decode(encoded, WireReader::u64));
        var bucket = LedgerRows.stored(entry.value(), DedupeBucket::decode);
        buckets.put(number, bucket);
        size += bucket.size();
        from = number + 1;
      }
      if (page.isEmpty()) {
        return;
      }
    }
  }

  /** Starts a block: forgets every bucket that ends at or before its time. */
  void begin(LedgerTime time) {
    blockTime = time;
    var ended = buckets.headMap(LiveTransaction.bucketAt(time), false);
    for (var bucket : ended.entrySet()) {
      forgotten.add(bucket.getKey());
      size -= bucket.getValue().size();
    }
    ended.clear();
  }

  @Override
  public Optional<LiveTransaction> find(Hash key) {
    for (var entries : added.values()) {
      var entry = entries.get(key);
      if (entry != null) {
        return Optional.of(entry);
      }
    }
    var stored = LiveTransactions.stored(tables, key);
    if (stored.isPresent() && !stored.get().isRememberedAt(blockTime)) {
      stale.put(key, stored.get().bucket());
      return Optional.empty();
    }
    return stored;
  }

  /** How many transactions are remembered. */
  @Override
  public long size() {
    return size;
  }

  /** Only after {@link #find} has found nothing. */
  void add(Hash key, LiveTransaction entry) {
    var replaced = stale.get(key);
    if (replaced != null) {
      renewed.put(key, replaced);
    }
    var before = added.computeIfAbsent(entry.bucket(), _ -> new TreeMap<>()).put(key, entry);
    if (before != null) {
      throw new InvariantViolation("a transaction was executed twice: " + before.id());
    }
    size++;
  }

  /**
   * Ends the block: what it changes in the table, and in the ledger's state into {@code leaves}.
   */
  List<Write> finish(Height height, NavigableMap<StateKey, Optional<Bytes>> leaves) {
    var writes = new ArrayList<Write>();
    for (long bucket : forgotten) {
      leaves.put(StateKey.dedupeBucket(bucket), Optional.empty());
      writes.add(new Write.Delete(Table.DEDUPE, LedgerRows.bucket(bucket)));
    }
    deleteForgotten(writes);
    added.forEach((bucket, entries) -> store(bucket, entries, height, writes, leaves));
    renewed.forEach(
        (key, bucket) ->
            writes.add(new Write.Put(Table.DEDUPE, LedgerRows.renewed(bucket, key), Bytes.EMPTY)));
    forgotten.clear();
    added.clear();
    stale.clear();
    renewed.clear();
    return writes;
  }

  private void store(
      long number,
      NavigableMap<Hash, LiveTransaction> entries,
      Height height,
      List<Write> writes,
      NavigableMap<StateKey, Optional<Bytes>> leaves) {
    var encoded = new TreeMap<Hash, Bytes>();
    entries.forEach((key, entry) -> encoded.put(key, entry.encoded()));
    encoded.forEach(
        (key, entry) ->
            writes.add(new Write.Put(Table.DEDUPE, LedgerRows.liveTransaction(key), entry)));
    var bucket = buckets.getOrDefault(number, DedupeBucket.EMPTY).with(encoded);
    buckets.put(number, bucket);
    leaves.put(StateKey.dedupeBucket(number), Optional.of(bucket.encoded()));
    writes.add(new Write.Put(Table.DEDUPE, LedgerRows.bucket(number), bucket.encoded()));
    var keys =
        WireWriter.encode(out -> out.list(List.copyOf(entries.keySet()), (key, w) -> w.hash(key)));
    writes.add(new Write.Put(Table.DEDUPE, LedgerRows.addedToBucket(number, height), keys));
  }

  private void deleteForgotten(List<Write> writes) {
    var rows =
        tables.range(
            Table.DEDUPE,
            deletedBelow,
            LedgerRows.addedToBucket(LiveTransaction.bucketAt(blockTime), Height.ZERO),
            FORGOTTEN_ROWS_MAX);
    int addedNow = added.values().stream().mapToInt(NavigableMap::size).sum();
    int budget = FORGOTTEN_KEYS_AT_LEAST + 2 * addedNow;
    for (var row : rows) {
      if (budget <= 0) {
        return;
      }
      var keys = LedgerRows.stored(row.value(), DedupeSet::decodeKeys);
      delete(LedgerRows.bucketOfAdded(row.key()), keys, writes);
      writes.add(new Write.Delete(Table.DEDUPE, row.key()));
      deletedBelow = row.key();
      budget -= keys.size();
    }
  }

  /** Without a look at each row: those that a later bucket has taken over are marked. */
  private void delete(long bucket, List<Hash> keys, List<Write> writes) {
    var markers = LedgerRows.renewed(bucket, Hash.ZERO);
    boolean isMarked =
        !tables
            .range(Table.DEDUPE, markers, LedgerRows.renewed(bucket + 1, Hash.ZERO), 1)
            .isEmpty();
    for (var key : keys) {
      var marker = LedgerRows.renewed(bucket, key);
      if (renewed.remove(key, bucket)) {
        continue;
      }
      if (isMarked && tables.get(Table.DEDUPE, marker).isPresent()) {
        writes.add(new Write.Delete(Table.DEDUPE, marker));
      } else {
        writes.add(new Write.Delete(Table.DEDUPE, LedgerRows.liveTransaction(key)));
      }
    }
  }

  private static List<Hash> decodeKeys(Bytes encoded) throws Malformed {
    return WireReader.decode(encoded, in -> in.list(Block.INLINE_COUNT_MAX, WireReader::hash));
  }
}
