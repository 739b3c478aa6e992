package dev.sampo.persistence.store;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * Whose data directory this is: the record INIT{genesis, key} of protocol 2.4 D11, kept both beside
 * the database and in it, so that neither can be exchanged alone (fault 45).
 *
 * @param token drawn by {@code init}: tells two directories of one validator apart
 */
public record NodeIdentity(LedgerId ledger, PublicKey validator, Bytes token) {

  /** In place of a validator's key in what a reader keeps: no validator can have it. */
  public static final PublicKey READER = new PublicKey(Hash.ZERO.value());

  /** The format of what a replica stores, and of the file that names whose directory it is. */
  public static final int FORMAT = 3;

  /** Length of a token in bytes. */
  public static final int TOKEN_LENGTH = 16;

  public NodeIdentity {
    if (token.length() != TOKEN_LENGTH) {
      throw new IllegalArgumentException("needs " + TOKEN_LENGTH + " bytes, got " + token.length());
    }
  }

  /** The identity as it is stored in the database, with the epoch of the newest writer. */
  record Record(NodeIdentity identity, long writerEpoch) {

    static final Bytes KEY = Bytes.copyOf(new byte[] {'I'});

    /** That of the next writer. */
    Record next() {
      return new Record(identity, Math.addExact(writerEpoch, 1));
    }

    Bytes encode() {
      return WireWriter.encode(
          out ->
              out.u32(FORMAT)
                  .fixed(identity.ledger.value())
                  .fixed(identity.validator.value())
                  .fixed(identity.token)
                  .u64(writerEpoch));
    }

    static Record decode(Bytes encoded) throws Malformed {
      return WireReader.decode(
          encoded,
          in -> {
            int format = in.u32();
            if (format != FORMAT) {
              throw new Malformed("unknown format " + format);
            }
            return new Record(
                new NodeIdentity(
                    new LedgerId(in.fixed(LedgerId.LENGTH)),
                    new PublicKey(in.fixed(PublicKey.LENGTH)),
                    in.fixed(TOKEN_LENGTH)),
                in.u64());
          });
    }
  }
}
