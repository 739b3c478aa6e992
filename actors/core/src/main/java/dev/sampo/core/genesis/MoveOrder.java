package dev.sampo.core.genesis;

import dev.sampo.core.crypto.SigningDomain;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.WireWriter;

/**
 * What a validator signs to have another of its nodes host its replica of a ledger. It may be
 * carried by anybody, and works once: the copy that it names has ended then.
 *
 * @param writerEpoch of the copy that is to end, not negative (protocol V1)
 * @param to the name of the node that is to go on, at most {@value #NAME_LENGTH_MAX} printable
 *     characters of ASCII
 */
public record MoveOrder(LedgerId ledger, long writerEpoch, String to) {

  public static final int NAME_LENGTH_MAX = 256;

  public MoveOrder {
    if (writerEpoch < 0) {
      throw new IllegalArgumentException("no writer epoch is negative, got " + writerEpoch);
    }
    requireName(to);
  }

  /** Whether a node may be called so: 1 to {@value #NAME_LENGTH_MAX} printable ASCII characters. */
  public static boolean isName(String text) {
    boolean isPrintable = text.chars().allMatch(letter -> letter > ' ' && letter <= '~');
    return !text.isEmpty() && text.length() <= NAME_LENGTH_MAX && isPrintable;
  }

  static void requireName(String to) {
    if (!isName(to)) {
      throw new IllegalArgumentException(
          "the name of a node has 1 to " + NAME_LENGTH_MAX + " printable characters of ASCII");
    }
  }

  /** What is signed: kind 18, the ledger's id, epoch 0, the writer epoch and the name. */
  public Hash digest() {
    var body = WireWriter.encode(out -> out.u64(writerEpoch).text(to));
    return SigningDomain.digest(SigningDomain.MOVE_ORDER, ledger, Epoch.ZERO, body);
  }
}
