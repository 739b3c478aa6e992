package dev.sampo.persistence.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/** An open database with all its native objects, which are released together. */
final class RocksInstance implements AutoCloseable {

  private static final long WRITE_BUFFER_BYTES = 8L << 20;

  /**
   * The step in which a write buffer takes memory. Each family of each store holds one at least, so
   * that a larger one would fill what all share ({@link StoreMemory}) with buffers that are empty,
   * and every write would then move a buffer to a file of its own.
   */
  private static final long ARENA_BLOCK_BYTES = 16L << 10;

  private static final long LOGS_BYTES_MAX = 32L << 20;
  private static final int OPEN_FILES_MAX = 256;
  private static final int BLOOM_BITS_PER_KEY = 10;

  /**
   * Share of a write buffer that its filter takes, from the start: 10 bits for each of 40,000 keys.
   */
  private static final double MEMTABLE_FILTER_RATIO = 0.00625;

  private final Deque<AbstractNativeReference> owned;
  private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
  private final WriteOptions synced;
  private final WriteOptions unsynced;
  private final RocksDB database;

  private RocksInstance(
      Path directory, DBOptions options, StoreMemory memory, Deque<AbstractNativeReference> owned)
      throws RocksDBException {
    this.owned = owned;
    options.setWriteBufferManager(memory.writeBuffers());
    synced = own(new WriteOptions().setSync(true));
    unsynced = own(new WriteOptions().setSync(false));
    var handles = new ArrayList<ColumnFamilyHandle>();
    database =
        own(RocksDB.open(options, directory.toString(), descriptors(memory.cache()), handles));
    handles.forEach(this::own);
    for (var family : Family.values()) {
      families.put(family, handles.get(family.ordinal() + 1));
    }
  }

  /** Creates the database and all its families; fails if there is one. */
  static RocksInstance create(Path directory, StoreMemory memory) throws RocksDBException {
    return start(directory, memory, Optional.empty(), failure -> {});
  }

  /**
   * Opens an existing database.
   *
   * @param memory closed by its owner, after the database
   * @param onFailure told of failures in the background; must neither block nor close the database
   */
  static RocksInstance open(
      Path directory, StoreMemory memory, WALRecoveryMode mode, Consumer<Throwable> onFailure)
      throws RocksDBException {
    return start(directory, memory, Optional.of(mode), onFailure);
  }

  /** Without a mode of recovery the database is new. */
  private static RocksInstance start(
      Path directory,
      StoreMemory memory,
      Optional<WALRecoveryMode> recovery,
      Consumer<Throwable> onFailure)
      throws RocksDBException {
    boolean isNew = recovery.isEmpty();
    var owned = new ArrayDeque<AbstractNativeReference>();
    try {
      var failures = new FailureListener(onFailure);
      owned.push(failures);
      var options = options(failures);
      owned.push(options);
      options
          .setCreateIfMissing(isNew)
          .setErrorIfExists(isNew)
          .setCreateMissingColumnFamilies(isNew)
          .setWalRecoveryMode(recovery.orElse(WALRecoveryMode.AbsoluteConsistency));
      return new RocksInstance(directory, options, memory, owned);
    } catch (RocksDBException | RuntimeException failed) {
      owned.forEach(AbstractNativeReference::close);
      throw failed;
    }
  }

  RocksDB database() {
    return database;
  }

  ColumnFamilyHandle handle(Family family) {
    return Objects.requireNonNull(families.get(family));
  }

  /** Whose database it is, and the epoch of its newest writer. */
  NodeIdentity.Record identityRecord() throws RocksDBException, Malformed {
    var stored = database.get(handle(Family.IDENTITY), NodeIdentity.Record.KEY.toByteArray());
    if (stored == null) {
      throw new Malformed("the database has no identity");
    }
    return NodeIdentity.Record.decode(Bytes.owning(stored));
  }

  /** On disk when it returns. */
  void put(NodeIdentity.Record record) throws RocksDBException {
    var key = NodeIdentity.Record.KEY.toByteArray();
    database.put(handle(Family.IDENTITY), synced, key, record.encode().toByteArray());
  }

  /** About how many keys a family has; what was written over or deleted may count. */
  long estimatedKeys(Family family) throws RocksDBException {
    return database.getLongProperty(handle(family), "rocksdb.estimate-num-keys");
  }

  /** A write with these is on disk when it returns. */
  WriteOptions synced() {
    return synced;
  }

  /** A write with these is on disk with the next one that is synced. */
  WriteOptions unsynced() {
    return unsynced;
  }

  @Override
  public void close() {
    owned.forEach(AbstractNativeReference::close);
    owned.clear();
  }

  private <T extends AbstractNativeReference> T own(T nativeObject) {
    owned.push(nativeObject);
    return nativeObject;
  }

  private static DBOptions options(FailureListener failures) {
    var onlyByName = new Properties();
    // A closed log that is missing or too short is refused instead of skipped.
    onlyByName.setProperty("track_and_verify_wals_in_manifest", "true");
    return Objects.requireNonNull(DBOptions.getDBOptionsFromProps(onlyByName))
        .setParanoidChecks(true)
        .setMaxBgErrorResumeCount(0)
        .setListeners(List.of(failures))
        .setMaxTotalWalSize(LOGS_BYTES_MAX)
        .setMaxOpenFiles(OPEN_FILES_MAX)
        .setMaxBackgroundJobs(2)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(1L << 20)
        .setKeepLogFileNum(2)
        .setStatsDumpPeriodSec(0);
  }

  private List<ColumnFamilyDescriptor> descriptors(Cache cache) {
    var format =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true)
            .setFilterPolicy(own(new BloomFilter(BLOOM_BITS_PER_KEY)));
    var options = own(options(format));
    // Most keys that are looked for here do not exist, and the newest tables are in memory.
    var filtered =
        own(options(format))
            .setMemtableWholeKeyFiltering(true)
            .setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER_RATIO);
    var descriptors = new ArrayList<ColumnFamilyDescriptor>();
    descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options));
    for (var family : Family.values()) {
      var name = family.name().toLowerCase(Locale.ROOT).getBytes(US_ASCII);
      boolean isFiltered = family == Family.DEDUPE || family == Family.TRANSACTION;
      descriptors.add(new ColumnFamilyDescriptor(name, isFiltered ? filtered : options));
    }
    return descriptors;
  }

  private static ColumnFamilyOptions options(BlockBasedTableConfig format) {
    return new ColumnFamilyOptions()
        .setTableFormatConfig(format)
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setArenaBlockSize(ARENA_BLOCK_BYTES)
        .setCompressionType(CompressionType.LZ4_COMPRESSION);
  }

  /** Passes on failed flushes and compactions, and lets RocksDB not recover from any by itself. */
  private static final class FailureListener extends AbstractEventListener {

    private final Consumer<Throwable> onFailure;

    FailureListener(Consumer<Throwable> onFailure) {
      super(EnabledEventCallback.ON_BACKGROUND_ERROR, EnabledEventCallback.ON_ERROR_RECOVERY_BEGIN);
      this.onFailure = onFailure;
    }

    @Override
    public void onBackgroundError(BackgroundErrorReason reason, Status status) {
      onFailure.accept(new RocksDBException(reason + ": " + status.getCodeString(), status));
    }

    @Override
    public boolean onErrorRecoveryBegin(BackgroundErrorReason reason, Status status) {
      return false;
    }
  }
}
