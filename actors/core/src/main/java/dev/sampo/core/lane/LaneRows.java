package dev.sampo.core.lane;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.store.EntryReader;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet.Write;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.Comparator;
import java.util.Optional;

/**
 * Keys and values of {@link Table#LANE}: 0, height (u64), lane (u16), digest (32) to a batch (D9,
 * D10); 1, height (u64), lane (u16), run (u64) to the digest that was acknowledged (D10); 2, lane
 * (u16) to the highest run that was acknowledged (u64). The height comes first, so that a store
 * which sorts its keys writes new batches behind the old ones.
 */
public final class LaneRows {

  private static final int BATCH = 0;
  private static final int ACK = 1;
  private static final int RUN = 2;

  private LaneRows() {}

  public static Write put(Batch batch) {
    return new Write.Put(
        Table.LANE,
        batchKey(batch.lane(), batch.tip()),
        WireWriter.encode(batch.encodedLength(), batch::writeTo));
  }

  public static Write put(Ack ack) {
    return new Write.Put(
        Table.LANE,
        WireWriter.encode(
            out -> out.u8(ACK).u64(ack.height().number()).u16(ack.lane().number()).u64(ack.run())),
        ack.batch().value());
  }

  public static Write putRun(ValidatorIndex lane, long run) {
    return new Write.Put(Table.LANE, runKey(lane), WireWriter.encode(out -> out.u64(run)));
  }

  public static Optional<Batch> batch(EntryReader tables, ValidatorIndex lane, Tip tip) {
    return tables.get(Table.LANE, batchKey(lane, tip)).map(LaneRows::batch);
  }

  public static Batch batch(Bytes row) {
    return stored(row, Batch::readFrom);
  }

  /** Where a lane has at most one acknowledged batch. */
  public record AckPlace(Height height, long run) implements Comparable<AckPlace> {

    private static final Comparator<AckPlace> ORDER =
        Comparator.comparing(AckPlace::height).thenComparingLong(AckPlace::run);

    @Override
    public int compareTo(AckPlace other) {
      return ORDER.compare(this, other);
    }
  }

  /** The lane that the key of a batch or of an acknowledgement is about. */
  public static ValidatorIndex laneOf(Bytes key) {
    return stored(key.slice(9, 11), in -> ValidatorIndex.of(in.u16()));
  }

  public static AckPlace ackPlace(Bytes key) {
    var height = stored(key.slice(1, 9), in -> Height.of(in.u64()));
    return new AckPlace(height, stored(key.slice(11, key.length()), WireReader::u64));
  }

  public static Hash ackedDigest(Bytes row) {
    return new Hash(row);
  }

  public static long run(Bytes row) {
    return stored(row, WireReader::u64);
  }

  public static Bytes runKey(ValidatorIndex lane) {
    return WireWriter.encode(out -> out.u8(RUN).u16(lane.number()));
  }

  /** Below the key of every batch at {@code height} or above. */
  public static Bytes batchesFrom(Height height) {
    return WireWriter.encode(out -> out.u8(BATCH).u64(height.number()));
  }

  public static Bytes batchesEnd() {
    return WireWriter.encode(out -> out.u8(BATCH + 1));
  }

  /** Below the key of every acknowledgement at {@code height} or above. */
  public static Bytes acksFrom(Height height) {
    return WireWriter.encode(out -> out.u8(ACK).u64(height.number()));
  }

  public static Bytes acksEnd() {
    return WireWriter.encode(out -> out.u8(ACK + 1));
  }

  private static Bytes batchKey(ValidatorIndex lane, Tip tip) {
    return WireWriter.encode(
        out -> out.u8(BATCH).u64(tip.height().number()).u16(lane.number()).hash(tip.digest()));
  }

  private static <T> T stored(Bytes value, WireReader.Decoder<T> decoder) {
    try {
      return WireReader.decode(value, decoder);
    } catch (Malformed damaged) {
      throw new InvariantViolation("the store holds a damaged value: " + value, damaged);
    }
  }
}
