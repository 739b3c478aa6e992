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
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Vote;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Keys and values of {@link Table#LANE}: 0, height (u64), lane (u16), digest (32) to a batch (D9,
 * D10); 1, height (u64), lane (u16), run (u64) to the digest that was acknowledged and whether as
 * verified (u8; D10, X11); 2, lane (u16) to the highest run that was acknowledged (u64); 3, height
 * (u64), lane (u16), digest (32) to the index of an entry with an invalid signature (u32; X11); 4,
 * validator (u16) to its signed announcement of its newest incarnation (D12), the own one once
 * enough others have confirmed it. The height comes first, so that a store which sorts its keys
 * writes new batches behind the old ones.
 */
public final class LaneRows {

  private static final int BATCH = 0;
  private static final int ACK = 1;
  private static final int RUN = 2;
  private static final int FORGED = 3;
  private static final int INCARNATION = 4;

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
        WireWriter.encode(out -> out.hash(ack.batch()).bool(ack.verified())));
  }

  /** The entry at {@code index} of the batch has an invalid signature (X11). */
  public static Write putForged(ValidatorIndex lane, Tip batch, int index) {
    return new Write.Put(
        Table.LANE, key(FORGED, lane, batch), WireWriter.encode(out -> out.u32(index)));
  }

  public static Write putRun(ValidatorIndex lane, long run) {
    return new Write.Put(Table.LANE, runKey(lane), WireWriter.encode(out -> out.u64(run)));
  }

  /** What a validator said of its incarnation (RE4). */
  public static Write putAnnouncement(Vote vote) {
    return new Write.Put(
        Table.LANE,
        WireWriter.encode(out -> out.u8(INCARNATION).u16(vote.signer().number())),
        WireWriter.encode(vote::writeTo));
  }

  /** What a row says of an incarnation, if it is such a row. */
  public static Optional<Vote> announcement(Bytes key, Bytes row) {
    int kind = stored(key.slice(0, 1), WireReader::u8);
    return kind == INCARNATION ? Optional.of(stored(row, Vote::readFrom)) : Optional.empty();
  }

  /** The newest announcement of each validator that made one, in the order of their indices. */
  public static List<Vote> announcements(EntryReader tables) {
    return tables
        .range(
            Table.LANE,
            WireWriter.encode(out -> out.u8(INCARNATION)),
            WireWriter.encode(out -> out.u8(INCARNATION + 1)),
            ValidatorSet.MAX_SIZE)
        .stream()
        .map(row -> stored(row.value(), Vote::readFrom))
        .toList();
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

  /** What was acknowledged at a place. */
  public record Acked(Hash batch, boolean verified) {}

  public static Acked acked(Bytes row) {
    return stored(row, in -> new Acked(in.hash(), in.bool()));
  }

  /** The batch in the key of a row about a forged entry. */
  public static Tip forgedBatch(Bytes key) {
    var height = stored(key.slice(1, 9), in -> Height.of(in.u64()));
    return new Tip(height, Hash.of(key.slice(11, key.length())));
  }

  public static int forgedEntry(Bytes row) {
    return stored(row, WireReader::u32);
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

  /** Below the key of every row about a forged entry at {@code height} or above. */
  public static Bytes forgedFrom(Height height) {
    return WireWriter.encode(out -> out.u8(FORGED).u64(height.number()));
  }

  public static Bytes forgedEnd() {
    return WireWriter.encode(out -> out.u8(FORGED + 1));
  }

  private static Bytes batchKey(ValidatorIndex lane, Tip tip) {
    return key(BATCH, lane, tip);
  }

  private static Bytes key(int kind, ValidatorIndex lane, Tip tip) {
    return WireWriter.encode(
        out -> out.u8(kind).u64(tip.height().number()).u16(lane.number()).hash(tip.digest()));
  }

  private static <T> T stored(Bytes value, WireReader.Decoder<T> decoder) {
    try {
      return WireReader.decode(value, decoder);
    } catch (Malformed damaged) {
      throw new InvariantViolation("the store holds a damaged value: " + value, damaged);
    }
  }
}
