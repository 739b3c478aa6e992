package dev.sampo.persistence.journal;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.RecoveryNonce;
import dev.sampo.core.vote.Statement;
import dev.sampo.persistence.store.Directories;
import java.util.List;

/** Promises for tests; each is told from the others by its view. */
final class Promises {

  private static final Epoch EPOCH = Epoch.of(0);

  private Promises() {}

  static Promise nullified(long view) {
    return new Promise.Stated(new Statement.Nullify(EPOCH, View.of(view)));
  }

  static Promise notarized(long view) {
    return new Promise.Stated(new Statement.Notarize(EPOCH, View.of(view), block(view).hash()));
  }

  static Promise nullification(long view) {
    return new Promise.CertificateHeld(
        new Certificate(new Statement.Nullify(EPOCH, View.of(view)), List.of()));
  }

  static Promise answered(long view) {
    var nonce = new RecoveryNonce(Bytes.owning(new byte[RecoveryNonce.LENGTH]));
    return new Promise.Stated(
        new Statement.RecoverReply(EPOCH, ValidatorIndex.of(1), nonce, View.of(view), 0));
  }

  static Promise held(long view) {
    return new Promise.BlockHeld(block(view));
  }

  static Promise finalUpTo(long view) {
    return new Promise.FinalUpTo(View.of(view), block(view).hash());
  }

  private static Block block(long view) {
    var cut = Cut.unused(4);
    var content =
        new BlockHeader.Content(
            cut.root(), Block.inlineRoot(List.of()), Hash.ZERO, Hash.ZERO, Height.ZERO, Hash.ZERO);
    var position =
        new BlockHeader.Position(
            EPOCH, View.of(view), Height.of(view), Hash.ZERO, View.of(view - 1));
    var header =
        new BlockHeader(
            BlockHeader.VERSION,
            Directories.LEDGER,
            position,
            new LedgerTime(view),
            ValidatorIndex.of(0),
            BlockType.NORMAL,
            content);
    return new Block(header, cut, List.of());
  }
}
