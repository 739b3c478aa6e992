package dev.sampo.core.execution;

import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * An executed transaction that the dedupe set remembers (7.14).
 *
 * @param ok whether it succeeded
 */
public record LiveTransaction(
    TransactionId id, Height height, int index, boolean ok, LedgerTime validUntil) {

  /** The width of a bucket of the dedupe set (7.15). */
  static final long BUCKET_MILLIS = 10_000;

  /** The bucket that is forgotten as a whole once block time reaches its end. */
  long bucket() {
    return bucketAt(validUntil);
  }

  /** The bucket that {@code time} falls into, which is the first one not forgotten then. */
  static long bucketAt(LedgerTime time) {
    return time.millis() / BUCKET_MILLIS;
  }

  boolean isRememberedAt(LedgerTime blockTime) {
    return bucket() >= bucketAt(blockTime);
  }

  Bytes encoded() {
    return WireWriter.encode(
        out -> {
          out.hash(id.hash()).u64(height.number()).u32(index);
          out.bool(ok).u64(validUntil.millis());
        });
  }

  static LiveTransaction decode(Bytes encoded) throws Malformed {
    return WireReader.decode(
        encoded,
        in ->
            new LiveTransaction(
                new TransactionId(in.hash()),
                Height.of(in.u64()),
                in.u32(),
                in.bool(),
                LedgerTime.ofMillis(in.u64())));
  }
}
