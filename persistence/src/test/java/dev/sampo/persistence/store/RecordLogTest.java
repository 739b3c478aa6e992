package dev.sampo.persistence.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Protocol 2.4, damage: what counts as a torn tail of a log, and what as a lost promise. */
@Tag("fault-41")
@Tag("fault-42")
class RecordLogTest {

  private static final int BLOCK = 32 * 1024;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int MIDDLE = 3;
  private static final int LAST = 4;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @Test
  void aSoundLogHasNoDamage() {
    append(FULL, 100);
    append(FULL, 200);

    assertThat(read().firstDamage()).isEmpty();
    assertThat(read().holdsRecords()).isTrue();
  }

  @Test
  void anEmptyLogIsSoundAndHoldsNothing() {
    assertThat(read().firstDamage()).isEmpty();
    assertThat(read().holdsRecords()).isFalse();
  }

  @Test
  void aRecordThatGoesOnInTheNextBlockIsSound() {
    append(FIRST, BLOCK - 7);
    append(MIDDLE, BLOCK - 7);
    append(LAST, 10);
    append(FULL, 50);

    assertThat(read().firstDamage()).isEmpty();
  }

  @Test
  void aRecordWithoutItsEndIsATornTail() {
    append(FULL, 40);
    int start = log.size();
    append(FIRST, BLOCK - 7 - start - 7);

    assertThat(read().firstDamage()).hasValue(start);
    assertThat(read().holdsRecordsAfter(start + 1)).isFalse();
  }

  @Test
  void laterPartsOfATornRecordAreNotGoodRecords() {
    append(FIRST, BLOCK - 7);
    append(MIDDLE, BLOCK - 7);
    append(LAST, 10);
    var bytes = log.toByteArray();
    Arrays.fill(bytes, 0, 4096, (byte) 0);

    var torn = new RecordLog(bytes);

    assertThat(torn.firstDamage()).hasValue(0);
    assertThat(torn.holdsRecordsAfter(0)).isFalse();
  }

  @Test
  void aGoodRecordInALaterBlockIsFoundBehindDamage() {
    append(FIRST, BLOCK - 7);
    append(LAST, 10);
    append(FULL, 50);
    var bytes = log.toByteArray();
    bytes[20] ^= 1;

    assertThat(new RecordLog(bytes).holdsRecordsAfter(0)).isTrue();
  }

  @Test
  void aGoodRecordIsFoundBehindADamagedLength() {
    append(FULL, 100);
    append(FULL, 100);
    var bytes = log.toByteArray();
    bytes[5] ^= 1;

    assertThat(new RecordLog(bytes).firstDamage()).hasValue(0);
    assertThat(new RecordLog(bytes).holdsRecordsAfter(0)).isTrue();
  }

  @Test
  void theMarkAtTheStartOfALogIsNoRecordThatCouldBeLost() {
    append(FULL, 12);

    assertThat(read().firstDamage()).isEmpty();
    assertThat(read().holdsRecords()).isFalse();
  }

  @Test
  void aRecordThatAClientHasWrittenIntoATransactionIsNoGoodRecord() {
    var forged = fragment(FULL, new byte[100]);
    var payload = new byte[500];
    System.arraycopy(forged, 0, payload, 200, forged.length);
    log.writeBytes(fragment(FULL, payload));
    var bytes = log.toByteArray();
    bytes[0] ^= 1;

    assertThat(new RecordLog(bytes).holdsRecordsAfter(0)).isFalse();
  }

  private RecordLog read() {
    return new RecordLog(log.toByteArray());
  }

  private void append(int type, int length) {
    var payload = new byte[length];
    Arrays.fill(payload, (byte) log.size());
    log.writeBytes(fragment(type, payload));
  }

  private static byte[] fragment(int type, byte[] payload) {
    var crc = new CRC32C();
    crc.update(type);
    crc.update(payload);
    return ByteBuffer.allocate(7 + payload.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8)
        .putShort((short) payload.length)
        .put((byte) type)
        .put(payload)
        .array();
  }
}
