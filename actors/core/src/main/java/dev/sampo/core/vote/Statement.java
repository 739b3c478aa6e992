package dev.sampo.core.vote;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.crypto.SigningDomain;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * What a validator puts its signature under (protocol 2.2); each case is a signing kind of its own.
 */
public sealed interface Statement {

  Epoch epoch();

  /** The leader of {@code view} proposes {@code block}: at most one in a view. */
  record Propose(Epoch epoch, View view, Hash block) implements Statement {}

  /** The block was proposed in {@code view}, is valid, and is held here. */
  record Notarize(Epoch epoch, View view, Hash block) implements Statement {}

  /** The signer gives up on {@code view}. */
  record Nullify(Epoch epoch, View view) implements Statement {}

  /** The signer holds the notarization of the block and has not nullified the view. */
  record Finalize(Epoch epoch, View view, Hash block) implements Statement {}

  /** Execution of the block at {@code height} gave these roots (protocol 2.11). */
  record StateAttest(Epoch epoch, Height height, Hash block, Hash stateRoot, Hash receiptsRoot)
      implements Statement {}

  /**
   * The owner of {@code lane} appends a batch to it (protocol 2.10): at most one at a height of a
   * run.
   *
   * @param parent the digest of the batch at the height below; zero at height 1
   * @param count how many transactions the batch has, and
   * @param root the RFC 6962 root over the hashes of their complete signed bytes
   */
  record Append(
      Epoch epoch, ValidatorIndex lane, long run, Height height, Hash parent, int count, Hash root)
      implements Statement {

    /** The digest of the batch: SHA-256 of the encoded statement. */
    public Hash batch() {
      return Sha256.hash(WireWriter.encode(encodedLength(), this::writeTo));
    }
  }

  /**
   * The batch with this digest is stored by the signer (protocol 2.10, L2).
   *
   * @param verified the signer has also checked every client signature of the run down to the
   *     newest final batch of the lane, and all are valid (X11): a statement of a kind of its own
   * @param incarnation of the signer, which counts how often it lost what it had acknowledged (RE4)
   */
  record Ack(
      Epoch epoch,
      ValidatorIndex lane,
      long run,
      Height height,
      Hash batch,
      boolean verified,
      int incarnation)
      implements Statement {

    /** The same as a signer of that incarnation says it. */
    public Ack by(int incarnation) {
      return new Ack(epoch, lane, run, height, batch, verified, incarnation);
    }

    /** Whether both are about one batch, whatever else they say of it. */
    public boolean isOfSameBatch(Ack other) {
      return batch.equals(other.batch);
    }
  }

  /** What a validator says that lost its records, and what it is answered (protocol 2.25). */
  sealed interface OfRecovery extends Statement {}

  /** The signer has lost what it promised and asks what the others know of it (RE2). */
  record Recover(Epoch epoch, RecoveryNonce nonce) implements OfRecovery {}

  /**
   * The answer to {@code asker} (RE2).
   *
   * @param view no durable vote or certificate of the signer is about a higher one
   * @param incarnation the highest of the asker that the signer has stored; zero if none
   */
  record RecoverReply(
      Epoch epoch, ValidatorIndex asker, RecoveryNonce nonce, View view, int incarnation)
      implements OfRecovery {}

  /**
   * The signer lost its records and has this incarnation now: what it acknowledged in a lower one
   * is void (RE4).
   *
   * @param incarnation at least 1
   */
  record Incarnate(Epoch epoch, int incarnation) implements OfRecovery {}

  /** The signer has stored durably that {@code of} has this incarnation, at least 1 (RE4). */
  record IncarnationStored(Epoch epoch, ValidatorIndex of, int incarnation) implements OfRecovery {}

  /** The code of the case, in encodings and in the signing domain. */
  default int kind() {
    return switch (this) {
      case Propose p -> 1;
      case Notarize n -> 2;
      case Nullify n -> 3;
      case Finalize f -> 4;
      case StateAttest s -> 5;
      case Append a -> 6;
      case Ack a -> a.verified() ? 8 : 7;
      case Recover r -> 9;
      case RecoverReply r -> 10;
      case Incarnate i -> 11;
      case IncarnationStored i -> 12;
    };
  }

  /** The digest that is signed: bound to the kind, the ledger and the epoch. */
  default Hash digest(LedgerId ledger) {
    return SigningDomain.digest(
        kind(), ledger, epoch(), WireWriter.encode(encodedLength(), this::writeTo));
  }

  default void writeTo(WireWriter out) {
    out.u8(kind()).u64(epoch().number());
    switch (this) {
      case Propose(_, var view, var block) -> out.u64(view.number()).hash(block);
      case Notarize(_, var view, var block) -> out.u64(view.number()).hash(block);
      case Nullify(_, var view) -> out.u64(view.number());
      case Finalize(_, var view, var block) -> out.u64(view.number()).hash(block);
      case StateAttest(_, var height, var block, var state, var receipts) ->
          out.u64(height.number()).hash(block).hash(state).hash(receipts);
      case Append(_, var lane, long run, var height, var parent, int count, var root) -> {
        out.u16(lane.number()).u64(run).u64(height.number());
        out.hash(parent).u32(count).hash(root);
      }
      case Ack(_, var lane, long run, var height, var batch, _, int incarnation) ->
          out.u16(lane.number()).u64(run).u64(height.number()).hash(batch).u32(incarnation);
      case Recover(_, var nonce) -> out.fixed(nonce.value());
      case RecoverReply(_, var asker, var nonce, var view, int incarnation) -> {
        out.u16(asker.number()).fixed(nonce.value());
        out.u64(view.number()).u32(incarnation);
      }
      case Incarnate(_, int incarnation) -> out.u32(incarnation);
      case IncarnationStored(_, var of, int incarnation) -> out.u16(of.number()).u32(incarnation);
    }
  }

  /** Length of the encoding in bytes. */
  default int encodedLength() {
    return switch (this) {
      case Nullify n -> 1 + 8 + 8;
      case Propose p -> 1 + 8 + 8 + Hash.LENGTH;
      case Notarize n -> 1 + 8 + 8 + Hash.LENGTH;
      case Finalize f -> 1 + 8 + 8 + Hash.LENGTH;
      case StateAttest s -> 1 + 8 + 8 + 3 * Hash.LENGTH;
      case Append a -> 1 + 8 + 2 + 8 + 8 + Hash.LENGTH + 4 + Hash.LENGTH;
      case Ack a -> 1 + 8 + 2 + 8 + 8 + Hash.LENGTH + 4;
      case Recover r -> 1 + 8 + RecoveryNonce.LENGTH;
      case RecoverReply r -> 1 + 8 + 2 + RecoveryNonce.LENGTH + 8 + 4;
      case Incarnate i -> 1 + 8 + 4;
      case IncarnationStored i -> 1 + 8 + 2 + 4;
    };
  }

  static Statement readFrom(WireReader in) throws Malformed {
    int kind = in.u8();
    var epoch = Epoch.of(in.u64());
    return switch (kind) {
      case 1 -> new Propose(epoch, readView(in), in.hash());
      case 2 -> new Notarize(epoch, readView(in), in.hash());
      case 3 -> new Nullify(epoch, readView(in));
      case 4 -> new Finalize(epoch, readView(in), in.hash());
      case 5 -> new StateAttest(epoch, Height.of(in.u64()), in.hash(), in.hash(), in.hash());
      case 6 ->
          new Append(
              epoch,
              ValidatorIndex.of(in.u16()),
              in.u64(),
              readLaneHeight(in),
              in.hash(),
              in.u32(),
              in.hash());
      case 7 -> readAck(in, epoch, false);
      case 8 -> readAck(in, epoch, true);
      case 9 -> new Recover(epoch, readNonce(in));
      case 10 ->
          new RecoverReply(
              epoch, ValidatorIndex.of(in.u16()), readNonce(in), readView(in), in.u32());
      case 11 -> new Incarnate(epoch, readIncarnation(in));
      case 12 -> new IncarnationStored(epoch, ValidatorIndex.of(in.u16()), readIncarnation(in));
      default -> throw new Malformed("unknown statement kind " + kind);
    };
  }

  private static Ack readAck(WireReader in, Epoch epoch, boolean verified) throws Malformed {
    return new Ack(
        epoch,
        ValidatorIndex.of(in.u16()),
        in.u64(),
        readLaneHeight(in),
        in.hash(),
        verified,
        in.u32());
  }

  private static int readIncarnation(WireReader in) throws Malformed {
    int incarnation = in.u32();
    if (incarnation == 0) {
      throw new Malformed("the first incarnation is not announced");
    }
    return incarnation;
  }

  private static RecoveryNonce readNonce(WireReader in) throws Malformed {
    return new RecoveryNonce(in.fixed(RecoveryNonce.LENGTH));
  }

  private static Height readLaneHeight(WireReader in) throws Malformed {
    long height = in.u64();
    if (height == 0) {
      throw new Malformed("no batch has height 0");
    }
    return Height.of(height);
  }

  private static View readView(WireReader in) throws Malformed {
    long view = in.u64();
    if (view == 0) {
      throw new Malformed("nobody speaks in view 0");
    }
    return View.of(view);
  }
}
