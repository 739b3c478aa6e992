package dev.sampo.persistence.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * A file in the record format that RocksDB uses for its write-ahead log and its manifest, read only
 * to judge it: blocks of 32 KiB; in them fragments of a masked CRC32C (u32), a length (u16), a type
 * (u8) and a payload, all little-endian; a fragment never spans blocks.
 */
final class RecordLog {

  private static final int BLOCK = 32 * 1024;
  private static final int HEADER = 7;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int MIDDLE = 3;
  private static final int LAST = 4;

  /** The payload of a write that changes nothing; RocksDB marks the start of a log with one. */
  private static final int EMPTY_WRITE = 12;

  private final ByteBuffer content;
  private final int size;

  RecordLog(byte[] content) {
    this.content = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    this.size = content.length;
  }

  static RecordLog read(Path file) throws IOException {
    return new RecordLog(Files.readAllBytes(file));
  }

  /** Where the first unsound or unfinished record starts. */
  OptionalInt firstDamage() {
    return firstDamageFrom(0);
  }

  /** Whether any record that changes something starts at or after {@code offset}, damage or not. */
  boolean holdsRecordsAfter(int offset) {
    return isRecordInChain(offset + HEADER + lengthAt(offset))
        || isRecordInLaterBlocks(offset)
        || isRecordAtOddOffset(offset);
  }

  /** Whether the log holds a record that changes something. */
  boolean holdsRecords() {
    return isRecordInChain(0) || isRecordInLaterBlocks(0);
  }

  private OptionalInt firstDamageFrom(int start) {
    int recordStart = start;
    boolean isInRecord = false;
    int at = start;
    while (at < size) {
      if (isTrailer(at)) {
        at = nextBlock(at);
        continue;
      }
      if (!isInRecord) {
        recordStart = at;
      }
      if (!isSound(at) || startsRecord(at) == isInRecord) {
        return OptionalInt.of(recordStart);
      }
      isInRecord = typeAt(at) == FIRST || typeAt(at) == MIDDLE;
      at = end(at);
    }
    return isInRecord ? OptionalInt.of(recordStart) : OptionalInt.empty();
  }

  private boolean isRecordInChain(int start) {
    int at = start;
    while (at < size && (isTrailer(at) || isSound(at))) {
      if (isTrailer(at)) {
        at = nextBlock(at);
      } else if (isChange(at)) {
        return true;
      } else {
        at = end(at);
      }
    }
    return false;
  }

  private boolean isRecordInLaterBlocks(int offset) {
    for (int block = nextBlock(offset); block < size; block += BLOCK) {
      if (isRecordInChain(block)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where the length of a damaged record cannot be trusted, the next one may start anywhere. Bytes
   * that a client chose may look like a record too, so it counts only if all is sound from there to
   * the end of the log, which a client cannot arrange.
   */
  private boolean isRecordAtOddOffset(int offset) {
    int blockEnd = Math.min(nextBlock(offset), size);
    for (int at = offset + 1; at + HEADER <= blockEnd; at++) {
      if (isSound(at) && isChange(at) && firstDamageFrom(at).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private boolean isSound(int at) {
    if (at + HEADER > size || typeAt(at) < FULL || typeAt(at) > LAST) {
      return false;
    }
    return end(at) <= Math.min(nextBlock(at), size) && content.getInt(at) == maskedCrcAt(at);
  }

  private boolean isChange(int at) {
    return startsRecord(at) && (typeAt(at) == FIRST || lengthAt(at) > EMPTY_WRITE);
  }

  private boolean startsRecord(int at) {
    return typeAt(at) == FULL || typeAt(at) == FIRST;
  }

  private int maskedCrcAt(int at) {
    var crc = new CRC32C();
    crc.update(content.array(), at + HEADER - 1, 1 + lengthAt(at));
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  private int lengthAt(int at) {
    return at + HEADER > size ? 0 : Short.toUnsignedInt(content.getShort(at + 4));
  }

  private int typeAt(int at) {
    return Byte.toUnsignedInt(content.get(at + HEADER - 1));
  }

  private int end(int at) {
    return at + HEADER + lengthAt(at);
  }

  private static boolean isTrailer(int at) {
    return BLOCK - at % BLOCK < HEADER;
  }

  private static int nextBlock(int at) {
    return at - at % BLOCK + BLOCK;
  }
}
