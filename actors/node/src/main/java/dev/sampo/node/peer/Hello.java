package dev.sampo.node.peer;

import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import org.apache.pekko.util.ByteString;

/**
 * What a dialler says first: u16 protocol version, ledger (32), u8 stream, u16 sender, u16
 * recipient. It is not signed, because the handshake has proved the sender's key.
 */
record Hello(
    int version,
    LedgerId ledger,
    PeerStream stream,
    ValidatorIndex sender,
    ValidatorIndex recipient) {

  /** The version that this code speaks. */
  static final int VERSION = 3;

  /** Length of the encoding in bytes. */
  static final int LENGTH = 2 + LedgerId.LENGTH + 1 + 2 + 2;

  ByteString encoded() {
    int streamCode =
        switch (stream) {
          case VOTES -> 0;
          case BODIES -> 1;
        };
    var content =
        WireWriter.encode(
            out ->
                out.u16(version)
                    .fixed(ledger.value())
                    .u8(streamCode)
                    .u16(sender.number())
                    .u16(recipient.number()));
    return Frame.encode(Frame.HELLO, content);
  }

  static Hello decode(Bytes content) throws Malformed {
    return WireReader.decode(content, Hello::read);
  }

  private static Hello read(WireReader in) throws Malformed {
    return new Hello(
        in.u16(),
        new LedgerId(in.fixed(LedgerId.LENGTH)),
        readStream(in),
        ValidatorIndex.of(in.u16()),
        ValidatorIndex.of(in.u16()));
  }

  private static PeerStream readStream(WireReader in) throws Malformed {
    return switch (in.u8()) {
      case 0 -> PeerStream.VOTES;
      case 1 -> PeerStream.BODIES;
      default -> throw new Malformed("unknown stream");
    };
  }
}
