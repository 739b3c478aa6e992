package dev.sampo.core.vote;

import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/** A statement with the signature of one validator over its digest. */
public record Vote(Statement statement, ValidatorIndex signer, Signature signature) {

  public void writeTo(WireWriter out) {
    statement.writeTo(out);
    out.u16(signer.number()).fixed(signature.value());
  }

  public static Vote readFrom(WireReader in) throws Malformed {
    return new Vote(
        Statement.readFrom(in),
        ValidatorIndex.of(in.u16()),
        new Signature(in.fixed(Signature.LENGTH)));
  }
}
