package dev.sampo.core.consensus;

import dev.sampo.core.block.Block;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/** The canonical encoding of promises in the journal: a tag of one byte and the body (2.4). */
public final class PromiseCodec {

  private static final int STATED = 1;
  private static final int BLOCK_HELD = 2;
  private static final int CERTIFICATE_HELD = 3;
  private static final int FINAL_UP_TO = 4;
  private static final int RECOVERED_FROM = 5;

  private PromiseCodec() {}

  public static Bytes encode(Promise promise) {
    return WireWriter.encode(out -> write(promise, out));
  }

  /** Decodes strictly: an unknown tag or bytes left over are malformed. */
  public static Promise decode(Bytes encoded) throws Malformed {
    return WireReader.decode(encoded, PromiseCodec::read);
  }

  private static void write(Promise promise, WireWriter out) {
    switch (promise) {
      case Promise.Stated(var statement) -> statement.writeTo(out.u8(STATED));
      case Promise.BlockHeld(var block) -> block.writeTo(out.u8(BLOCK_HELD));
      case Promise.CertificateHeld(var certificate) ->
          certificate.writeTo(out.u8(CERTIFICATE_HELD));
      case Promise.FinalUpTo(var view, var block) ->
          out.u8(FINAL_UP_TO).u64(view.number()).hash(block);
      case Promise.RecoveredFrom(var epoch, var from, int incarnation) ->
          out.u8(RECOVERED_FROM).u64(epoch.number()).u64(from.number()).u32(incarnation);
    }
  }

  private static Promise read(WireReader in) throws Malformed {
    int tag = in.u8();
    return switch (tag) {
      case STATED -> new Promise.Stated(Statement.readFrom(in));
      case BLOCK_HELD -> new Promise.BlockHeld(Block.readFrom(in));
      case CERTIFICATE_HELD -> new Promise.CertificateHeld(Certificate.readFrom(in));
      case FINAL_UP_TO -> new Promise.FinalUpTo(View.of(in.u64()), in.hash());
      case RECOVERED_FROM ->
          new Promise.RecoveredFrom(Epoch.of(in.u64()), View.of(in.u64()), in.u32());
      default -> throw new Malformed("unknown promise tag " + tag);
    };
  }
}
