package dev.sampo.core.execution;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet.Write;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.Optional;

/** Keys and values of a ledger's tables, as far as execution writes them. */
final class LedgerRows {

  static final Bytes META_GENESIS = Bytes.fromHex("00");
  static final Bytes META_LAST_EXECUTED = Bytes.fromHex("01");
  static final Bytes META_LAST_CERTIFIED = Bytes.fromHex("02");

  private LedgerRows() {}

  /** Where a transaction stands. */
  record Place(Height height, int index) {

    static Place decode(Bytes encoded) throws Malformed {
      return WireReader.decode(encoded, in -> new Place(Height.of(in.u64()), in.u32()));
    }

    Bytes encoded() {
      return WireWriter.encode(out -> out.u64(height.number()).u32(index));
    }
  }

  /**
   * A block as it is stored.
   *
   * @param proof that it is final, unless that follows from the proof of a later block
   */
  record StoredBlock(Block block, Optional<FinalityProof> proof) {

    /** Of most proofs about, so that the buffer seldom grows. */
    private static final int PROOF_LENGTH = 1024;

    static StoredBlock decode(Bytes encoded) throws Malformed {
      return WireReader.decode(
          encoded,
          in ->
              new StoredBlock(
                  Block.readFrom(in),
                  in.bool() ? Optional.of(FinalityProof.readFrom(in)) : Optional.empty()));
    }

    Bytes encoded() {
      return WireWriter.encode(
          block.encodedLength() + PROOF_LENGTH,
          out -> {
            block.writeTo(out);
            out.bool(proof.isPresent());
            proof.ifPresent(present -> present.writeTo(out));
          });
    }
  }

  /** The header that a row starts with. */
  static BlockHeader readHeader(Bytes storedBlock) {
    return stored(storedBlock, encoded -> WireReader.decodeStart(encoded, BlockHeader::readFrom));
  }

  /** A decoder of a whole value. */
  @FunctionalInterface
  interface Decoder<T> {
    T decode(Bytes encoded) throws Malformed;
  }

  /** Decodes what this program wrote itself. */
  static <T> T stored(Bytes value, Decoder<T> decoder) {
    try {
      return decoder.decode(value);
    } catch (Malformed damaged) {
      throw new InvariantViolation("the store holds a damaged value: " + value, damaged);
    }
  }

  static Bytes height(Height height) {
    return WireWriter.encode(out -> out.u64(height.number()));
  }

  static Height readHeight(Bytes value) {
    return stored(value, encoded -> WireReader.decode(encoded, in -> Height.of(in.u64())));
  }

  static Bytes ownStatement(Height height) {
    return attestation(0, height);
  }

  static Bytes certificate(Height height) {
    return attestation(1, height);
  }

  static boolean isCertificate(Bytes key) {
    return key.at(0) == 1;
  }

  static Certificate decodeCertificate(Bytes encoded) throws Malformed {
    var certificate = WireReader.decode(encoded, Certificate::readFrom);
    if (certificate.statement() instanceof StateAttest) {
      return certificate;
    }
    throw new Malformed("not a state certificate");
  }

  static StateAttest decodeStatement(Bytes encoded) throws Malformed {
    if (WireReader.decode(encoded, Statement::readFrom) instanceof StateAttest attest) {
      return attest;
    }
    throw new Malformed("not a state attestation");
  }

  /** What a state certificate attests. */
  static StateAttest statementOf(Certificate certificate) {
    if (certificate.statement() instanceof StateAttest statement) {
      return statement;
    }
    throw new InvariantViolation("not a state certificate: " + certificate.statement());
  }

  static Height heightOf(Certificate certificate) {
    return statementOf(certificate).height();
  }

  static Bytes delta(Height height) {
    return attestation(2, height);
  }

  private static Bytes attestation(int kind, Height height) {
    return WireWriter.encode(out -> out.u8(kind).u64(height.number()));
  }

  /** A remembered transaction by its dedupe key. */
  static Bytes liveTransaction(Hash dedupeKey) {
    return WireWriter.encode(out -> out.u8(0).hash(dedupeKey));
  }

  /** The dedupe keys that the block at {@code height} added to a bucket. */
  static Bytes addedToBucket(long bucket, Height height) {
    return WireWriter.encode(out -> out.u8(1).u64(bucket).u64(height.number()));
  }

  /** The bucket of a key that {@link #addedToBucket} made. */
  static long bucketOfAdded(Bytes key) {
    return stored(key.slice(1, 9), encoded -> WireReader.decode(encoded, WireReader::u64));
  }

  /** Marks a remembered transaction that took the row of one in the forgotten {@code bucket}. */
  static Bytes renewed(long bucket, Hash dedupeKey) {
    return WireWriter.encode(out -> out.u8(3).u64(bucket).hash(dedupeKey));
  }

  /** The tree and size of a bucket of the dedupe set. */
  static Bytes bucket(long bucket) {
    return WireWriter.encode(out -> out.u8(2).u64(bucket));
  }

  static Write putResult(Place place, TransactionResult result) {
    return new Write.Put(Table.RESULT, place.encoded(), result.encoded());
  }

  static Write putTransaction(TransactionId id, Place place) {
    return new Write.Put(Table.TRANSACTION, id.hash().value(), place.encoded());
  }
}
