package dev.sampo.persistence.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.WireWriter;
import java.nio.ByteBuffer;

/** Keys that sort by persistent actor, then by sequence number. */
final class RecordKey {

  private static final int NUMBERED = 1;
  private static final int DELETED_UP_TO = 0;

  private RecordKey() {}

  static Bytes numbered(String persistenceId, long sequenceNr) {
    return WireWriter.encode(out -> prefix(NUMBERED, persistenceId, out).u64(sequenceNr));
  }

  static Bytes deletedUpTo(String persistenceId) {
    return WireWriter.encode(out -> prefix(DELETED_UP_TO, persistenceId, out));
  }

  static long sequenceNrIn(Bytes numberedKey) {
    return ByteBuffer.wrap(numberedKey.toByteArray()).getLong(numberedKey.length() - Long.BYTES);
  }

  private static WireWriter prefix(int kind, String persistenceId, WireWriter out) {
    var id = Bytes.owning(persistenceId.getBytes(UTF_8));
    return out.u8(kind).u16(id.length()).fixed(id);
  }
}
