package dev.sampo.core.block;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * The header of a block (protocol 2.2); its hash names the block.
 *
 * @param position where the block stands
 * @param content what it commits to
 * @param proposer the leader of the view
 * @param time ledger time, strictly after the parent's
 */
public record BlockHeader(
    int version,
    LedgerId ledger,
    Position position,
    LedgerTime time,
    ValidatorIndex proposer,
    BlockType type,
    Content content) {

  /** The only version there is. */
  public static final int VERSION = 1;

  /** Length of every encoded header in bytes. */
  public static final int ENCODED_LENGTH = 277;

  /** Where a block stands: its own coordinates and its parent's. */
  public record Position(Epoch epoch, View view, Height height, Hash parent, View parentView) {}

  /**
   * What a block commits to.
   *
   * @param nextValidatorSet zero unless the type is EPOCH_END
   * @param stateHeight the height of the newest state certificate the leader knew, and
   * @param stateCertificate the SHA-256 of its statement, or zero
   */
  public record Content(
      Hash cutRoot,
      Hash inlineRoot,
      Hash validatorSet,
      Hash nextValidatorSet,
      Height stateHeight,
      Hash stateCertificate) {}

  public Epoch epoch() {
    return position.epoch();
  }

  public View view() {
    return position.view();
  }

  public Height height() {
    return position.height();
  }

  public Hash parent() {
    return position.parent();
  }

  public View parentView() {
    return position.parentView();
  }

  /** Encodes and hashes anew at each call; {@link Block#hash()} keeps it. */
  public Hash computeHash() {
    return Sha256.hash(WireWriter.encode(ENCODED_LENGTH, this::writeTo));
  }

  public void writeTo(WireWriter out) {
    out.u16(version).fixed(ledger.value());
    out.u64(epoch().number()).u64(view().number()).u64(height().number());
    out.hash(parent()).u64(parentView().number());
    out.u64(time.millis()).u16(proposer.number()).u8(type.ordinal());
    out.hash(content.cutRoot).hash(content.inlineRoot);
    out.hash(content.validatorSet).hash(content.nextValidatorSet);
    out.u64(content.stateHeight.number()).hash(content.stateCertificate);
  }

  public static BlockHeader readFrom(WireReader in) throws Malformed {
    int version = in.u16();
    var ledger = new LedgerId(in.fixed(LedgerId.LENGTH));
    var position =
        new Position(
            Epoch.of(in.u64()),
            View.of(in.u64()),
            Height.of(in.u64()),
            in.hash(),
            View.of(in.u64()));
    var time = LedgerTime.ofMillis(in.u64());
    var proposer = ValidatorIndex.of(in.u16());
    var type = BlockType.ofCode(in.u8());
    var content =
        new Content(in.hash(), in.hash(), in.hash(), in.hash(), Height.of(in.u64()), in.hash());
    return new BlockHeader(version, ledger, position, time, proposer, type, content);
  }
}
