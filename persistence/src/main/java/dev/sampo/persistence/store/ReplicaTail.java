package dev.sampo.persistence.store;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import org.rocksdb.RocksDBException;

/**
 * What a closed replica ends with: equal for a true copy, and for no older state.
 *
 * @param record whose it is, and how often it was opened
 * @param digest of the number of the database's last write, which every write to any table raises,
 *     and of the whole journal and snapshot of its promises
 */
record ReplicaTail(NodeIdentity.Record record, Hash digest) {

  private static final List<Family> HASHED =
      List.of(Family.IDENTITY, Family.JOURNAL, Family.SNAPSHOT);

  static ReplicaTail of(RocksInstance rocks) throws RocksDBException, Malformed {
    var hash = Sha256.start();
    long writes = rocks.database().getLatestSequenceNumber();
    hash.update(WireWriter.encode(out -> out.u64(writes)));
    for (var family : HASHED) {
      try (var iterator = rocks.database().newIterator(rocks.handle(family))) {
        for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
          var key = Bytes.owning(iterator.key());
          var value = Bytes.owning(iterator.value());
          hash.update(WireWriter.encode(out -> out.u8(1).bytes(key).bytes(value)));
        }
        iterator.status();
      }
      hash.update(0);
    }
    return new ReplicaTail(rocks.identityRecord(), hash.finish());
  }
}
