package dev.sampo.core.packet;

import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * What the destination made of a packet: once for each, and for ever.
 *
 * @param code OK, or why the application refused it, which refunds the sender
 */
public record Acknowledgement(String code) {

  public static final Acknowledgement OK = new Acknowledgement(Receipt.OK);

  public Acknowledgement {
    Receipt.requireCode(code);
  }

  public boolean ok() {
    return equals(OK);
  }

  public Bytes encoded() {
    return WireWriter.encode(this::writeTo);
  }

  public void writeTo(WireWriter out) {
    out.text(code);
  }

  public static Acknowledgement decode(Bytes encoded) throws Malformed {
    return WireReader.decode(encoded, Acknowledgement::readFrom);
  }

  public static Acknowledgement readFrom(WireReader in) throws Malformed {
    return new Acknowledgement(in.text(Receipt.CODE_LENGTH_MAX));
  }
}
