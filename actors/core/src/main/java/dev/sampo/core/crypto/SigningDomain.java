package dev.sampo.core.crypto;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.WireWriter;
import java.nio.charset.StandardCharsets;

/**
 * Separates what signatures are about (protocol 2.1): version, kind, ledger and epoch are signed
 * too.
 */
public final class SigningDomain {

  /** The kind of client transactions; lower numbers are kinds of {@code Statement}. */
  public static final int TRANSACTION = 16;

  /** The kind of a validator's consent to a ledger's charter. */
  public static final int CHARTER_CONSENT = 17;

  /** The kind of a validator's order to move its replica of a ledger from node to node. */
  public static final int MOVE_ORDER = 18;

  /** The kind of a validator's refusal of a data directory that was handed over to it. */
  public static final int HAND_OVER_REFUSAL = 19;

  private static final Bytes PREFIX = Bytes.copyOf("sampo/v1".getBytes(StandardCharsets.US_ASCII));
  private static final int HEAD_LENGTH = PREFIX.length() + 1 + LedgerId.LENGTH + 8;

  private SigningDomain() {}

  /**
   * SHA-256("sampo/v1" || kind (u8) || ledger (32) || epoch (u64) || body): the message that is
   * signed.
   */
  public static Hash digest(int kind, LedgerId ledger, Epoch epoch, Bytes body) {
    return Sha256.hash(
        WireWriter.encode(
            HEAD_LENGTH + body.length(),
            out ->
                out.fixed(PREFIX).u8(kind).fixed(ledger.value()).u64(epoch.number()).fixed(body)));
  }

  /**
   * SHA-256("sampo/v1/" || purpose || 0 || parts): an identifier that no other purpose can collide
   * with.
   */
  public static Hash identifier(Purpose purpose, Bytes... parts) {
    var hash = Sha256.start().update(purpose.head());
    for (var part : parts) {
      hash.update(part);
    }
    return hash.finish();
  }
}
