package dev.sampo.persistence.store;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Memory outside the heap for the stores of one process together, however many there are: blocks to
 * read and write buffers. To be closed after the stores that use it.
 */
public final class StoreMemory implements AutoCloseable {

  /** Write buffers of all stores; what they do not use is there for blocks to read. */
  private static final long WRITE_BUFFERS_BYTES_MAX = 24L << 20;

  private static final long MEMORY_BYTES_MAX = WRITE_BUFFERS_BYTES_MAX + (16L << 20);

  private final LRUCache cache;
  private final WriteBufferManager writeBuffers;

  public StoreMemory() {
    RocksDB.loadLibrary();
    cache = new LRUCache(MEMORY_BYTES_MAX);
    writeBuffers = new WriteBufferManager(WRITE_BUFFERS_BYTES_MAX, cache);
  }

  Cache cache() {
    return cache;
  }

  WriteBufferManager writeBuffers() {
    return writeBuffers;
  }

  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }
}
